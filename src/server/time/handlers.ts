// Heartbeats and the split of a task's time.
import { Failure } from '../../model/failure.ts'
import type { Handlers } from '../handler.ts'
import { taskById } from '../tasks/queries.ts'
import { explained } from '../tasks/step.ts'
import { takeBeat } from './heartbeat.ts'
import { timeByPerson } from './queries.ts'

export const timeHandlers = {
  heartbeat: ({ app, project, caller }, input) => {
    const step = { app, project, caller, task_id: input.task_id }
    return explained(step, () => app.db.transaction().execute((tx) => takeBeat(tx, step, input)))
  },
  async get_task_time({ app }, { project_id, task_id }) {
    if (!(await taskById(app.db, project_id, task_id)))
      throw new Failure('not_found', `There is no task ${task_id} in this project.`)
    return { entries: await timeByPerson(app.db, project_id, task_id) }
  },
} satisfies Pick<Handlers, 'heartbeat' | 'get_task_time'>
