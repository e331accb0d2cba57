// The list of background work.
import { thumbnailJob } from '../assets/thumbnail-job.ts'
import { stampJob } from '../exports/stamp-job.ts'
import type { App } from '../handler.ts'
import { continueOperations } from '../operations/continue.ts'
import { lanesOf } from '../operations/lanes.ts'
import type { Job } from './background.ts'
import { backupJob } from './backup.ts'
import { purgeJob, purgeRevisionsJob } from './purge.ts'
import { temporaryFilesJob } from './temporary-files.ts'
import { tendJob } from './tend.ts'

export function jobsOf(app: App): Job[] {
  return [
    ...lanesOf(app).map((lane) => ({ name: lane.name, every_ms: 2000, run: () => continueOperations(app, lane) })),
    thumbnailJob(app),
    stampJob(app),
    purgeJob(app),
    purgeRevisionsJob(app),
    temporaryFilesJob(app),
    backupJob(app),
    ...(app.config.database_url === null ? [tendJob(app)] : []),
  ]
}
