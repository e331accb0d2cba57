// Which tab of this browser works on a task: the first that opened it, until it lets go or is gone (also by a crash).
// A browser has locks only on https and localhost; without them the server tells the older tab that it lost the task.
import { ApiError } from '../../../contract/client.ts'

type Place = { project_id: number; task_id: number }

const ofProject = (project_id: number) => `pixlhub-task-${project_id}-`
const nameOf = ({ project_id, task_id }: Place) => `${ofProject(project_id)}${task_id}`
/** A page that is loaded anew waits so long for itself to be gone. */
const PATIENCE_MS = 300
/** So long has a tab to bring its work to the server before its task is taken by force. */
const LAST_WORDS_MS = 1500
/** Names of locks that are wanted by force. */
const CHANNEL = 'pixlhub-tasks'

type Heard = {
  /** Another tab is about to take the task. Resolves when there is nothing more to say. */
  wanted: () => Promise<void>
  /** It did. */
  taken: () => void
}

export type TabLock = typeof tabLock

let held: { name: string; free: () => void } | null = null
/** The lock that this tab wants, or has. */
let wanted: string | null = null
let heard: Heard | null = null
let channel: BroadcastChannel | null = null
/** A lock that comes when this tab wants another, or none, is given back. */
let turn = 0

/** @param only nothing is let go of if this tab wants another task by now */
function free(only?: Place): void {
  if (only && wanted !== nameOf(only)) return
  turn++
  wanted = null
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
      if (held?.name !== name) return answer(false)
      held = null
      heard?.taken()
    })
  })
}

/** Who holds it lets go by itself, its work done; who does not in time loses it. */
async function takeByForce(name: string, mine: number): Promise<boolean> {
  // Not heard by itself: from another channel, this tab would give away what it is just taking.
  const call = channel ?? new BroadcastChannel(CHANNEL)
  call.postMessage(name)
  if (call !== channel) call.close()
  if (await ask(name, mine, { signal: AbortSignal.timeout(LAST_WORDS_MS) })) return true
  return turn === mine && ask(name, mine, { steal: true })
}

async function letGo({ data: name }: MessageEvent): Promise<void> {
  if (held?.name !== name) return
  await heard?.wanted()
  if (held?.name !== name) return
  free()
  heard?.taken()
}

export const tabLock = {
  /** This tab's one task is this. False: another tab has it, and keeps it unless this is forced. */
  async take(place: Place, isForced = false): Promise<boolean> {
    const name = nameOf(place)
    if (held?.name === name || !navigator.locks) return true
    free()
    wanted = name
    const mine = turn
    if (isForced) return takeByForce(name, mine)
    if (await ask(name, mine, { ifAvailable: true })) return true
    await new Promise((done) => setTimeout(done, PATIENCE_MS))
    return ask(name, mine, { ifAvailable: true })
  },
  /** Told when another tab takes this tab's task by force. */
  listen(next: Heard | null): void {
    heard = next
    channel?.close()
    channel = next && new BroadcastChannel(CHANNEL)
    channel?.addEventListener('message', letGo)
  },
  free,
  /** The tasks of this project that other tabs have. */
  async elsewhere(project_id: number): Promise<number[]> {
    const prefix = ofProject(project_id)
    const snapshot = await navigator.locks?.query().catch(() => null)
    const names = snapshot?.held?.map(({ name = '' }) => name) ?? []
    return names
      .filter((name) => name.startsWith(prefix) && name !== held?.name)
      .map((name) => Number(name.slice(prefix.length)))
  },
}

/** The refusal to open what another tab has open. */
export const openInOtherTab = (): ApiError => new ApiError(409, { code: 'other_tab' })
