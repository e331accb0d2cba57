// Once an hour, and when the server starts: clears away what the undo time has passed, and what was deleted in part.
import type { App } from '../handler.ts'
import { deleteSomeGoing } from '../predictions/queries.ts'
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
      const [isGoing, revisions] = [await deleteSomeGoing(app.db), await purgeRevisions(app.db)]
      return isGoing || revisions > 0
    },
  }
}
