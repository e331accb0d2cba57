// A key of the assets' metadata, and what its value is compared with.
import { Autocomplete, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../../api.ts'
import { useProjectId } from '../../../../session.tsx'
import { type Draft, linesDraft, NO_DRAFT } from '../range-draft.ts'
import type { EditorProps } from './editor.ts'
import { WaySelect } from './WaySelect.tsx'

type Way = 'equals' | 'any_of' | 'none_of' | 'contains' | 'is_empty' | 'is_not_empty'
type Fields = { key: string; way: Way; text: string }

export function MetadataEditor({ field, condition, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const keys = useQuery({
    queryKey: ['project', project_id, 'metadata-keys'],
    queryFn: ({ signal }) => api.list_metadata_keys({ project_id }, { signal }),
  }).data?.keys
  const [fields, setFields] = useState((): Fields => {
    const [key = '', ...texts] = (condition?.value ?? []) as string[]
    return { key, way: (condition?.op ?? 'equals') as Way, text: texts.join('\n') }
  })
  const { key, way, text } = fields
  const change = (next: Partial<Fields>) => {
    setFields({ ...fields, ...next })
    onDraft(draftOf(field, { ...fields, ...next }))
  }
  return (
    <>
      <Autocomplete
        label={t('tasks.filter.key')}
        description={keys?.length === 0 ? t('tasks.filter.no_keys') : undefined}
        data={keys ?? []}
        value={key}
        maxLength={200}
        limit={100}
        data-autofocus={condition === null || undefined}
        comboboxProps={{ withinPortal: false }}
        onChange={(next) => change({ key: next })}
      />
      <WaySelect
        ways={[
          { value: 'equals', label: t('tasks.filter.equals') },
          { value: 'any_of', label: t('tasks.filter.is_one_of') },
          { value: 'none_of', label: t('tasks.filter.is_none_of') },
          { value: 'contains', label: t('tasks.filter.contains') },
          { value: 'is_empty', label: t('tasks.filter.is_empty') },
          { value: 'is_not_empty', label: t('tasks.filter.is_not_empty') },
        ]}
        value={way}
        onChange={(next) => change({ way: next })}
      />
      {(way === 'equals' || way === 'contains') && (
        <TextInput
          aria-label={t('tasks.filter.text')}
          value={text}
          maxLength={500}
          data-autofocus={condition !== null || undefined}
          onChange={(e) => change({ text: e.currentTarget.value })}
        />
      )}
      {(way === 'any_of' || way === 'none_of') && (
        <Textarea
          label={t('tasks.filter.lines_hint')}
          value={text}
          maxRows={8}
          data-autofocus={condition !== null || undefined}
          onChange={(e) => change({ text: e.currentTarget.value })}
        />
      )}
    </>
  )
}

function draftOf(field: EditorProps['field'], { key, way, text }: Fields): Draft {
  if (key === '') return NO_DRAFT
  if (way === 'is_empty' || way === 'is_not_empty')
    return { condition: { field, op: way, value: [key] }, problem: null }
  if (way === 'any_of' || way === 'none_of') return linesDraft(field, way, text, [key])
  return text === '' ? NO_DRAFT : { condition: { field, op: way, value: [key, text] }, problem: null }
}
