// One of some values, or none of them: stage, person, split, batch, skip reason.
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FILTER_FIELDS } from '../../../../../model/task-fields.ts'
import { ChoiceList } from '../ChoiceList.tsx'
import { choicesFor } from '../choices.ts'
import { useFacets } from '../facets.ts'
import { type EditorProps, listOf, type Scalar } from './editor.ts'

export function ChoiceEditor({ field, condition, filter, context, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const [op, setOp] = useState<'any_of' | 'none_of'>(
    condition?.op === 'none_of' || condition?.op === 'is_not_empty' ? 'none_of' : 'any_of',
  )
  const [values, setValues] = useState<Scalar[]>(
    condition?.op === 'is_empty' || condition?.op === 'is_not_empty' ? [null] : listOf(condition),
  )
  const { counts } = useFacets(filter, field)
  const change = (nextOp: typeof op, next: Scalar[]) => {
    setOp(nextOp)
    setValues(next)
    onDraft({ condition: next.length > 0 ? { field, op: nextOp, value: next } : null, problem: null })
  }
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t('tasks.filter.way')}
        value={op}
        onChange={(value) => change(value as typeof op, values)}
        data={[
          { value: 'any_of', label: t('tasks.filter.is') },
          { value: 'none_of', label: t('tasks.filter.is_not') },
        ]}
      />
      <ChoiceList
        choices={choicesFor(FILTER_FIELDS[field].type, context, t)}
        values={values}
        counts={counts}
        onChange={(next) => change(op, next)}
      />
    </>
  )
}
