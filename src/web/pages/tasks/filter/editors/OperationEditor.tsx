// Some bulk operations: chosen from the last ones by who may see them, typed by number otherwise.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../../api.ts'
import { formatMoment } from '../../../../format.ts'
import { useMay, useProjectId } from '../../../../session.tsx'
import { ChoiceList } from '../ChoiceList.tsx'
import { type EditorProps, listOf } from './editor.ts'
import { IdsEditor } from './plain-editors.tsx'

const LISTED = 200

export function OperationEditor(props: EditorProps) {
  return useMay('run_operation') ? <ListedOperations {...props} /> : <IdsEditor {...props} />
}

function ListedOperations({ field, condition, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const [values, setValues] = useState(listOf(condition))
  const { data } = useQuery({
    queryKey: ['project', project_id, 'operations', 'filter'],
    queryFn: ({ signal }) => api.list_operations({ project_id, limit: LISTED }, { signal }),
  })
  if (!data) return null
  const listed = data.map((o) => ({
    value: o.id,
    label: [`#${o.id} ${o.title}`, o.actor_name, formatMoment(o.created_at)].filter(Boolean).join(' · '),
  }))
  const older = values
    .filter((id) => !data.some((o) => o.id === id))
    .map((value) => ({ value, label: t('tasks.filter.older_operation', { id: Number(value) }) }))
  return (
    <ChoiceList
      choices={[...older, ...listed]}
      values={values}
      counts={null}
      onChange={(next) => {
        setValues(next)
        const op = condition?.op === 'none_of' ? 'none_of' : 'any_of'
        onDraft({ condition: next.length > 0 ? { field, op, value: next } : null, problem: null })
      }}
    />
  )
}
