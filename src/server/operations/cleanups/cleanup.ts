// What a cleanup is.
import type { SituationPatch } from '../../../model/task.ts'
import type { Events } from '../open-tasks.ts'
import type { Losses, OperationContext, Situation } from '../operation.ts'

export type CleanupParam = 'remove_annotations' | 'remove_assignees' | 'remove_history' | 'remove_duration'
export const CLEANUP_FACTS = ['has_assignees', 'has_annotations', 'has_history', 'has_duration'] as const
export type CleanupTask = Situation<(typeof CLEANUP_FACTS)[number]>

export type Cleanup = {
  param: CleanupParam
  /** Whether there is anything to remove. */
  applies: (task: CleanupTask) => boolean
  loses: readonly (keyof Losses)[]
  change: (context: OperationContext) => { patch: SituationPatch; event: Events[number] }
}
