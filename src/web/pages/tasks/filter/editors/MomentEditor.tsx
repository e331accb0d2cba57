// A moment: in the last days, before or after a day, between two, or none.
import { NumberInput, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DayWay, daysDraft, dayTexts } from '../range-draft.ts'
import type { EditorProps } from './editor.ts'
import { RangeFields } from './range-editors.tsx'
import { WaySelect } from './WaySelect.tsx'

type Way = DayWay | 'last_days' | 'is_empty' | 'is_not_empty'
type Fields = { way: Way; days: number | string; from: string; to: string }

export function MomentEditor({ field, condition, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const [fields, setFields] = useState((): Fields => {
    const typed = dayTexts(condition)
    if (condition?.op === 'between') return { ...typed, days: 7 }
    const days = condition?.op === 'last_days' ? Number(condition.value) : 7
    return { ...typed, way: (condition?.op ?? 'last_days') as Way, days }
  })
  const { way, days, from, to } = fields
  const tell = (f: Fields) => {
    if (f.way === 'last_days') {
      const value = Number(f.days)
      onDraft({ condition: value > 0 ? { field, op: 'last_days', value } : null, problem: null })
    } else if (f.way === 'is_empty' || f.way === 'is_not_empty')
      onDraft({ condition: { field, op: f.way }, problem: null })
    else onDraft(daysDraft(field, f.way, f.from, f.to))
  }
  const change = (next: Partial<Fields>) => {
    setFields({ ...fields, ...next })
    tell({ ...fields, ...next })
  }
  // A new condition begins with the last seven days, ready to apply.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    if (!condition) tell(fields)
  }, [])
  return (
    <>
      <WaySelect
        ways={[
          { value: 'last_days', label: t('tasks.filter.last') },
          { value: 'before', label: t('tasks.filter.before') },
          { value: 'after', label: t('tasks.filter.after') },
          { value: 'between', label: t('tasks.filter.range') },
          { value: 'is_empty', label: t('tasks.filter.is_empty') },
          { value: 'is_not_empty', label: t('tasks.filter.is_not_empty') },
        ]}
        value={way}
        onChange={(next) => change({ way: next })}
      />
      {way === 'last_days' && (
        <NumberInput
          label={t('tasks.filter.days')}
          min={1}
          max={36_500}
          value={days}
          data-autofocus
          onChange={(next) => change({ days: next })}
        />
      )}
      {(way === 'before' || way === 'after') && (
        <TextInput
          aria-label={t('tasks.filter.day')}
          type="date"
          value={from}
          data-autofocus
          onChange={(e) => change({ from: e.currentTarget.value })}
        />
      )}
      {way === 'between' && (
        <RangeFields type="date" from={from} to={to} onChange={(low, high) => change({ from: low, to: high })} />
      )}
    </>
  )
}
