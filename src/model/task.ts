// A task: an asset within the workflow. The row is narrow and carries what the table shows.
// The same spelling in SQL, JSON, code and CSV.
import type { ClassCounts } from './annotation.ts'

export const SPLITS = ['train', 'validation', 'test'] as const
export type Split = (typeof SPLITS)[number]

export const SPLIT_SOURCES = ['manual', 'auto'] as const
export const SKIP_REASONS = ['ambiguous', 'poor_image_quality', 'other'] as const
export type SkipReason = (typeof SKIP_REASONS)[number]

export const PRIORITY_MIN = -1000
export const PRIORITY_MAX = 1000

export type TaskRow = {
  project_id: number
  id: number
  asset_id: number
  name: string
  folder: string
  width: number
  height: number
  stage_id: number
  /** Who is responsible in the current stage; null in the pool. */
  assignee_id: number | null
  /** stage id → person id: who is remembered for each stage. */
  stage_assignees: Record<string, number>
  is_returned: boolean
  times_returned: number
  split: Split | null
  split_source: (typeof SPLIT_SOURCES)[number] | null
  is_split_locked: boolean
  priority: number
  batch_id: number | null
  is_skipped: boolean
  skip_reason: SkipReason | null
  skip_note: string | null
  skipped_by_id: number | null
  skipped_at: string | null
  /** People whom the queue does not offer this task again. */
  skipper_ids: number[]
  queued_at: string | null
  is_archived: boolean
  /** Active annotation time since the last reset. */
  duration_ms: number
  /** Active review time since the last reset. */
  review_ms: number
  /** Ledger entries up to this id no longer count. */
  duration_floor: number
  /** The current revision document; null when there are no annotations. */
  revision_id: number | null
  object_count: number
  class_counts: ClassCounts
  /** Events ever recorded; the next one gets this number plus one. */
  event_count: number
  /** The timeline hides events up to this number; the audit log does not. */
  history_floor: number
  /** Raised by each change that must stop a late write from an open editor. */
  generation: number
  /** Raised by every change. */
  version: number
  labelled_by_id: number | null
  reviewed_by_id: number | null
  completed_at: string | null
  exported_at: string | null
  created_at: string
  updated_at: string
}

/** The columns that a change may set. Row keys, counters and stamps belong to history/record.ts. */
export type TaskPatch = Partial<
  Omit<
    TaskRow,
    | 'project_id' | 'id' | 'asset_id' | 'name' | 'folder' | 'width' | 'height'
    | 'event_count' | 'version' | 'created_at' | 'updated_at'
  >
> // biome-ignore format: one list

/** A live lease, as a decision sees it. */
export type Lease = { person_id: number; session_id: string; generation: number; expires_at: string }

/**
 * A task as a decision sees it: its row, who holds it now (null when no lease is live), and whose lease ran out
 * (a lease that was ended, by a submit or a take-over, leaves nothing).
 */
export type LockedTask = TaskRow & { lease: Lease | null; lapsed_session_id: string | null }

export const EVENT_KINDS = [
  'created', 'annotations_imported', 'released', 'assigned', 'unassigned', 'opened', 'submitted', 'approved',
  'rejected', 'skipped', 'skip_cleared', 'status_changed', 'annotations_removed', 'annotations_restored',
  'duration_reset', 'split_set', 'priority_set', 'batch_set', 'archived', 'restored', 'history_cleared',
  'taken_over', 'draft_kept', 'undone', 'problem_reported', 'problem_resolved',
] as const // biome-ignore format: one list
export type EventKind = (typeof EVENT_KINDS)[number]

/** An event before it is written. `before` and `after` hold the columns that changed. */
export type EventDraft = {
  kind: EventKind
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  /** What a person wrote: a comment, a reason. */
  note?: string | null
}

/** Why a task of many was not changed. Data in the result, never thrown. */
export const REFUSALS = [
  'open_by_other', 'split_locked', 'changed_since', 'not_in_prepare', 'gone', 'not_a_member', 'own_work',
] as const // biome-ignore format: one list
export type Refusal = (typeof REFUSALS)[number]

/** What a rule says about one task. Pure: the preview counts what the run obeys. */
export type Decision = { outcome: 'applied'; patch: TaskPatch; events: EventDraft[]; ends_lease?: boolean } | NotApplied
type NotApplied = { outcome: 'unchanged' } | { outcome: 'refused'; reason: Refusal; person_id?: number }

export const UNCHANGED: { outcome: 'unchanged' } = { outcome: 'unchanged' }

/**
 * In a decision about many tasks at once: each task's own value of a column, as it was before the change (`task`), or
 * as the undone operation saved it (`saved`). `entries` is the length of the timeline.
 */
export class Own {
  readonly column: OwnColumn
  readonly from: 'task' | 'saved'
  constructor(column: OwnColumn, from: 'task' | 'saved' = 'task') {
    this.column = column
    this.from = from
  }
  /** As it is kept with the operation's group. */
  toJSON(): Record<string, string> {
    return { [this.from === 'task' ? 'own' : 'saved']: this.column }
  }
}
export type OwnColumn = keyof TaskPatch | 'event_count' | 'entries'
export const own = (column: OwnColumn): Own => new Own(column)
export const saved = (column: keyof TaskPatch): Own => new Own(column, 'saved')

/** Columns that each task of a situation gets: the same value for all, or its own. */
export type SituationPatch = { [C in keyof TaskPatch]?: TaskPatch[C] | Own }

/** What a rule says about all tasks that are in the same situation. Values in events, and a note, may be `Own`. */
export type SituationDecision =
  | {
      outcome: 'applied'
      patch: SituationPatch
      events: (Omit<EventDraft, 'note'> & { note?: string | null | Own })[]
      /** The generation rises: a late write of an open editor is refused. */
      raises_generation?: boolean
      ends_lease?: boolean
    }
  | NotApplied
