// From – to: numbers, durations, moments; and the last days.
import { Group, NumberInput, Text, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../../../model/duration.ts'
import type { Condition } from '../../../../../model/filter.ts'
import type { TaskFieldName } from '../../../../../model/task-fields.ts'
import { parseDuration } from '../duration-text.ts'
import { type Draft, dayEnd, dayStart, localDay, rangeDraft, rangeTexts } from '../range-draft.ts'
import type { EditorProps } from './editor.ts'
import { WaySelect } from './WaySelect.tsx'

function RangeFields({
  from,
  to,
  onChange,
  type,
  placeholder,
}: {
  from: string
  to: string
  onChange: (from: string, to: string) => void
  type?: string
  placeholder?: string
}) {
  const { t } = useTranslation()
  return (
    <Group gap={8} wrap="nowrap" grow>
      <TextInput
        label={t('tasks.filter.from')}
        type={type}
        placeholder={placeholder}
        value={from}
        data-autofocus
        onChange={(e) => onChange(e.currentTarget.value, to)}
      />
      <TextInput
        label={t('tasks.filter.to')}
        type={type}
        placeholder={placeholder}
        value={to}
        onChange={(e) => onChange(from, e.currentTarget.value)}
      />
    </Group>
  )
}

const parseNumber = (text: string): number | null => (Number.isFinite(Number(text)) ? Number(text) : null)

export function NumberEditor({ field, condition, onDraft }: EditorProps) {
  const [[from, to], setEnds] = useState(rangeTexts(condition, String))
  return (
    <RangeFields
      type="number"
      from={from}
      to={to}
      onChange={(low, high) => {
        setEnds([low, high])
        onDraft(rangeDraft(field, low, high, parseNumber))
      }}
    />
  )
}

export function DurationEditor({ field, condition, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const [[from, to], setEnds] = useState(rangeTexts(condition, (ms) => (ms === 0 ? '0s' : formatDuration(Number(ms)))))
  return (
    <>
      <RangeFields
        from={from}
        to={to}
        placeholder="1h 30m"
        onChange={(low, high) => {
          setEnds([low, high])
          onDraft(rangeDraft(field, low, high, parseDuration))
        }}
      />
      <Text size="xs" c="dimmed">
        {t('tasks.filter.duration_hint')}
      </Text>
    </>
  )
}

export function MomentEditor({ field, condition, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const [op, setOp] = useState<Condition['op']>(condition?.op ?? 'last_days')
  const [days, setDays] = useState<number | string>(condition?.op === 'last_days' ? Number(condition.value) : 7)
  const [[from, to], setEnds] = useState(rangeTexts(condition, localDay))
  const tell = (o: Condition['op'], n: number | string, low: string, high: string) => {
    if (o === 'last_days')
      onDraft({ condition: typeof n === 'number' && n > 0 ? { field, op: o, value: n } : null, problem: null })
    else if (o === 'between') onDraft(daysDraft(field, low, high))
    else onDraft({ condition: { field, op: o }, problem: null })
  }
  // A new condition begins with the last seven days, ready to apply.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    if (!condition) tell('last_days', days, from, to)
  }, [])
  const ways = [
    { value: 'last_days', label: t('tasks.filter.last') },
    { value: 'between', label: t('tasks.filter.range') },
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
          tell(way, days, from, to)
        }}
      />
      {op === 'last_days' && (
        <NumberInput
          label={t('tasks.filter.days')}
          min={1}
          max={36_500}
          value={days}
          onChange={(next) => {
            setDays(next)
            tell(op, next, from, to)
          }}
        />
      )}
      {op === 'between' && (
        <RangeFields
          type="date"
          from={from}
          to={to}
          onChange={(low, high) => {
            setEnds([low, high])
            tell(op, days, low, high)
          }}
        />
      )}
    </>
  )
}

function daysDraft(field: TaskFieldName, low: string, high: string): Draft {
  const draft = rangeDraft(field, low, high, (day) => dayStart(day))
  if (!draft.condition || high === '') return draft
  const [from] = draft.condition.value as [string | null, string]
  return { condition: { field, op: 'between', value: [from, dayEnd(high)] }, problem: null }
}
