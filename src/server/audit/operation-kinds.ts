// Which bulk operations write events of a kind, so that looking for “annotations removed” finds the operation that did.
import type { EventKind } from '../../model/task.ts'

/** An operation by its name, and a parameter it must have been given. */
type Writer = { name?: string; param?: string; value?: string }

const changeStatus = { name: 'change-status' }
const cleanup = (param: string): Writer => ({ ...changeStatus, param, value: 'true' })
const takingOver: Writer = { param: 'open', value: 'take_over' }

/** Kinds that are missing here are steps of one person. */
export const OPERATIONS_WRITING: Partial<Record<EventKind, readonly Writer[]>> = {
  released: [changeStatus],
  status_changed: [changeStatus],
  annotations_removed: [cleanup('remove_annotations')],
  unassigned: [cleanup('remove_assignees'), { name: 'assign' }],
  history_cleared: [cleanup('remove_history')],
  duration_reset: [cleanup('remove_duration')],
  skip_cleared: [changeStatus, { name: 'clear-skip' }],
  assigned: [{ name: 'assign' }, { name: 'clear-skip' }],
  split_set: [{ name: 'set-split' }],
  priority_set: [{ name: 'set-priority' }],
  batch_set: [{ name: 'set-batch' }],
  archived: [{ name: 'archive' }],
  restored: [{ name: 'restore' }],
  annotations_imported: [{ name: 'import-annotations' }],
  annotations_restored: [{ name: 'undo' }],
  undone: [{ name: 'undo' }],
  taken_over: [takingOver],
}
