// What happened to certain tasks, bulk operations included: from each task's own history.
import { EVENT_KINDS } from '../../model/task.ts'
import type { Queryable } from '../db/connect.ts'
import { type EventRow, eventsOf } from '../history/queries.ts'
import { byNewest, type Place, RANKS } from './cursor.ts'
import { type AuditFilter, type Entry, NOTHING } from './queries.ts'

export type NamedTask = { id: number; name: string }

/** Newest first, older than a place. */
export async function taskEntries(
  db: Queryable,
  filter: AuditFilter,
  tasks: readonly NamedTask[],
  after: Place | null,
  limit: number,
): Promise<Entry[]> {
  if (filter.kind !== undefined && !(EVENT_KINDS as readonly string[]).includes(filter.kind)) return []
  const entries: Entry[] = []
  for (const task of tasks)
    for await (const events of eventsOf(db, filter.project_id, task.id, 0))
      entries.push(...events.filter((event) => isWanted(event, filter)).map((event) => entryOf(task, event)))
  return entries
    .filter((e) => after === null || byNewest(e.place, after) > 0)
    .sort((a, b) => byNewest(a.place, b.place))
    .slice(0, limit)
}

/** What an operation did to these tasks, in their order. */
export async function operationEvents(
  db: Queryable,
  project_id: number,
  operation_id: number,
  tasks: readonly NamedTask[],
) {
  const found: { task: NamedTask; event: EventRow }[] = []
  for (const task of tasks) {
    const ofTask: EventRow[] = []
    for await (const events of eventsOf(db, project_id, task.id, 0))
      ofTask.push(...events.filter((event) => event.operation_id === operation_id))
    found.push(...ofTask.reverse().map((event) => ({ task, event })))
  }
  return found
}

function isWanted(event: EventRow, { kind, person_id, operation_id, from, to }: AuditFilter): boolean {
  return (
    (kind === undefined || event.kind === kind) &&
    (person_id === undefined || event.actor_id === person_id) &&
    (operation_id === undefined || event.operation_id === operation_id) &&
    (from === undefined || event.at >= from) &&
    (to === undefined || event.at <= to)
  )
}

function entryOf(task: NamedTask, event: EventRow): Entry {
  const { at, actor_id, actor_kind, actor_name } = event
  const place = { at, rank: RANKS.event, id: task.id, number: event.number }
  return { ...NOTHING, type: 'event', at, actor_id, actor_kind, actor_name, task, event, place }
}
