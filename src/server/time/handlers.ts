// Heartbeats and the split of a task's time.
import type { Handlers } from '../handler.ts'
import { explained } from '../tasks/step.ts'
import { beat } from './heartbeat.ts'
import { timeByPerson } from './queries.ts'

export const timeHandlers = {
  heartbeat: ({ app, project, caller }, input) => {
    const step = { app, project, caller, task_id: input.task_id }
    return explained(step, () => app.db.transaction().execute((tx) => beat(tx, step, input)))
  },
  get_task_time: async ({ app }, { project_id, task_id }) => ({
    entries: await timeByPerson(app.db, project_id, task_id),
  }),
} satisfies Pick<Handlers, 'heartbeat' | 'get_task_time'>
