// Time of all people and stages. A marker in the ledger: older rows stay for payroll reports.
import { own } from '../../../model/task.ts'
import type { Cleanup } from './cleanup.ts'

export const removeDuration: Cleanup = {
  param: 'remove_duration',
  applies: (task) => task.has_duration,
  loses: ['duration_ms'],
  change: (context) => ({
    patch: { duration_ms: 0, review_ms: 0, duration_floor: context.time_floor },
    event: {
      kind: 'duration_reset',
      before: { duration_ms: own('duration_ms'), review_ms: own('review_ms') },
      after: { duration_ms: 0, review_ms: 0 },
    },
  }),
}
