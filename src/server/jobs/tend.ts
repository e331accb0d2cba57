// Once a minute: what a server's autovacuum does by itself, and the embedded database does not. It looks at tables that
// changed much, since a planner that takes a table for an empty one reads it from end to end for each row of another, and
// cleans the queue.
import type { App } from '../handler.ts'
import type { Job } from './background.ts'
import { analyzeChanged, vacuumQueue } from './tend-queries.ts'

const MINUTE_MS = 60_000

export function tendJob(app: App): Job {
  return {
    name: 'tend',
    every_ms: MINUTE_MS,
    async run() {
      await analyzeChanged(app.db)
      await vacuumQueue(app.db)
      return false
    },
  }
}
