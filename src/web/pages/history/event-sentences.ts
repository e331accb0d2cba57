// pages/history/: a task's timeline and its drawer. This file: what an event says, one entry per kind. Pure.
// The sentence names the act and follows the actor's name; what else the event changed stands below, see event-changes.ts.
import type { TFunction } from 'i18next'
import { PROBLEM_REASONS, type ProblemReason } from '../../../model/problem.ts'
import type { EventKind } from '../../../model/task.ts'
import { formatDuration } from '../../format.ts'
import type { ReplyOf } from '../../queries.ts'

export type TimelineEvent = ReplyOf<'get_task_history'>['events'][number]
export type EventNames = {
  stage: (id: unknown) => string | null
  person: (id: unknown) => string | null
  batch: (id: unknown) => string | null
}
type Sentence = (event: TimelineEvent, names: EventNames, t: TFunction) => string

const from = (e: TimelineEvent, key: string): unknown => e.before?.[key]
const to = (e: TimelineEvent, key: string): unknown => e.after?.[key]
const isOwn = (e: TimelineEvent) => e.actor_id !== null && to(e, 'assignee_id') === e.actor_id

export const EVENT_SENTENCES: Record<EventKind, Sentence> = {
  created: (_e, _names, t) => t('tasks.history.created'),
  annotations_imported: (e, _names, t) =>
    t('tasks.history.annotations_imported', { count: Number(to(e, 'object_count') ?? 0) }),
  released: (e, names, t) => t('tasks.history.released', { stage: names.stage(to(e, 'stage_id')) ?? '' }),
  assigned: (e, names, t) =>
    isOwn(e)
      ? t('tasks.history.assigned_self')
      : t('tasks.history.assigned', { person: names.person(to(e, 'assignee_id')) ?? t('tasks.somebody') }),
  unassigned: (e, names, t) => {
    const person = names.person(from(e, 'assignee_id'))
    return person ? t('tasks.history.unassigned', { person }) : t('tasks.history.unassigned_all')
  },
  opened: (e, names, t) => t('tasks.history.opened', { stage: names.stage(to(e, 'stage_id')) ?? '' }),
  submitted: (e, names, t) => t('tasks.history.submitted', { stage: names.stage(to(e, 'stage_id')) ?? '' }),
  approved: (e, names, t) => t('tasks.history.approved', { stage: names.stage(to(e, 'stage_id')) ?? '' }),
  rejected: (e, names, t) => t('tasks.history.rejected', { stage: names.stage(to(e, 'stage_id')) ?? '' }),
  skipped: (e, _names, t) => t('tasks.history.skipped', { reason: reasonWords(to(e, 'skip_reason'), t) }),
  skip_cleared: (e, names, t) => {
    const person = names.person(to(e, 'assignee_id'))
    return person ? t('tasks.history.skip_cleared_to', { person }) : t('tasks.history.skip_cleared')
  },
  status_changed: (e, names, t) => t('tasks.history.status_changed', { stage: names.stage(to(e, 'stage_id')) ?? '' }),
  annotations_removed: (e, _names, t) =>
    t('tasks.history.annotations_removed', { count: Number(from(e, 'object_count') ?? 0) }),
  annotations_restored: (e, _names, t) =>
    t('tasks.history.annotations_restored', { count: Number(to(e, 'object_count') ?? 0) }),
  duration_reset: (e, _names, t) => {
    const was = Number(from(e, 'duration_ms') ?? 0)
    return was > 0
      ? t('tasks.history.duration_reset_from', { was: formatDuration(was) })
      : t('tasks.history.duration_reset')
  },
  split_set: (e, _names, t) => {
    const split = to(e, 'split') as string | null
    return split ? t('tasks.history.split_set', { split }) : t('tasks.history.split_removed')
  },
  priority_set: (e, _names, t) => t('tasks.history.priority_set', { priority: String(to(e, 'priority') ?? '') }),
  batch_set: (e, names, t) => {
    const batch = names.batch(to(e, 'batch_id'))
    return batch ? t('tasks.history.batch_set', { batch }) : t('tasks.history.batch_removed')
  },
  archived: (_e, _names, t) => t('tasks.history.archived'),
  restored: (_e, _names, t) => t('tasks.history.restored'),
  history_cleared: (e, _names, t) => t('tasks.history.history_cleared', { count: entriesCleared(e) ?? 0 }),
  taken_over: (e, names, t) =>
    t('tasks.history.taken_over', { person: names.person(from(e, 'person_id')) ?? t('tasks.somebody') }),
  draft_kept: (e, _names, t) => t('tasks.history.draft_kept', { count: Number(to(e, 'object_count') ?? 0) }),
  undone: (_e, _names, t) => t('tasks.history.undone'),
  problem_reported: (e, _names, t) =>
    t('tasks.history.problem_reported', { problem: problemWords(to(e, 'problem'), t) }),
  problem_resolved: (e, _names, t) =>
    t('tasks.history.problem_resolved', { problem: problemWords(from(e, 'problem'), t) }),
}

export function eventSentence(event: TimelineEvent, names: EventNames, t: TFunction): string {
  return EVENT_SENTENCES[event.kind](event, names, t)
}

/** How many entries the event hid from the timeline; null if it hid none. */
export function entriesCleared({ before, after }: TimelineEvent): number | null {
  const told = after?.entries ?? before?.entries
  if (told !== undefined) return Number(told)
  const [was, is] = [Number(before?.history_floor ?? 0), Number(after?.history_floor ?? 0)]
  return is > was ? is - was : null
}

const problemWords = (problem: unknown, t: TFunction): string =>
  PROBLEM_REASONS.some((r) => r === problem) ? t(`problem.${problem as ProblemReason}`) : String(problem ?? '')

export function reasonWords(reason: unknown, t: TFunction): string {
  return reason === 'ambiguous' || reason === 'poor_image_quality' || reason === 'other'
    ? t(`tasks.skip_reason.${reason}`)
    : String(reason ?? '')
}
