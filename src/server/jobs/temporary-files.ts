// Temporary files that a killed process left behind. A live one holds its own for less than a day.
import type { App } from '../handler.ts'
import type { Job } from './background.ts'

const DAY_MS = 24 * 60 * 60 * 1000

export function temporaryFilesJob(app: Pick<App, 'files'>): Job {
  return {
    name: 'temporary-files',
    every_ms: DAY_MS / 24,
    async run() {
      await app.files.discardStale(DAY_MS)
      return false
    },
  }
}
