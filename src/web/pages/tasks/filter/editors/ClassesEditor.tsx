// Classes that are present, absent, or there at least so many times.
import { Group, NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../../../../model/filter.ts'
import { ChoiceList } from '../ChoiceList.tsx'
import { choicesFor } from '../choices.ts'
import { type EditorProps, listOf, type Scalar } from './editor.ts'
import { WaySelect } from './WaySelect.tsx'

export function ClassesEditor({ field, condition, context, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const known = condition?.op ?? 'any_of'
  const [op, setOp] = useState<Condition['op']>(known)
  const [values, setValues] = useState<Scalar[]>(listOf(condition))
  const pair = known === 'count_at_least' && Array.isArray(condition?.value) ? condition.value : []
  const [classId, setClassId] = useState<string | null>(pair[0] === undefined ? null : String(pair[0]))
  const [count, setCount] = useState<number | string>(Number(pair[1] ?? 1))
  const choices = choicesFor('classes', context, t)

  const tell = (o: Condition['op'], list: Scalar[], id: string | null, n: number | string) => {
    const isList = o === 'any_of' || o === 'none_of'
    if (o === 'is_empty' || o === 'is_not_empty') onDraft({ condition: { field, op: o }, problem: null })
    else if (isList) onDraft({ condition: list.length > 0 ? { field, op: o, value: list } : null, problem: null })
    else
      onDraft({
        condition:
          id !== null && typeof n === 'number' ? { field, op: 'count_at_least', value: [Number(id), n] } : null,
        problem: null,
      })
  }
  const ways = [
    { value: 'any_of', label: t('tasks.filter.has_any') },
    { value: 'none_of', label: t('tasks.filter.has_none') },
    { value: 'count_at_least', label: t('tasks.filter.has_at_least') },
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
          tell(way, values, classId, count)
        }}
      />
      {(op === 'any_of' || op === 'none_of') && (
        <ChoiceList
          choices={choices}
          values={values}
          counts={null}
          onChange={(next) => {
            setValues(next)
            tell(op, next, classId, count)
          }}
        />
      )}
      {op === 'count_at_least' && (
        <Group gap={8} wrap="nowrap" align="flex-end">
          <NumberInput
            label={t('tasks.filter.count')}
            min={1}
            max={1_000_000}
            w={90}
            value={count}
            onChange={(next) => {
              setCount(next)
              tell(op, values, classId, next)
            }}
          />
          <Select
            label={t('tasks.filter.class')}
            data={choices.map((c) => ({ value: String(c.value), label: c.label }))}
            searchable
            flex={1}
            value={classId}
            comboboxProps={{ withinPortal: false }}
            onChange={(next) => {
              setClassId(next)
              tell(op, values, next, count)
            }}
          />
        </Group>
      )}
    </>
  )
}
