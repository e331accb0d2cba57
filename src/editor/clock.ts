// The active-time clock: how long a person really worked on a task (domain.md, section 3). Pure: time is given.
//
// Time counts only between two inputs that are no further apart than the idle threshold, and of that only what was
// visible and held. So an idle stretch ends at the last input, and what follows the last input counts not before the
// next one shows that the person was there. Opening a task is an input: the page calls input() then.
import { INCREMENT_MAX_MS } from '../model/duration.ts'

/** One report to the server. Repeating it is harmless: the server drops a sequence number it has seen. */
export type Increment = { readonly sequence: number; readonly ms: number }

/** The server takes at most this many increments in one call. */
const MAX_UNACKNOWLEDGED = 100

export type ActiveClock = {
  /** The person moved, pressed, typed or scrolled. */
  input(): void
  /** The tab became visible or hidden. */
  visible(isVisible: boolean): void
  /** The lease was taken or lost. */
  held(isHeld: boolean): void
  /** Once a second or so, for `isIdle`. */
  tick(): void
  /** Active time so far, ms. Never goes back. */
  readonly activeMs: number
  /** Visible and held, but the last input is older than the threshold. */
  readonly isIdle: boolean
  /** Since the last input, ms: what is counted ends there; sooner by what is not taken yet. */
  readonly sinceInputMs: number
  /** No more can be taken before some is acknowledged. */
  readonly isFull: boolean
  /** Closes the time gathered since the last call into an increment, a minute at most; null if there is none. */
  takeIncrement(): Increment | null
  /** Everything to send: taken and not yet acknowledged, oldest first. */
  unacknowledged(): readonly Increment[]
  /** The server has these and all before. */
  acknowledge(sequence: number): void
}

/**
 * @param options.now     a time in ms that only goes forward (performance.now); if it jumps back, no time is counted
 *                        for the jump and counting goes on from there
 * @param options.idleMs  the project's idle threshold, ms
 */
export function createActiveClock(options: { now: () => number; idleMs: number; firstSequence?: number }): ActiveClock {
  let isVisible = true
  let isHeld = false
  let lastNow = options.now()
  /** Wall time since the last input, all of it; null before the first. */
  let sinceInput: number | null = null
  /** The part of it that was visible and held. It counts if the next input comes in time. */
  let pending = 0
  let active = 0
  let taken = 0
  let nextSequence = options.firstSequence ?? 1
  let unacknowledged: Increment[] = []

  /** Brings the sums up to now. A step back counts as no time at all. */
  const advance = () => {
    const now = options.now()
    const passed = Number.isFinite(now) ? Math.max(0, now - lastNow) : 0
    if (Number.isFinite(now)) lastNow = now
    if (sinceInput === null) return
    sinceInput += passed
    if (isVisible && isHeld) pending += passed
  }

  return {
    input() {
      advance()
      if (sinceInput !== null && sinceInput <= options.idleMs) active += pending
      sinceInput = 0
      pending = 0
    },
    visible(value) {
      advance()
      isVisible = value
    },
    held(value) {
      advance()
      isHeld = value
    },
    tick: advance,
    get activeMs() {
      return Math.floor(active)
    },
    get isIdle() {
      return isVisible && isHeld && (sinceInput === null || sinceInput > options.idleMs)
    },
    get sinceInputMs() {
      advance()
      return Math.floor((sinceInput ?? 0) + active - taken)
    },
    get isFull() {
      return unacknowledged.length >= MAX_UNACKNOWLEDGED
    },
    takeIncrement() {
      advance()
      const ms = Math.min(Math.floor(active - taken), INCREMENT_MAX_MS)
      // A full outbox keeps gathering: a report that may be under way must never change.
      if (ms <= 0 || unacknowledged.length >= MAX_UNACKNOWLEDGED) return null
      taken += ms
      const increment = { sequence: nextSequence++, ms }
      unacknowledged.push(increment)
      return increment
    },
    unacknowledged: () => [...unacknowledged],
    acknowledge(sequence) {
      unacknowledged = unacknowledged.filter((i) => i.sequence > sequence)
    },
  }
}
