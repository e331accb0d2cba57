// How large a step of an operation may be: as large as lately took its time, whatever the machine.
import type { App } from '../handler.ts'

/** Before the first step has told how fast this machine is. */
const FIRST = 2000
/** Of the last step. A whole part is the least that a step takes (part-queries.ts). */
const taskMs = new WeakMap<App, number>()

/** @param ms how long the step may take. @param most however fast the machine. @returns tasks */
export function stepWithin(app: App, ms: number, most: number): number {
  const each = taskMs.get(app)
  return Math.min(most, each ? Math.round(ms / each) : FIRST)
}

/** A step of so many tasks took so long. */
export function stepTook(app: App, tasks: number, ms: number): void {
  if (tasks > 0) taskMs.set(app, ms / tasks)
}
