// A copy of the embedded database once a day. A PostgreSQL server has its own ways.
import { backUp, lastBackUp } from '../db/backup.ts'
import type { App } from '../handler.ts'
import type { Job } from './background.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export function backupJob(app: App): Job {
  return {
    name: 'backup',
    every_ms: HOUR_MS,
    async run() {
      const { database_url, data_dir, backups } = app.config
      const isDue = async () => Date.now() - (await lastBackUp(data_dir)) > DAY_MS
      if (database_url === null && backups > 0 && (await isDue())) await backUp(app.db, data_dir, backups)
      return false
    },
  }
}
