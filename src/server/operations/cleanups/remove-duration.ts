// Time of all people and stages. A marker in the ledger: older rows stay for payroll reports.
import type { Cleanup } from './cleanup.ts'

export const removeDuration: Cleanup = {
  param: 'remove_duration',
  applies: (task) => task.duration_ms > 0 || task.review_ms > 0,
  loses: (task) => ({ duration_ms: task.duration_ms }),
  change: (task, context) => ({
    patch: { duration_ms: 0, review_ms: 0, duration_floor: context.time_floor },
    event: {
      kind: 'duration_reset',
      before: { duration_ms: task.duration_ms, review_ms: task.review_ms },
      after: { duration_ms: 0, review_ms: 0 },
    },
  }),
}
