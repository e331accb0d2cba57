// The numbers above the table as SQL, and those that only the database knows.
import { sql } from 'kysely'
import { NO_FILTER } from '../../model/filter.ts'
import { ids } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'
import { filterSql } from './filter-queries.ts'

const MOST_PEOPLE = 200

export type StageNumbers = { total: number; unassigned: number; skipped: number; returned: number }
export type Work = { person_id: number; assigned: number; completed: number }
export type Totals = {
  total: number
  train: number
  validation: number
  test: number
  none: number
  objects: number
  duration_ms: number
  completed_today: number
  archived: number
  oldest_queued_at: string | null
}

/** Per stage in which there are tasks; archived ones are left out everywhere but in their own number. */
export async function stageNumbers(db: Queryable, project_id: number) {
  const { rows } = await sql<StageNumbers & { stage_id: number }>`
    select t.stage_id, count(*) as total, count(*) filter (where t.assignee_id is null) as unassigned,
           count(*) filter (where t.is_skipped) as skipped, count(*) filter (where t.is_returned) as returned
    from task t where ${filterSql(project_id, NO_FILTER)} group by t.stage_id`.execute(db)
  return rows
}

export async function totalsOf(db: Queryable, project_id: number, today_from: string): Promise<Totals> {
  const { rows } = await sql<Totals>`
    select count(*) as total, count(*) filter (where t.split = 'train') as train, count(*) filter (where t.split = 'validation') as validation,
           count(*) filter (where t.split = 'test') as test, count(*) filter (where t.split is null) as none,
           coalesce(sum(t.object_count), 0)::int8 as objects, coalesce(sum(t.duration_ms), 0)::int8 as duration_ms,
           count(*) filter (where t.completed_at >= ${today_from}::timestamptz) as completed_today,
           (select count(*) from task a where a.project_id = ${project_id} and a.is_archived) as archived,
           (select min(q.queued_at) from queue_entry q where q.project_id = ${project_id}) as oldest_queued_at
    from task t where ${filterSql(project_id, NO_FILTER)}`.execute(db)
  return rows[0] as Totals
}

/** Per person: tasks assigned now, and completed ones that they labelled last. */
export async function workOfPeople(db: Queryable, project_id: number): Promise<Work[]> {
  const everything = filterSql(project_id, NO_FILTER)
  const { rows } = await sql<Work>`
    select person_id, sum(assigned)::int8 as assigned, sum(completed)::int8 as completed from (
      select t.assignee_id as person_id, count(*) as assigned, 0 as completed from task t
        where ${everything} and t.assignee_id is not null group by 1
      union all
      select t.labelled_by_id, 0, count(*) from task t join stage s on s.project_id = t.project_id and s.id = t.stage_id
        where ${everything} and s.kind = 'completed' and t.labelled_by_id is not null group by 1) work
    group by person_id`.execute(db)
  return rows
}

/** Live leases per stage and person. */
export async function openNow(db: Queryable, project_id: number) {
  const { rows } = await sql<{ stage_id: number; person_id: number; open: number }>`
    select t.stage_id, l.person_id, count(*) as open from task_lease l
    join task t on t.project_id = l.project_id and t.id = l.task_id
    where l.project_id = ${project_id} and l.expires_at > now() group by 1, 2`.execute(db)
  return rows
}

/** The first 200 of some people by name, with all their time in the ledger of the project. */
export async function peopleWithTime(db: Queryable, project_id: number, personIds: readonly number[]) {
  const { rows } = await sql<{ id: number; name: string; duration_ms: number }>`
    select p.id, p.name, coalesce(w.ms, 0)::int8 as duration_ms from person p
    left join person_time w on w.project_id = ${project_id} and w.person_id = p.id
    where p.id = any(${ids(personIds)}) order by p.name, p.id limit ${MOST_PEOPLE}`.execute(db)
  return rows
}
