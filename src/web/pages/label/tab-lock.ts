// Which tab of this browser works on a task: the first that opened it, until it lets go or is gone (also by a crash).
// A browser has locks only on https and localhost; without them the server tells the older tab that it lost the task.
import { ApiError } from '../../../contract/client.ts'

type Place = { project_id: number; task_id: number }

const ofProject = (project_id: number) => `pixlhub-task-${project_id}-`
const nameOf = ({ project_id, task_id }: Place) => `${ofProject(project_id)}${task_id}`
/** A page that is loaded anew waits so long for itself to be gone. */
const PATIENCE_MS = 300

export type TabLock = typeof tabLock

let held: { name: string; free: () => void } | null = null
let onTaken: (() => void) | null = null
/** A lock that comes when this tab wants another, or none, is given back. */
let turn = 0

function free(): void {
  turn++
  held?.free()
  held = null
}

function ask(name: string, mine: number, options: LockOptions): Promise<boolean> {
  return new Promise((answer) => {
    const hold = (lock: Lock | null) => {
      const isMine = lock !== null && turn === mine
      answer(isMine)
      return isMine && new Promise<void>((free) => (held = { name, free }))
    }
    navigator.locks.request(name, options, hold).catch(() => {
      if (held?.name !== name) return
      held = null
      onTaken?.()
    })
  })
}

export const tabLock = {
  /** This tab's one task is this. False: another tab has it, and keeps it unless this is forced. */
  async take(place: Place, isForced = false): Promise<boolean> {
    const name = nameOf(place)
    if (held?.name === name || !navigator.locks) return true
    free()
    const mine = turn
    if (isForced) return ask(name, mine, { steal: true })
    if (await ask(name, mine, { ifAvailable: true })) return true
    await new Promise((done) => setTimeout(done, PATIENCE_MS))
    return ask(name, mine, { ifAvailable: true })
  },
  /** Told when another tab took this tab's task by force. */
  listen(heard: typeof onTaken): void {
    onTaken = heard
  },
  free,
  /** The task of this project that another tab has, if one has any. */
  async elsewhere(project_id: number): Promise<number | null> {
    const prefix = ofProject(project_id)
    const names = (await navigator.locks?.query())?.held?.map(({ name = '' }) => name) ?? []
    const other = names.find((name) => name.startsWith(prefix) && name !== held?.name)
    return other ? Number(other.slice(prefix.length)) : null
  },
}

/** The refusal to open what another tab has open. */
export const openInOtherTab = (): ApiError => new ApiError(409, { code: 'other_tab' })
