// The machine at rest: what came before (a page that is closed, a browser that starts) is not part of what is measured next.
import { cpus } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'

/** Looked at so long, ms. */
const LOOK_MS = 250
/** At rest: the cores did nothing for at least this share of it. */
const REST = 0.9
const PATIENCE_MS = 10_000

/** Resolves when the cores have been at rest for a moment, at latest after ten seconds. */
export async function calm(): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  for (let before = spent(); Date.now() < until; ) {
    await wait(LOOK_MS)
    const now = spent()
    if (now.idle - before.idle >= REST * (now.all - before.all)) return
    before = now
  }
}

/** Of all cores since the machine began, ms. */
function spent(): { idle: number; all: number } {
  const times = cpus().map((core) => core.times)
  const idle = times.reduce((sum, core) => sum + core.idle, 0)
  const all = times.flatMap((core) => Object.values(core)).reduce((sum, ms) => sum + ms, 0)
  return { idle, all }
}
