// Which tab of this browser works on a task: the first that opened it, until it lets go or is gone (also by a crash).
// A browser has locks only on https and localhost; without them the server tells the older tab that it lost the task.
import { ApiError } from '../../../contract/client.ts'

const PREFIX = 'pixlhub-task-'
/** A page that is loaded anew waits so long for itself to be gone. */
const PATIENCE_MS = 300

export type TabLock = typeof tabLock

let held: { task_id: number; free: () => void } | null = null
let onTaken: ((task_id: number) => void) | null = null
/** A lock that comes when this tab wants another, or none, is given back. */
let turn = 0

function free(): void {
  turn++
  held?.free()
  held = null
}

function ask(task_id: number, mine: number, options: LockOptions): Promise<boolean> {
  return new Promise((answer) => {
    const hold = (lock: Lock | null) => {
      const isMine = lock !== null && turn === mine
      answer(isMine)
      return isMine && new Promise<void>((free) => (held = { task_id, free }))
    }
    navigator.locks.request(`${PREFIX}${task_id}`, options, hold).catch(() => {
      if (held?.task_id !== task_id) return
      held = null
      onTaken?.(task_id)
    })
  })
}

export const tabLock = {
  /** This tab's one task is this. False: another tab has it, and keeps it unless this is forced. */
  async take(task_id: number, isForced = false): Promise<boolean> {
    if (held?.task_id === task_id || !navigator.locks) return true
    free()
    const mine = turn
    if (isForced) return ask(task_id, mine, { steal: true })
    if (await ask(task_id, mine, { ifAvailable: true })) return true
    await new Promise((done) => setTimeout(done, PATIENCE_MS))
    return ask(task_id, mine, { ifAvailable: true })
  },
  /** Told of the task that another tab took by force. */
  listen(heard: typeof onTaken): void {
    onTaken = heard
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
