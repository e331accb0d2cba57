// The timeline begins anew: it shows one entry "history cleared (n entries)" and what follows. The audit log keeps all.
import type { Cleanup } from './cleanup.ts'

export const removeHistory: Cleanup = {
  param: 'remove_history',
  applies: (task) => task.event_count > task.history_floor,
  loses: (task) => ({ events: task.event_count - task.history_floor }),
  change: (task) => ({
    patch: { history_floor: task.event_count, is_returned: false, times_returned: 0 },
    event: { kind: 'history_cleared', after: { entries: task.event_count - task.history_floor } },
  }),
}
