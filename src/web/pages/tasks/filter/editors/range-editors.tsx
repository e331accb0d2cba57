// Numbers and durations: from – to, or some values.
import { Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../../../model/duration.ts'
import { formatNumber } from '../../../../format.ts'
import { ChoiceList } from '../ChoiceList.tsx'
import { parseDuration } from '../duration-text.ts'
import { useFacets } from '../facets.ts'
import { numbersDraft, rangeDraft, rangeTexts } from '../range-draft.ts'
import { type EditorProps, listOf } from './editor.ts'
import { WaySelect } from './WaySelect.tsx'

type RangeProps = {
  from: string
  to: string
  onChange: (from: string, to: string) => void
  type?: string
  placeholder?: string
}

export function RangeFields({ from, to, onChange, type, placeholder }: RangeProps) {
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
type NumberWay = 'between' | 'any_of' | 'none_of'

/** Where the tasks' values are counted, they are chosen from a list; elsewhere typed. */
export function NumberEditor({ field, condition, filter, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const known = condition?.op === 'any_of' || condition?.op === 'none_of' ? condition.op : 'between'
  const [way, setWay] = useState<NumberWay>(known)
  const [[from, to], setEnds] = useState(rangeTexts(condition, String))
  const [text, setText] = useState(known === 'between' ? '' : listOf(condition).join(' '))
  const { counts, values } = useFacets(filter, field)
  const change = (next: NumberWay, low: string, high: string, list: string) => {
    setWay(next)
    setEnds([low, high])
    setText(list)
    onDraft(
      next === 'between' ? rangeDraft(field, low, high, parseNumber, 'number_wrong') : numbersDraft(field, next, list),
    )
  }
  const chosen = text.split(/\s+/).filter(Boolean).map(Number)
  const listed = [...new Set([...(values as number[]), ...chosen])].sort((a, b) => b - a)
  return (
    <>
      <WaySelect
        ways={[
          { value: 'between', label: t('tasks.filter.range') },
          { value: 'any_of', label: t('tasks.filter.is_one_of') },
          { value: 'none_of', label: t('tasks.filter.is_none_of') },
        ]}
        value={way}
        onChange={(next) => change(next, from, to, text)}
      />
      {way === 'between' ? (
        <RangeFields type="number" from={from} to={to} onChange={(low, high) => change(way, low, high, text)} />
      ) : counts ? (
        <ChoiceList
          choices={listed.map((value) => ({ value, label: formatNumber(value) }))}
          values={chosen}
          counts={counts}
          onChange={(next) => change(way, from, to, next.join(' '))}
        />
      ) : (
        <TextInput
          label={t('tasks.filter.numbers_hint')}
          value={text}
          data-autofocus
          onChange={(e) => change(way, from, to, e.currentTarget.value)}
        />
      )}
    </>
  )
}

type DurationWay = 'between' | 'is_empty' | 'is_not_empty'

export function DurationEditor({ field, condition, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const known = condition?.op === 'is_empty' || condition?.op === 'is_not_empty' ? condition.op : 'between'
  const [way, setWay] = useState<DurationWay>(known)
  const [[from, to], setEnds] = useState(rangeTexts(condition, (ms) => (ms === 0 ? '0s' : formatDuration(Number(ms)))))
  const change = (next: DurationWay, low: string, high: string) => {
    setWay(next)
    setEnds([low, high])
    onDraft(
      next === 'between'
        ? rangeDraft(field, low, high, parseDuration, 'duration_wrong')
        : { condition: { field, op: next }, problem: null },
    )
  }
  return (
    <>
      <WaySelect
        ways={[
          { value: 'between', label: t('tasks.filter.range') },
          { value: 'is_empty', label: t('tasks.filter.is_empty') },
          { value: 'is_not_empty', label: t('tasks.filter.is_not_empty') },
        ]}
        value={way}
        onChange={(next) => change(next, from, to)}
      />
      {way === 'between' && (
        <>
          <RangeFields
            from={from}
            to={to}
            placeholder="1h 30m"
            onChange={(low, high) => change('between', low, high)}
          />
          <Text size="xs" c="dimmed">
            {t('tasks.filter.duration_hint')}
          </Text>
        </>
      )}
    </>
  )
}
