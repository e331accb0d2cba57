// label/: the page where people label and review: the landing, the work screen, and the life of one open task.
// The drawing is in editor/; what may be done is decided by the server.
// This file: time as the logic of this page sees it, so that its tests need not wait.

export type Timers = {
  /** Milliseconds since epoch. */
  now(): number
  /** Runs once after some milliseconds. @returns the way to call it off */
  after(ms: number, run: () => void): () => void
}

export const browserTimers: Timers = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
