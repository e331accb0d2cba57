// Once an hour: clears away what the undo time has passed, and lets the embedded database look at its tables again
// (a server does that by itself).
import type { App } from '../handler.ts'
import type { Job } from './background.ts'
import { analyzeChanged, purgeChanges, purgeExpired, purgeImportedDocuments, purgeRevisions } from './purge-queries.ts'

const HOUR_MS = 3_600_000

export function purgeJob(app: App): Job {
  return {
    name: 'purge',
    every_ms: HOUR_MS,
    async run() {
      await purgeExpired(app.db)
      await purgeChanges(app.db)
      await purgeImportedDocuments(app.db)
      if (app.config.database_url === null) await analyzeChanged(app.db)
      return (await purgeRevisions(app.db)) > 0
    },
  }
}
