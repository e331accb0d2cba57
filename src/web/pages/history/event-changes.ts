// What an event changed besides its sentence: before → after, or in words where something was taken away. An event of a
// bulk operation may change several columns at once; each gets its line, in this order. Pure.
import type { TFunction } from 'i18next'
import type { EventKind } from '../../../model/task.ts'
import { formatDuration, formatNumber } from '../../format.ts'
import { type EventNames, entriesCleared, reasonWords, type TimelineEvent } from './event-sentences.ts'

/** `words`: a line of its own; else a column with both its values. */
export type EventChange =
  | { column: string; words: string }
  | { column: string; words: null; title: string; before: string; after: string }

type Write = (value: unknown, names: EventNames, t: TFunction) => string
const text: Write = (value) => String(value)
const person: Write = (value, names) => names.person(value) ?? `#${String(value)}`
const time: Write = (value) => formatDuration(Number(value))
const flag: Write = (value, _names, t) => t(value === true ? 'tasks.filter.yes' : 'tasks.filter.no')

/** Columns in the order shown. What is not here (generation, counts per class, markers) is not for people. */
const COLUMNS: Record<string, Write> = {
  stage_id: (value, names) => names.stage(value) ?? `#${String(value)}`,
  assignee_id: person,
  person_id: person,
  is_skipped: flag,
  skip_reason: (value, _names, t) => reasonWords(value, t),
  skipped_by_id: person,
  is_returned: flag,
  object_count: (value) => formatNumber(Number(value)),
  duration_ms: time,
  review_ms: time,
  split: text,
  is_split_locked: flag,
  priority: (value) => formatNumber(Number(value)),
  batch_id: (value, names) => names.batch(value) ?? `#${String(value)}`,
  is_archived: flag,
}

/** Columns that the sentence of a kind tells completely. */
const SAID: Partial<Record<EventKind, readonly string[]>> = {
  annotations_removed: ['object_count'],
  annotations_restored: ['object_count'],
  annotations_imported: ['object_count'],
  draft_kept: ['object_count'],
  duration_reset: ['duration_ms'],
  skipped: ['is_skipped', 'skip_reason', 'skipped_by_id'],
  skip_cleared: ['is_skipped', 'skip_reason', 'skipped_by_id'],
  archived: ['is_archived'],
  restored: ['is_archived'],
  taken_over: ['person_id'],
  problem_reported: ['problem'],
  problem_resolved: ['problem'],
}

type Change = { before: Record<string, unknown>; after: Record<string, unknown> }
type Words = (change: Change, t: TFunction) => string | null

const taken = (column: string, { before, after }: Change): number | null => {
  const was = Number(before[column] ?? 0)
  return was > 0 && Number(after[column] ?? 0) === 0 ? was : null
}

/** What reads better as words than as a column that became 0 or “no”; null: shown as a column. */
const IN_WORDS: Record<string, Words> = {
  object_count(change, t) {
    const removed = taken('object_count', change)
    if (removed !== null) return t('tasks.history.line.annotations_removed', { count: removed })
    const { before, after } = change
    const isBack = before.object_count === 0 && Number(after.object_count) > 0
    return isBack ? t('tasks.history.line.annotations_restored', { count: Number(after.object_count) }) : null
  },
  duration_ms(change, t) {
    const was = taken('duration_ms', change)
    return was === null ? null : t('tasks.history.line.duration_reset', { was: formatDuration(was) })
  },
  review_ms(change, t) {
    const was = taken('review_ms', change)
    return was === null ? null : t('tasks.history.line.review_reset', { was: formatDuration(was) })
  },
  is_skipped: ({ before, after }, t) => {
    if (before.is_skipped !== true || after.is_skipped === true) return null
    return before.skip_reason
      ? t('tasks.history.line.skip_cleared_reason', { reason: reasonWords(before.skip_reason, t) })
      : t('tasks.history.line.skip_cleared')
  },
  is_returned: ({ before, after }, t) =>
    before.is_returned === true && after.is_returned === false ? t('tasks.history.line.returned_cleared') : null,
}

export function eventChanges(event: TimelineEvent, names: EventNames, t: TFunction): EventChange[] {
  const change: Change = { before: event.before ?? {}, after: event.after ?? {} }
  const said = new Set(SAID[event.kind] ?? [])
  const isSkipCleared = IN_WORDS.is_skipped?.(change, t) !== null
  const lines = Object.entries(COLUMNS).flatMap(([column, write]): EventChange[] => {
    // The line about the skip names the reason; who skipped stands in the entry of the skip.
    if (said.has(column) || (isSkipCleared && (column === 'skip_reason' || column === 'skipped_by_id'))) return []
    if (!(column in change.before) && !(column in change.after)) return []
    const words = IN_WORDS[column]?.(change, t) ?? null
    if (words !== null) return [{ column, words }]
    // Only what is told on both sides is a change; an event that only names a value says it in its sentence.
    if (!(column in change.before) || !(column in change.after)) return []
    const side = (value: unknown) =>
      value === null || value === undefined ? t('tasks.filter.none') : write(value, names, t)
    const [before, after] = [side(change.before[column]), side(change.after[column])]
    const title = t(`tasks.history.column.${column as 'stage_id'}`)
    return before === after ? [] : [{ column, words: null, title, before, after }]
  })
  if (event.kind === 'skip_cleared' && change.before.skip_reason) lines.unshift(skippedLine(change, names, t))
  const cleared = event.kind === 'history_cleared' ? null : entriesCleared(event)
  return cleared === null
    ? lines
    : [...lines, { column: 'history', words: t('tasks.history.line.history_cleared', { count: cleared }) }]
}

/** Who had skipped it and why: the entry of the skip itself may be far below, or hidden. */
function skippedLine({ before }: Change, names: EventNames, t: TFunction): EventChange {
  // The comment of whoever cleared it stands in the place of the note that it was skipped with.
  const note = before.skip_note ? ` – ${String(before.skip_note)}` : ''
  const reason = reasonWords(before.skip_reason, t) + note
  const person = names.person(before.skipped_by_id) ?? t('tasks.somebody')
  return { column: 'skip', words: t('tasks.history.line.was_skipped', { person, reason }) }
}
