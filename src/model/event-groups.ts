// Kinds of events as a person looks for them in a history.
import type { EventKind } from './task.ts'

type Group = {
  kinds: readonly EventKind[]
  /** An event of a bulk operation may change several things at once: it belongs to a group by these columns, too. */
  columns: readonly string[]
}

export const EVENT_GROUPS = {
  work: {
    kinds: ['opened', 'submitted', 'approved', 'rejected', 'skipped', 'skip_cleared', 'draft_kept', 'taken_over'],
    columns: ['is_skipped', 'skip_reason'],
  },
  status: {
    kinds: ['created', 'released', 'status_changed', 'archived', 'restored', 'undone', 'history_cleared'],
    columns: ['stage_id', 'is_archived', 'history_floor', 'entries'],
  },
  people: { kinds: ['assigned', 'unassigned'], columns: ['assignee_id'] },
  data: {
    kinds: [
      'annotations_imported', 'annotations_removed', 'annotations_restored', 'duration_reset', 'split_set', 'priority_set', 'batch_set',
      'problem_reported', 'problem_resolved',
    ], // biome-ignore format: one list
    columns: ['object_count', 'duration_ms', 'split', 'priority', 'batch_id'],
  },
} as const satisfies Record<string, Group>

export type EventGroup = keyof typeof EVENT_GROUPS
export const EVENT_GROUP_NAMES = ['work', 'status', 'people', 'data'] as const satisfies readonly EventGroup[]
