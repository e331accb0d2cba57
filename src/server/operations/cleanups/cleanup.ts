// What a cleanup is.
import type { EventDraft, LockedTask, TaskPatch } from '../../../model/task.ts'
import type { Losses, OperationContext } from '../operation.ts'

export type CleanupParam = 'remove_annotations' | 'remove_assignees' | 'remove_history' | 'remove_duration'

export type Cleanup = {
  param: CleanupParam
  /** Whether there is anything to remove. */
  applies: (task: LockedTask) => boolean
  loses: (task: LockedTask) => Partial<Losses>
  change: (task: LockedTask, context: OperationContext) => { patch: TaskPatch; event: EventDraft }
}
