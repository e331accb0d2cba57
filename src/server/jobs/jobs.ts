// The list of background work.
import { thumbnailJob } from '../assets/thumbnail-job.ts'
import type { App } from '../handler.ts'
import { continueOperations, OPERATIONS_JOB } from '../operations/run.ts'
import type { Job } from './background.ts'
import { backupJob } from './backup.ts'
import { purgeJob } from './purge.ts'
import { temporaryFilesJob } from './temporary-files.ts'
import { tendJob } from './tend.ts'

export function jobsOf(app: App): Job[] {
  return [
    { name: OPERATIONS_JOB, every_ms: 2000, run: () => continueOperations(app) },
    thumbnailJob(app),
    purgeJob(app),
    temporaryFilesJob(app),
    backupJob(app),
    ...(app.config.database_url === null ? [tendJob(app)] : []),
  ]
}
