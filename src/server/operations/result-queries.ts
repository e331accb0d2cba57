// What became of each task of an operation: its groups, and the parts that it did not reach.
import { sql } from 'kysely'
import type { Queryable } from '../db/connect.ts'

export type ResultRow = {
  task_id: number
  name: string
  outcome: 'applied' | 'unchanged' | 'refused' | null
  reason: string | null
  person_name: string | null
}

/**
 * A page of results in the order of the frozen set. What is written never changes, so a row number is a cursor.
 * @param at.after how many results to pass over
 */
export async function resultsOf(
  db: Queryable,
  at: { project_id: number; operation_id: number; outcome: string | null; after: number; limit: number },
): Promise<ResultRow[]> {
  const { project_id, operation_id, outcome, after, limit } = at
  const groups = sql`g.project_id = ${project_id} and g.operation_id = ${operation_id} and (${outcome}::text is null or g.outcome = ${outcome}::text)`
  const parts = sql`p.project_id = ${project_id} and p.operation_id = ${operation_id} and ${outcome}::text is null`
  const { rows } = await sql<ResultRow>`
    with pieces as (
      select false as is_part, g.part, sum(g.total)::int8 as total from operation_group g where ${groups} group by g.part
      union all
      select true, p.number, p.total from operation_part p where ${parts}),
    ranked as (select *, sum(total) over (order by is_part, part) - total as before from pieces),
    wanted as (select * from ranked where before + total > ${after}::int8 and before < ${after + limit}::int8),
    members as (
      select w.is_part, w.part, w.before, u.id, g.outcome, g.reason, g.person_id
      from wanted w join operation_group g on not w.is_part and g.part = w.part and ${groups} cross join lateral unnest(g.task_ids) as u(id)
      union all
      select w.is_part, w.part, w.before, u.id, null, null, null
      from wanted w join operation_part p on w.is_part and p.number = w.part and ${parts} cross join lateral unnest(p.task_ids) as u(id)),
    numbered as (select *, before + row_number() over (partition by is_part, part order by id) as position from members)
    select m.id as task_id, coalesce(t.name, '') as name, m.outcome, m.reason, p.name as person_name
    from (select * from numbered where position > ${after}::int8 order by position limit ${limit}) m
    left join task t on t.project_id = ${project_id} and t.id = m.id left join person p on p.id = m.person_id
    order by m.position`.execute(db)
  return rows
}
