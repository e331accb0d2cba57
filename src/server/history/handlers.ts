// Timeline and audit log.
import { Failure } from '../../model/failure.ts'
import type { Queryable } from '../db/connect.ts'
import type { Handlers } from '../handler.ts'
import { namesOfPeople, taskById } from '../tasks/queries.ts'
import { eventsOf } from './queries.ts'

export const historyHandlers = {
  get_task_history: ({ app }, { project_id, task_id }) => history(app.db, project_id, task_id, true),
  get_task_audit: ({ app }, { project_id, task_id }) => history(app.db, project_id, task_id, false),
} satisfies Pick<Handlers, 'get_task_history' | 'get_task_audit'>

async function history(db: Queryable, project_id: number, task_id: number, isTimeline: boolean) {
  const task = await taskById(db, project_id, task_id)
  if (!task) throw new Failure('not_found', `There is no task ${task_id} in this project.`)
  const events = await eventsOf(db, project_id, task_id, isTimeline ? task.history_floor : 0)
  const named = events.flatMap((e) =>
    [e.before, e.after].flatMap((v) => PEOPLE.map((key) => v?.[key] as number | undefined)),
  )
  return { events, hidden_count: isTimeline ? task.history_floor : 0, people: await namesOfPeople(db, named) }
}

/** Columns in an event's before and after that hold a person. */
const PEOPLE = ['assignee_id', 'skipped_by_id', 'person_id'] as const
