// Which tab of this browser works on a task: the first that opened it, until it lets go or is gone (also by a crash).
// A browser has locks only on https and localhost; without them the server tells the older tab that it lost the task.
import { ApiError } from '../../../contract/client.ts'

const PREFIX = 'pixlhub-task-'
/** A page that is loaded anew may wait so long for itself to be gone. */
const PATIENCE_MS = 300

export type TabLock = typeof tabLock

let held: { task_id: number; free: () => void } | null = null

function free(): void {
  held?.free()
  held = null
}

export const tabLock = {
  /** This tab's one task is this. False: another tab has it, and keeps it unless this is forced. */
  take(task_id: number, isForced = false): Promise<boolean> {
    if (held?.task_id === task_id || !navigator.locks) return Promise.resolve(true)
    free()
    const options = isForced ? { steal: true } : { signal: AbortSignal.timeout(PATIENCE_MS) }
    return new Promise((answer) => {
      const hold = () =>
        new Promise<void>((free) => {
          held = { task_id, free }
          answer(true)
        })
      navigator.locks.request(`${PREFIX}${task_id}`, options, hold).catch(() => {
        if (held?.task_id === task_id) held = null
        answer(false)
      })
    })
  },
  free,
  /** The task of another tab, if one has any. */
  async elsewhere(): Promise<number | null> {
    const names = (await navigator.locks?.query())?.held?.map(({ name = '' }) => name) ?? []
    const other = names.find((name) => name.startsWith(PREFIX) && name !== `${PREFIX}${held?.task_id}`)
    return other ? Number(other.slice(PREFIX.length)) : null
  },
}

/** The refusal to open what another tab has open. */
export const openInOtherTab = (): ApiError => new ApiError(409, { code: 'other_tab' })
