// Reads of history: a task's timeline and audit log, and who changed it last.
import { sql } from 'kysely'
import type { EventKind } from '../../model/task.ts'
import type { Queryable } from '../db/connect.ts'
import { eventsOfGroup, type GroupRow } from './group-events.ts'
import { titleOf } from './titles.ts'

export type EventRow = {
  number: number
  kind: EventKind
  at: string
  actor_id: number | null
  actor_kind: 'person' | 'token' | 'system'
  actor_name: string | null
  operation_id: number | null
  operation_name: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  note: string | null
}

const MOST_NUMBER = 2 ** 31 - 1
/** Events that are read at once. */
export const MOST_EVENTS = 2000

/**
 * All of them, newest first, at most MOST_EVENTS at once. What bulk operations did is read once for all of these.
 * @param floor events up to this number are left out: the timeline's floor, or 0 for the audit log
 * @param before and those from this number on
 */
export async function* eventsOf(
  db: Queryable,
  project_id: number,
  task_id: number,
  floor: number,
  before = MOST_NUMBER,
): AsyncGenerator<EventRow[], void> {
  const bulk = (await groupsOf(db, project_id, task_id)).flatMap(eventsOfGroup)
  for (let end: number | undefined = before; end !== undefined; ) {
    const isBetween = ({ number }: EventRow) => number > floor && number < (end as number)
    const steps = await stepsOf(db, project_id, task_id, floor, end)
    const found = [...steps, ...bulk.filter(isBetween)].sort((a, b) => b.number - a.number).slice(0, MOST_EVENTS)
    yield found.map((r) => ({ ...r, operation_name: r.operation_name && titleOf(r.operation_name) }))
    end = found.length < MOST_EVENTS ? undefined : found.at(-1)?.number
  }
}

/** What is kept as a row of its own: steps of people, and small bulk operations. */
async function stepsOf(db: Queryable, project_id: number, task_id: number, floor: number, before: number) {
  const { rows } = await sql<EventRow>`
    select e.number, e.kind, e.at, e.actor_id, e.actor_kind, p.name as actor_name, e.operation_id, o.name as operation_name, e.before, e.after, e.note
    from task_event e left join person p on p.id = e.actor_id
    left join operation o on o.project_id = e.project_id and o.id = e.operation_id
    where e.project_id = ${project_id} and e.task_id = ${task_id} and e.number > ${floor} and e.number < ${before}
    order by e.number desc limit ${MOST_EVENTS}`.execute(db)
  return rows
}

/** The groups of bulk operations that changed a task. */
async function groupsOf(db: Queryable, project_id: number, task_id: number): Promise<GroupRow[]> {
  const holds = (alias: string) => {
    const g = (column: string) => sql.ref(`${alias}.${column}`)
    return sql`${g('project_id')} = ${project_id} and ${g('last_id')} >= ${task_id} and ${g('first_id')} <= ${task_id}
      and ${g('outcome')} = 'applied' and ${g('task_ids')} @> array[${task_id}::int8]`
  }
  const { rows } = await sql<GroupRow>`
    select g.events, g.at, o.actor_id, o.actor_kind, p.name as actor_name, o.id as operation_id, o.name as operation_name,
      to_jsonb(g.before[array_position(g.task_ids, ${task_id}::int8)]) as before,
      (select to_jsonb(u.before[array_position(u.task_ids, ${task_id}::int8)]) from operation_group u where ${holds('u')} and u.operation_id = o.undoes_id) as saved
    from operation_group g join operation o on o.project_id = g.project_id and o.id = g.operation_id left join person p on p.id = o.actor_id
    where ${holds('g')}`.execute(db)
  return rows
}

/**
 * Whoever last took the task out of an open editor: "moved by Mira". A bulk operation that raised its generation, or a
 * change of somebody's role or a restored draft, whose events stand by themselves. What left the generation alone took nothing from anybody.
 */
export async function lastMover(
  db: Queryable,
  project_id: number,
  task_id: number,
): Promise<{ name: string; at: string } | null> {
  const { rows } = await sql<{ name: string; at: string }>`
    select coalesce(p.name, 'the system') as name, m.at from (
      select o.actor_id, g.at from operation_group g join operation o on o.project_id = g.project_id and o.id = g.operation_id
      where g.project_id = ${project_id} and g.last_id >= ${task_id} and g.first_id <= ${task_id} and g.outcome = 'applied'
        and 'generation' = any(g.columns) and g.task_ids @> array[${task_id}::int8]
      union all
      select actor_id, at from task_event
      where project_id = ${project_id} and task_id = ${task_id} and operation_id is null
        and (kind in ('taken_over', 'annotations_restored') or (kind = 'unassigned' and jsonb_exists(before, 'assignee_id')))
    ) m left join person p on p.id = m.actor_id order by m.at desc limit 1`.execute(db)
  return rows[0] ?? null
}

/** The comment of the last rejection. */
export async function lastRejection(db: Queryable, project_id: number, task_id: number): Promise<string | null> {
  const { rows } = await sql<{ note: string | null }>`
    select note from task_event where project_id = ${project_id} and task_id = ${task_id} and kind = 'rejected' order by number desc limit 1`.execute(
    db,
  )
  return rows[0]?.note ?? null
}

/** The stage in which this person opened the task last; null if they never did: then a late save leaves no draft. */
export async function stageOpenedIn(
  db: Queryable,
  project_id: number,
  task_id: number,
  person_id: number,
): Promise<number | null> {
  const { rows } = await sql<{ stage_id: number }>`
    select (after ->> 'stage_id')::int4 as stage_id from task_event
    where project_id = ${project_id} and task_id = ${task_id} and actor_id = ${person_id} and kind = 'opened'
    order by number desc limit 1`.execute(db)
  return rows[0]?.stage_id ?? null
}
