// Time by hand, for tests.
import type { Timers } from './timers.ts'

/** Lets what was promised happen. */
const microtasks = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

/** @param settle waits for what a timer set going */
export function handTimers(start = 1_000_000, settle = microtasks) {
  let now = start
  let planned: { at: number; run: () => void }[] = []
  const timers: Timers = {
    now: () => now,
    after(ms, run) {
      const entry = { at: now + ms, run }
      planned.push(entry)
      return () => {
        planned = planned.filter((p) => p !== entry)
      }
    },
  }
  return {
    timers,
    settle,
    async pass(ms: number) {
      const end = now + ms
      for (;;) {
        const next = planned.filter((p) => p.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        planned = planned.filter((p) => p !== next)
        now = Math.max(now, next.at)
        next.run()
        await settle()
      }
      now = end
      await settle()
    },
  }
}
