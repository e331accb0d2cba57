// A text or some texts, a yes or no, a list of task ids.
import { Group, Radio, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FILTER_FIELDS } from '../../../../../model/task-fields.ts'
import { formatNumber } from '../../../../format.ts'
import { useFacets } from '../facets.ts'
import classes from '../filter.module.css'
import { linesDraft, NO_DRAFT, numbersDraft } from '../range-draft.ts'
import { type EditorProps, listOf } from './editor.ts'
import { WaySelect } from './WaySelect.tsx'

type TextWay = 'contains' | 'equals' | 'any_of' | 'none_of' | 'is_empty' | 'is_not_empty'

export function TextEditor({ field, condition, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const [op, setOp] = useState((condition?.op ?? 'contains') as TextWay)
  const [text, setText] = useState(
    typeof condition?.value === 'string' ? condition.value : listOf(condition).join('\n'),
  )
  const isList = op === 'any_of' || op === 'none_of'
  const change = (way: TextWay, value: string) => {
    setOp(way)
    setText(value)
    if (way === 'is_empty' || way === 'is_not_empty') onDraft({ condition: { field, op: way }, problem: null })
    else if (way === 'any_of' || way === 'none_of') onDraft(linesDraft(field, way, value))
    else onDraft(value === '' ? NO_DRAFT : { condition: { field, op: way, value }, problem: null })
  }
  return (
    <>
      <WaySelect
        ways={[
          { value: 'contains', label: t('tasks.filter.contains') },
          { value: 'equals', label: t('tasks.filter.equals') },
          { value: 'any_of', label: t('tasks.filter.is_one_of') },
          { value: 'none_of', label: t('tasks.filter.is_none_of') },
          { value: 'is_empty', label: t('tasks.filter.is_empty') },
          { value: 'is_not_empty', label: t('tasks.filter.is_not_empty') },
        ]}
        value={op}
        onChange={(way) => change(way, text)}
      />
      {(op === 'contains' || op === 'equals') && (
        <TextInput
          aria-label={t('tasks.filter.text')}
          value={text}
          maxLength={500}
          data-autofocus
          onChange={(e) => change(op, e.currentTarget.value)}
        />
      )}
      {isList && (
        <Textarea
          label={t('tasks.filter.lines_hint')}
          value={text}
          maxRows={8}
          data-autofocus
          onChange={(e) => change(op, e.currentTarget.value)}
        />
      )}
    </>
  )
}

export function FlagEditor({ field, condition, filter, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const [value, setValue] = useState(condition ? String(condition.value) : null)
  const { counts } = useFacets(filter, field)
  const label = (flag: boolean) => {
    const count = counts?.(flag)
    return (
      <>
        {t(flag ? 'tasks.filter.yes' : 'tasks.filter.no')}
        {count !== undefined && <span className={classes.count}> {formatNumber(count)}</span>}
      </>
    )
  }
  return (
    <Radio.Group
      aria-label={FILTER_FIELDS[field].title}
      value={value}
      onChange={(next) => {
        setValue(next)
        onDraft({ condition: { field, op: 'equals', value: next === 'true' }, problem: null })
      }}
    >
      <Group gap="lg">
        <Radio value="true" label={label(true)} data-autofocus />
        <Radio value="false" label={label(false)} />
      </Group>
    </Radio.Group>
  )
}

export function IdsEditor({ field, condition, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const [op, setOp] = useState<'any_of' | 'none_of'>(condition?.op === 'none_of' ? 'none_of' : 'any_of')
  const [text, setText] = useState(listOf(condition).join(' '))
  const change = (way: typeof op, value: string) => {
    setOp(way)
    setText(value)
    onDraft(numbersDraft(field, way, value, 1))
  }
  return (
    <>
      <WaySelect
        ways={[
          { value: 'any_of', label: t('tasks.filter.is_one_of') },
          { value: 'none_of', label: t('tasks.filter.is_none_of') },
        ]}
        value={op}
        onChange={(way) => change(way, text)}
      />
      <TextInput
        label={t('tasks.filter.ids_hint')}
        value={text}
        data-autofocus
        onChange={(e) => change(op, e.currentTarget.value)}
      />
    </>
  )
}
