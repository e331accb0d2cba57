// The list of background work.
import type { App } from '../handler.ts'
import { continueOperations, OPERATIONS_JOB } from '../operations/run.ts'
import type { Job } from './background.ts'

export function jobsOf(app: App): Job[] {
  return [{ name: OPERATIONS_JOB, every_ms: 2000, run: () => continueOperations(app) }]
}
