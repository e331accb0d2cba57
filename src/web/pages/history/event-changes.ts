// What an event changed, before → after, one line per column that the sentence does not tell already. Pure.
import type { TFunction } from 'i18next'
import { formatDuration } from '../../../model/duration.ts'
import { formatNumber } from '../../format.ts'
import { type EventNames, reasonWords, type TimelineEvent } from './event-sentences.ts'

export type EventChange = { column: string; title: string; before: string; after: string }

type Write = (value: unknown, names: EventNames, t: TFunction) => string
const text: Write = (value) => String(value)
const person: Write = (value, names) => names.person(value) ?? `#${String(value)}`
const time: Write = (value) => formatDuration(Number(value))
const flag: Write = (value, _names, t) => t(value === true ? 'tasks.filter.yes' : 'tasks.filter.no')

/** Columns in the order shown. What is not here is not shown. */
const COLUMNS: Record<string, Write> = {
  stage_id: (value, names) => names.stage(value) ?? `#${String(value)}`,
  assignee_id: person,
  person_id: person,
  split: text,
  priority: (value) => formatNumber(Number(value)),
  batch_id: (value, names) => names.batch(value) ?? `#${String(value)}`,
  is_skipped: flag,
  skip_reason: (value, _names, t) => reasonWords(value, t),
  skipped_by_id: person,
  is_archived: flag,
  object_count: (value) => formatNumber(Number(value)),
  duration_ms: time,
  review_ms: time,
}

export function eventChanges(event: TimelineEvent, names: EventNames, t: TFunction): EventChange[] {
  const { before, after } = event
  return Object.entries(COLUMNS).flatMap(([column, write]) => {
    const has = { before: before !== null && column in before, after: after !== null && column in after }
    // Only what is told on both sides is a change; an event that only names a value says it in its sentence.
    if (!has.before || !has.after) return []
    const side = (value: unknown) =>
      value === null || value === undefined ? t('tasks.filter.none') : write(value, names, t)
    const change = {
      column,
      title: t(`tasks.history.column.${column as 'stage_id'}`),
      before: side(before?.[column]),
      after: side(after?.[column]),
    }
    return change.before === change.after ? [] : [change]
  })
}
