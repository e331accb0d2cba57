// What became of each task of an operation: its groups, and the parts that it did not reach.
import { sql } from 'kysely'
import { Failure } from '../../model/failure.ts'
import type { Queryable } from '../db/connect.ts'

export type ResultRow = {
  part: number
  task_id: number
  name: string
  outcome: 'applied' | 'unchanged' | 'refused' | null
  reason: string | null
  person_name: string | null
}

/** A task's place in the frozen set, which stays the same whether its part is done or not. */
export type ResultPlace = Pick<ResultRow, 'part' | 'task_id'>

/** Before all parts. */
export const FIRST_PLACE: ResultPlace = { part: -1, task_id: 0 }

/**
 * A page of results in the order of the frozen set. While the operation runs, parts are done from both ends: what is told
 * first is no more in front of the rest. A page looks at as many parts and groups as it shows tasks, at most.
 * @param at.after the last one of the page before
 */
export async function resultsOf(
  db: Queryable,
  at: { project_id: number; operation_id: number; outcome: string | null; after: ResultPlace; limit: number },
): Promise<ResultRow[]> {
  const { project_id, operation_id, outcome, after, limit } = at
  const groups = sql`g.project_id = ${project_id} and g.operation_id = ${operation_id} and (${outcome}::text is null or g.outcome = ${outcome}::text)`
  const parts = sql`p.project_id = ${project_id} and p.operation_id = ${operation_id} and ${outcome}::text is null`
  const { rows } = await sql<ResultRow>`
    with pieces as (
      (select g.part, g.total from operation_group g where ${groups} and g.part > ${after.part} order by g.part limit ${limit})
      union all
      (select p.number, p.total from operation_part p where ${parts} and p.number > ${after.part} order by p.number limit ${limit})),
    ranked as (select part, sum(sum(total)) over (order by part) - sum(total) as before from pieces group by part),
    wanted as (select ${after.part}::int4 as part union all select part from ranked where before < ${limit}),
    members as (
      select g.part, u.id, g.outcome, g.reason, g.person_id
      from wanted w join operation_group g on g.part = w.part and ${groups} cross join lateral unnest(g.task_ids) as u(id)
      union all
      select p.number, u.id, null, null, null
      from wanted w join operation_part p on p.number = w.part and ${parts} cross join lateral unnest(p.task_ids) as u(id))
    select m.part, m.id as task_id, coalesce(t.name, '') as name, m.outcome, m.reason, p.name as person_name
    from (
      select * from members where (part, id) > (${after.part}::int4, ${after.task_id}::int8) order by part, id limit ${limit}) m
    left join task t on t.project_id = ${project_id} and t.id = m.id left join person p on p.id = m.person_id
    order by m.part, m.id`.execute(db)
  return rows
}

/** Where the next page begins; null when this one is not full. */
export function cursorAfter(page: readonly ResultPlace[], limit: number): string | null {
  const last = page.at(-1)
  return last && page.length === limit ? `${last.part}.${last.task_id}` : null
}

/** @throws Failure invalid_cursor */
export function placeOfCursor(cursor: string | undefined): ResultPlace {
  if (cursor === undefined) return FIRST_PLACE
  const [, part, task_id] = (/^(\d{1,9})\.(\d{1,15})$/.exec(cursor) ?? []).map(Number)
  if (part === undefined || task_id === undefined)
    throw new Failure('invalid_cursor', 'cursor: this is not a cursor of the results of an operation.')
  return { part, task_id }
}
