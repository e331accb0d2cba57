// Once an hour: clears away what the undo time has passed.
import type { App } from '../handler.ts'
import type { Job } from './background.ts'
import { purgeChanges, purgeExpired, purgeImportedDocuments, purgeRevisions } from './purge-queries.ts'

const HOUR_MS = 3_600_000

export function purgeJob(app: App): Job {
  return {
    name: 'purge',
    every_ms: HOUR_MS,
    async run() {
      await purgeExpired(app.db)
      await purgeChanges(app.db)
      await purgeImportedDocuments(app.db)
      return (await purgeRevisions(app.db)) > 0
    },
  }
}
