// The timeline begins anew: it shows one entry "history cleared (n entries)" and what follows. The audit log keeps all.
import { own } from '../../../model/task.ts'
import type { Cleanup } from './cleanup.ts'

export const removeHistory: Cleanup = {
  param: 'remove_history',
  applies: (task) => task.has_history,
  loses: ['events'],
  change: () => ({
    patch: { history_floor: own('event_count'), is_returned: false, times_returned: 0 },
    event: { kind: 'history_cleared', after: { entries: own('entries') } },
  }),
}
