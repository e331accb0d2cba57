// How fast it has to be at 1,000,000 tasks, on each database. A smaller run is held to the same: it costs less.
import type { Line } from './measure.ts'

export type Limit = { ms?: number; per_second?: number; value?: number }

/** [PostgreSQL server, embedded] */
const LIMITS: Record<string, [Limit, Limit]> = {
  first_page: [{ ms: 60 }, { ms: 60 }],
  next_page: [{ ms: 60 }, { ms: 60 }],
  jump: [{ ms: 100 }, { ms: 200 }],
  total: [{ ms: 150 }, { ms: 300 }],
  facets: [{ ms: 50 }, { ms: 50 }],
  name_contains: [{ ms: 150 }, { ms: 300 }],
  claim: [
    { ms: 100, per_second: 1500 },
    { ms: 300, per_second: 400 },
  ],
  change_1000: [{ ms: 300 }, { ms: 500 }],
  change_tenth: [{ ms: 4000 }, { ms: 8000 }],
  page_meanwhile: [{ ms: 150 }, { ms: 400 }],
  auto_split: [{ ms: 10_000 }, { ms: 20_000 }],
  memory: [{ value: 600 }, { value: 1536 }],
  browser_usable: [{ value: 1000 }, {}],
  browser_frame: [{ value: 17 }, {}],
  browser_nodes: [{ value: 1000 }, {}],
  javascript: [{ value: 250 }, { value: 250 }],
}

/** `change_all` is held to this many times its floor, and `undo_all` to this many times the change. */
export const TIMES_FLOOR = 2
export const TIMES_CHANGE = 1.2

/** @param key of a line; a part of a work (`first_page.worst`) has the limit of the work */
export function limitOf(key: string, database: Line['database']): Limit {
  return LIMITS[key.split('.')[0] as string]?.[database === 'server' ? 0 : 1] ?? {}
}
