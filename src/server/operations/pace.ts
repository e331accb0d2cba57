// How large a step of an operation may be while others wait: as large as lately took a moment, whatever the machine.
import type { App } from '../handler.ts'

const MOMENT_MS = 150
/** Of the last step. A whole part is the least that a step takes (part-queries.ts). */
const taskMs = new WeakMap<App, number>()

/** @param most however fast the machine. @returns tasks */
export function stepForOthers(app: App, most: number): number {
  const each = taskMs.get(app)
  return each ? Math.min(most, Math.round(MOMENT_MS / each)) : most
}

/** A step of so many tasks took so long. */
export function stepTook(app: App, tasks: number, ms: number): void {
  if (tasks > 0) taskMs.set(app, ms / tasks)
}
