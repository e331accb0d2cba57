// Clears away what the undo time has passed, and what was deleted in part: when the server starts, and then by the hour; what
// asks for a walk through all revisions, by the day.
import type { App } from '../handler.ts'
import { deleteSomeGoing } from '../predictions/queries.ts'
import type { Job } from './background.ts'
import { BEGINNING, purgeChanges, purgeExpired, purgeImportedDocuments, purgeRevisions } from './purge-queries.ts'

const HOUR_MS = 3_600_000

export function purgeJob(app: App): Job {
  return {
    name: 'purge',
    every_ms: HOUR_MS,
    async run() {
      await app.quiet.come()
      await purgeExpired(app.db)
      await purgeChanges(app.db)
      await purgeImportedDocuments(app.db)
      return deleteSomeGoing(app.db)
    },
  }
}

/** Step by step, each when nobody waits. A restart begins anew: what is gone is gone. */
export function purgeRevisionsJob(app: App): Job {
  let at = BEGINNING
  return {
    name: 'revisions',
    every_ms: 24 * HOUR_MS,
    async run() {
      await app.quiet.come()
      const next = await app.db.transaction().execute((tx) => purgeRevisions(tx, at))
      at = next ?? BEGINNING
      return next !== null
    },
  }
}
