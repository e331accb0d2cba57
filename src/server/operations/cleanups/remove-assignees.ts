// The people of all stages: the task returns to the pool. Authorship inside kept objects stays.
import { own } from '../../../model/task.ts'
import type { Cleanup } from './cleanup.ts'

export const removeAssignees: Cleanup = {
  param: 'remove_assignees',
  applies: (task) => task.has_assignees,
  loses: ['assignees'],
  change: () => ({
    patch: { assignee_id: null, stage_assignees: {} },
    event: { kind: 'unassigned', before: { assignee_id: own('assignee_id') }, after: { assignee_id: null } },
  }),
}
