// Stamps the tasks of large exports as exported, step by step: nobody waits for more than a step of it. A restart goes on
// behind the last task that was stamped.
import { commitLater } from '../db/commit-later.ts'
import type { App } from '../handler.ts'
import { nextUnstamped, stampExported } from '../history/exported.ts'
import type { Job } from '../jobs/background.ts'

export const STAMP_JOB = 'exports'

export function stampJob(app: App): Job {
  const isEmbedded = app.config.database_url === null
  return {
    name: STAMP_JOB,
    every_ms: 10_000,
    async run() {
      if (isEmbedded) await app.quiet.come()
      const stamped = await app.db.transaction().execute(async (tx) => {
        const next = await nextUnstamped(tx)
        if (next && (await stampExported(tx, next))) await commitLater(tx)
        return next
      })
      if (!stamped) return false
      const following = app.columns.follow(stamped.project_id)
      // Else a page would find the next step before what it waits for.
      if (isEmbedded) await following
      return true
    },
  }
}
