// Clears away once an hour what the undo time has passed.
import type { App } from '../handler.ts'
import type { Job } from './background.ts'
import { purgeExpired, purgeRevisions, purgeSnapshots } from './purge-queries.ts'

const HOUR_MS = 3_600_000

export function purgeJob(app: App): Job {
  return {
    name: 'purge',
    every_ms: HOUR_MS,
    async run() {
      await purgeExpired(app.db)
      const purged = (await purgeSnapshots(app.db)) + (await purgeRevisions(app.db))
      return purged > 0
    },
  }
}
