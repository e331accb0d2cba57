// The people of all stages: the task returns to the pool. Authorship inside kept objects stays.
import type { Cleanup } from './cleanup.ts'

export const removeAssignees: Cleanup = {
  param: 'remove_assignees',
  applies: (task) => task.assignee_id !== null || Object.keys(task.stage_assignees).length > 0,
  loses: (task) => ({ assignees: task.assignee_id === null ? 0 : 1 }),
  change: (task) => ({
    patch: { assignee_id: null, stage_assignees: {} },
    event: { kind: 'unassigned', before: { assignee_id: task.assignee_id }, after: { assignee_id: null } },
  }),
}
