// How many work on operations at once. Each lane takes its steps on a connection of its own, from its end of what is left.
import type { App } from '../handler.ts'
import type { From } from './part-queries.ts'

export type Lane = { name: string; from: From }

const LANES: readonly [Lane, Lane] = [
  { name: 'operations', from: 'first' },
  { name: 'operations beside', from: 'last' },
]

/** The first one goes on whatever happens. The embedded database has one connection: there it is the only one. */
export const FIRST_LANE = LANES[0]
export const lanesOf = (app: App): readonly Lane[] => (app.config.database_url === null ? [FIRST_LANE] : LANES)

export function wakeOperations(app: App): void {
  for (const { name } of lanesOf(app)) app.background.wake(name)
}
