// Once an hour: clears away what the undo time has passed; lets the embedded database look at its tables again and clean
// its queue (a server does that by itself).
import type { App } from '../handler.ts'
import type { Job } from './background.ts'
import {
  analyzeChanged,
  purgeChanges,
  purgeExpired,
  purgeImportedDocuments,
  purgeRevisions,
  vacuumQueue,
} from './purge-queries.ts'

const HOUR_MS = 3_600_000

export function purgeJob(app: App): Job {
  return {
    name: 'purge',
    every_ms: HOUR_MS,
    async run() {
      await purgeExpired(app.db)
      await purgeChanges(app.db)
      await purgeImportedDocuments(app.db)
      if (app.config.database_url === null) {
        await analyzeChanged(app.db)
        await vacuumQueue(app.db)
      }
      return (await purgeRevisions(app.db)) > 0
    },
  }
}
