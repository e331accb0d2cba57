// A text, a yes or no, a list of task ids.
import { Group, Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../../../../model/filter.ts'
import { TASK_FIELDS } from '../../../../../model/task-fields.ts'
import { idsDraft, NO_DRAFT } from '../range-draft.ts'
import { type EditorProps, listOf } from './editor.ts'
import { WaySelect } from './WaySelect.tsx'

export function TextEditor({ field, condition, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const [op, setOp] = useState<Condition['op']>(condition?.op ?? 'contains')
  const [text, setText] = useState(typeof condition?.value === 'string' ? condition.value : '')
  const tell = (o: Condition['op'], value: string) => {
    if (o === 'is_empty' || o === 'is_not_empty') onDraft({ condition: { field, op: o }, problem: null })
    else onDraft(value === '' ? NO_DRAFT : { condition: { field, op: o, value }, problem: null })
  }
  const ways = [
    { value: 'contains', label: t('tasks.filter.contains') },
    { value: 'equals', label: t('tasks.filter.equals') },
    { value: 'is_empty', label: t('tasks.filter.is_empty') },
    { value: 'is_not_empty', label: t('tasks.filter.is_not_empty') },
  ] as const
  return (
    <>
      <WaySelect
        ways={ways}
        value={op}
        onChange={(way) => {
          setOp(way)
          tell(way, text)
        }}
      />
      {(op === 'contains' || op === 'equals') && (
        <TextInput
          aria-label={t('tasks.filter.text')}
          value={text}
          maxLength={500}
          data-autofocus
          onChange={(e) => {
            setText(e.currentTarget.value)
            tell(op, e.currentTarget.value)
          }}
        />
      )}
    </>
  )
}

export function FlagEditor({ field, condition, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const [value, setValue] = useState(condition ? String(condition.value) : null)
  return (
    <Radio.Group
      aria-label={TASK_FIELDS[field].title}
      value={value}
      onChange={(next) => {
        setValue(next)
        onDraft({ condition: { field, op: 'equals', value: next === 'true' }, problem: null })
      }}
    >
      <Group gap="lg">
        <Radio value="true" label={t('tasks.filter.yes')} data-autofocus />
        <Radio value="false" label={t('tasks.filter.no')} />
      </Group>
    </Radio.Group>
  )
}

export function IdsEditor({ condition, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(listOf(condition).join(' '))
  return (
    <TextInput
      label={t('tasks.filter.ids_hint')}
      value={text}
      data-autofocus
      onChange={(e) => {
        setText(e.currentTarget.value)
        onDraft(idsDraft(e.currentTarget.value))
      }}
    />
  )
}
