// The last calls of a tab that goes away: what is sent here goes out at once or never.
import type { HeldTask } from './held-task.ts'
import type { WorkApi } from './work-api.ts'

/**
 * Sends what is not saved, and lets go of the task, so that nobody sees it as open. Unsaved objects go first and alone:
 * a release that overtakes them would have them refused. Where there is no time for a release the lease ends by itself.
 */
export function abandonTask(api: WorkApi, held: HeldTask | null): void {
  if (!held || held.loss.get()) return
  const isUnsaved = held.saver.hasUnsaved
  const settling = held.settle()
  const release = () => api.release_task(held.holder)
  void (isUnsaved ? settling.then(release) : Promise.all([settling, release()])).catch(() => undefined)
}
