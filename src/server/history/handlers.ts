// Timeline and audit log of a task.
import { Failure } from '../../model/failure.ts'
import type { Queryable } from '../db/connect.ts'
import type { Handlers } from '../handler.ts'
import { namesOfPeople, taskById } from '../tasks/queries.ts'
import { actorsOf, type EventFilter, isWanted, peopleOfEvent } from './page.ts'
import { type EventRow, eventsOf } from './queries.ts'

const PAGE = 100

export const historyHandlers = {
  get_task_history: ({ app }, asked) => history(app.db, asked, true),
  get_task_audit: ({ app }, asked) => history(app.db, asked, false),
} satisfies Pick<Handlers, 'get_task_history' | 'get_task_audit'>

type Asked = EventFilter & { project_id: number; task_id: number; limit?: number; before?: number | undefined }

async function history(db: Queryable, asked: Asked, isTimeline: boolean) {
  const { project_id, task_id, limit = PAGE } = asked
  const task = await taskById(db, project_id, task_id)
  if (!task) throw new Failure('not_found', `There is no task ${task_id} in this project.`)
  const floor = isTimeline ? task.history_floor : 0
  const wanted: EventRow[] = []
  const read: EventRow[] = []
  for await (const next of eventsOf(db, project_id, task_id, floor, asked.before)) {
    read.push(...next)
    wanted.push(...next.filter((event) => isWanted(event, asked)))
    if (wanted.length > limit) break
  }
  const events = wanted.slice(0, limit)
  return {
    events,
    next_before: wanted.length > limit ? (events.at(-1)?.number ?? null) : null,
    hidden_count: floor,
    people: await namesOfPeople(db, events.flatMap(peopleOfEvent)),
    actors: actorsOf(read),
  }
}
