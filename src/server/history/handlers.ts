// Timeline and audit log of a task.
import { Failure } from '../../model/failure.ts'
import type { Queryable } from '../db/connect.ts'
import type { Handlers } from '../handler.ts'
import { namesOfPeople, taskById } from '../tasks/queries.ts'
import { actorsOf, type EventFilter, pageOfEvents, peopleOfEvent } from './page.ts'
import { eventsOf } from './queries.ts'

const PAGE = 100

export const historyHandlers = {
  get_task_history: ({ app }, asked) => history(app.db, asked, true),
  get_task_audit: ({ app }, asked) => history(app.db, asked, false),
} satisfies Pick<Handlers, 'get_task_history' | 'get_task_audit'>

type Asked = EventFilter & { project_id: number; task_id: number; limit?: number }

async function history(db: Queryable, { project_id, task_id, limit = PAGE, ...filter }: Asked, isTimeline: boolean) {
  const task = await taskById(db, project_id, task_id)
  if (!task) throw new Failure('not_found', `There is no task ${task_id} in this project.`)
  const floor = isTimeline ? task.history_floor : 0
  const all = await eventsOf(db, project_id, task_id, floor)
  const page = pageOfEvents(all, filter, limit)
  const people = await namesOfPeople(db, page.events.flatMap(peopleOfEvent))
  return { ...page, hidden_count: floor, people, actors: actorsOf(all) }
}
