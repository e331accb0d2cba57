// When the work is saved: a little after the last change, at latest two seconds after the first, never two at once.
// A save that did not get through is tried again, later each time. Pure: time and the sending are given.
import { createSignal, type Signal } from './signal.ts'
import type { Timers } from './timers.ts'

/** After the last change. */
export const QUIET_MS = 1500
/** After the first change that is not saved, however long the changes go on. */
export const LATEST_MS = 2000
const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 10_000

export type SaveState =
  /** `moment`: of the last save in this session, ms since epoch; null if there was nothing to save yet. */
  | { at: 'saved'; moment: number | null }
  | { at: 'changed' }
  | { at: 'saving' }
  /** Did not get through; it is tried again. */
  | { at: 'retrying'; error: unknown }
  /** The server does not want it; trying the same again would not help. */
  | { at: 'refused'; error: unknown }

export type Saver = {
  state: Signal<SaveState>
  /** Something changed. */
  changed(): void
  readonly hasUnsaved: boolean
  /** Saves what is not saved yet, now; if asked to also where nothing was ever saved. Rejects with what hindered it. */
  flush(isFirst?: boolean): Promise<void>
  /** A good moment to try again, e.g. the connection is back. */
  retryNow(): void
  /** No save begins any more. */
  stop(): void
}

export type SaverOptions<D> = {
  timers: Timers
  /** The document now. Another value means another document. */
  read(): D
  send(document: D): Promise<unknown>
  /** Whether another try can help. */
  isPassing(error: unknown): boolean
  onSaved(document: D): void
  onRefused(error: unknown, document: D): void
}

export function createSaver<D>({ timers, read, send, isPassing, onSaved, onRefused }: SaverOptions<D>): Saver {
  const state = createSignal<SaveState>({ at: 'saved', moment: null })
  let saved = read()
  let hasSaved = false
  let firstChange: number | null = null
  let failures = 0
  let underWay: Promise<void> | null = null
  let cancelTimer: (() => void) | null = null
  let isStopped = false

  const schedule = (ms: number) => {
    cancelTimer?.()
    cancelTimer = isStopped ? null : timers.after(ms, () => void attempt().catch(() => undefined))
  }
  const scheduleAfterChange = () => {
    firstChange ??= timers.now()
    schedule(Math.max(0, Math.min(QUIET_MS, firstChange + LATEST_MS - timers.now())))
  }

  const succeed = (document: D) => {
    saved = document
    hasSaved = true
    failures = 0
    const isBehind = read() !== saved
    state.set(isBehind ? { at: 'changed' } : { at: 'saved', moment: timers.now() })
    if (isBehind) scheduleAfterChange()
    onSaved(document)
  }
  const fail = (error: unknown, document: D) => {
    if (isPassing(error)) {
      state.set({ at: 'retrying', error })
      schedule(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures))
      failures++
      return
    }
    cancelTimer?.()
    state.set({ at: 'refused', error })
    onRefused(error, document)
  }

  /** One save. Whoever asks while one is under way gets that one. */
  const attempt = (): Promise<void> => {
    if (underWay) return underWay
    cancelTimer?.()
    firstChange = null
    const document = read()
    // A retry is no news until it succeeds.
    if (failures === 0) state.set({ at: 'saving' })
    underWay = send(document).then(
      () => {
        underWay = null
        succeed(document)
      },
      (error: unknown) => {
        underWay = null
        fail(error, document)
        throw error
      },
    )
    return underWay
  }

  return {
    state,
    get hasUnsaved() {
      return underWay !== null || read() !== saved
    },
    changed() {
      if (isStopped || read() === saved) return
      firstChange ??= timers.now()
      // A save under way looks for changes when it is done; a waiting retry takes them along.
      if (underWay || state.get().at === 'retrying') return
      state.set({ at: 'changed' })
      scheduleAfterChange()
    },
    async flush(isFirst = false) {
      if (underWay) await underWay.catch(() => undefined)
      if (isFirst && !isStopped && !hasSaved) await attempt()
      while (!isStopped && read() !== saved) await attempt()
    },
    retryNow() {
      if (!isStopped && state.get().at === 'retrying' && !underWay) void attempt().catch(() => undefined)
    },
    stop() {
      isStopped = true
      cancelTimer?.()
    },
  }
}
