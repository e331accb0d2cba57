// The form of one condition. Which fields it has follows from the column's type.
import { Button, Group, NumberInput, Radio, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../../model/duration.ts'
import type { Condition } from '../../../../model/filter.ts'
import { type FieldType, TASK_FIELDS, type TaskFieldName } from '../../../../model/task-fields.ts'
import { ChoiceList } from './ChoiceList.tsx'
import { choicesFor, type FilterContext } from './choices.ts'
import { parseDuration } from './duration-text.ts'
import { dayEnd, dayStart, type Draft, idsDraft, localDay, NO_DRAFT, rangeDraft, rangeTexts } from './range-draft.ts'

type EditorProps = { field: TaskFieldName; condition: Condition | null; context: FilterContext; onDraft: (draft: Draft) => void }
type Props = Omit<EditorProps, 'onDraft'> & { onApply: (condition: Condition) => void }

export function ConditionEditor({ field, condition, context, onApply }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>({ condition, problem: null })
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('[data-autofocus]') ?? form.current?.querySelector<HTMLElement>('input')
    first?.focus({ preventScroll: true })
  }, [])
  const Editor = EDITORS[TASK_FIELDS[field].type]
  const apply = (event: FormEvent) => {
    event.preventDefault()
    if (draft.condition) onApply(draft.condition)
  }
  return (
    <form ref={form} onSubmit={apply} aria-label={TASK_FIELDS[field].title}>
      <Stack gap={10}>
        <Text fw={500}>{TASK_FIELDS[field].title}</Text>
        <Editor field={field} condition={condition} context={context} onDraft={setDraft} />
        {draft.problem && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {t(`tasks.filter.${draft.problem}`)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button type="submit" disabled={!draft.condition}>
            {t('tasks.filter.apply')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const EDITORS: Record<FieldType, (props: EditorProps) => React.ReactNode> = {
  stage: ChoiceEditor,
  person: ChoiceEditor,
  split: ChoiceEditor,
  batch: ChoiceEditor,
  reason: ChoiceEditor,
  classes: ClassesEditor,
  number: NumberEditor,
  duration: DurationEditor,
  moment: MomentEditor,
  text: TextEditor,
  flag: FlagEditor,
  id: IdsEditor,
  thumbnail: () => null,
  history: () => null,
  size: () => null,
}

type Scalar = string | number | null
const listOf = (c: Condition | null): Scalar[] => (c && (c.op === 'any_of' || c.op === 'none_of') && Array.isArray(c.value) ? (c.value as Scalar[]) : [])

function ChoiceEditor({ field, condition, context, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const [op, setOp] = useState<'any_of' | 'none_of'>(condition?.op === 'none_of' || condition?.op === 'is_not_empty' ? 'none_of' : 'any_of')
  const [values, setValues] = useState<Scalar[]>(condition?.op === 'is_empty' || condition?.op === 'is_not_empty' ? [null] : listOf(condition))
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
        data={[{ value: 'any_of', label: t('tasks.filter.is') }, { value: 'none_of', label: t('tasks.filter.is_not') }]}
      />
      <ChoiceList choices={choicesFor(TASK_FIELDS[field].type, context, t)} values={values} onChange={(next) => change(op, next)} />
    </>
  )
}

function ClassesEditor({ field, condition, context, onDraft }: EditorProps) {
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
    else onDraft({ condition: id !== null && typeof n === 'number' ? { field, op: 'count_at_least', value: [Number(id), n] } : null, problem: null })
  }
  const ways = [
    { value: 'any_of', label: t('tasks.filter.has_any') },
    { value: 'none_of', label: t('tasks.filter.has_none') },
    { value: 'count_at_least', label: t('tasks.filter.has_at_least') },
    { value: 'is_empty', label: t('tasks.filter.is_empty') },
    { value: 'is_not_empty', label: t('tasks.filter.is_not_empty') },
  ]
  return (
    <>
      <Select
        aria-label={t('tasks.filter.way')}
        data={ways}
        value={op}
        comboboxProps={{ withinPortal: false }}
        onChange={(value) => {
          setOp(value as Condition['op'])
          tell(value as Condition['op'], values, classId, count)
        }}
      />
      {(op === 'any_of' || op === 'none_of') && (
        <ChoiceList
          choices={choices}
          values={values}
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

function RangeFields({ from, to, onChange, type, placeholder }: { from: string; to: string; onChange: (from: string, to: string) => void; type?: string; placeholder?: string }) {
  const { t } = useTranslation()
  return (
    <Group gap={8} wrap="nowrap" grow>
      <TextInput label={t('tasks.filter.from')} type={type} placeholder={placeholder} value={from} data-autofocus onChange={(e) => onChange(e.currentTarget.value, to)} />
      <TextInput label={t('tasks.filter.to')} type={type} placeholder={placeholder} value={to} onChange={(e) => onChange(from, e.currentTarget.value)} />
    </Group>
  )
}

const parseNumber = (text: string): number | null => (Number.isFinite(Number(text)) ? Number(text) : null)

function NumberEditor({ field, condition, onDraft }: EditorProps) {
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

function DurationEditor({ field, condition, onDraft }: EditorProps) {
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

function MomentEditor({ field, condition, onDraft }: EditorProps) {
  const { t } = useTranslation()
  const [op, setOp] = useState<Condition['op']>(condition?.op ?? 'last_days')
  const [days, setDays] = useState<number | string>(condition?.op === 'last_days' ? Number(condition.value) : 7)
  const [[from, to], setEnds] = useState(rangeTexts(condition, localDay))
  const tell = (o: Condition['op'], n: number | string, low: string, high: string) => {
    if (o === 'last_days') onDraft({ condition: typeof n === 'number' && n > 0 ? { field, op: o, value: n } : null, problem: null })
    else if (o === 'between') onDraft(daysDraft(field, low, high))
    else onDraft({ condition: { field, op: o }, problem: null })
  }
  const ways = [
    { value: 'last_days', label: t('tasks.filter.last') },
    { value: 'between', label: t('tasks.filter.range') },
    { value: 'is_empty', label: t('tasks.filter.is_empty') },
    { value: 'is_not_empty', label: t('tasks.filter.is_not_empty') },
  ]
  return (
    <>
      <Select
        aria-label={t('tasks.filter.way')}
        data={ways}
        value={op}
        comboboxProps={{ withinPortal: false }}
        onChange={(value) => {
          setOp(value as Condition['op'])
          tell(value as Condition['op'], days, from, to)
        }}
      />
      {op === 'last_days' && (
        <NumberInput
          label={t('tasks.filter.days')}
          min={1}
          max={36_500}
          value={days}
          ref={(input) => {
            if (input && !condition) tell('last_days', days, from, to)
          }}
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

function TextEditor({ field, condition, onDraft }: EditorProps) {
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
  ]
  return (
    <>
      <Select
        aria-label={t('tasks.filter.way')}
        data={ways}
        value={op}
        comboboxProps={{ withinPortal: false }}
        onChange={(value) => {
          setOp(value as Condition['op'])
          tell(value as Condition['op'], text)
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

function FlagEditor({ field, condition, onDraft }: EditorProps) {
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

function IdsEditor({ condition, onDraft }: EditorProps) {
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
