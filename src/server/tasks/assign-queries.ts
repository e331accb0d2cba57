// Dealing tasks to several people: the kinds of task that matter to who may have one, and the plan as a query.
import { type RawBuilder, sql } from 'kysely'
import { array, ids } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'

type Scope = { project_id: number /** Condition on `task t`. */; target: RawBuilder<boolean> }

/** `labeller_id`: which of the people labelled it, where it is in review. */
export type TaskKind = { is_review: boolean; labeller_id: number | null; total: number }

/** On `task t` and `stage s`: 0 for work that everybody may do, −1 for a review, or the id of who labelled it. */
const kindOf = (people: readonly number[]) =>
  sql`case when s.kind <> 'review' then 0 when t.labelled_by_id = any(${ids(people)}) then t.labelled_by_id else -1 end`

/** The tasks that are dealt: what somebody has open is left out, unless it is taken over. */
function dealt({ project_id, target }: Scope, takeOver: boolean): RawBuilder<unknown> {
  const isClosed = sql`and not exists (select 1 from task_lease l where l.project_id = t.project_id and l.task_id = t.id and l.expires_at > now())`
  return sql`task t join stage s on s.project_id = t.project_id and s.id = t.stage_id where t.project_id = ${project_id} and ${target} ${takeOver ? sql`` : isClosed}`
}

export async function taskKinds(
  db: Queryable,
  scope: Scope,
  people: readonly number[],
  takeOver: boolean,
): Promise<TaskKind[]> {
  const { rows } = await sql<{ kind: number; total: number }>`
    select ${kindOf(people)}::int8 as kind, count(*) as total from ${dealt(scope, takeOver)} group by 1 order by 1`.execute(
    db,
  )
  return rows.map(({ kind, total }) => ({ is_review: kind !== 0, labeller_id: kind > 0 ? kind : null, total }))
}

/** How many tasks of a kind a person gets; `place`: theirs among the people chosen. */
export type Share = TaskKind & { person_id: number; place: number; tasks: number }

/**
 * The tasks of each kind in the order of the queue, dealt so that after any number of them everybody has about their part:
 * the j-th of a person's n tasks comes at (j − ½) / n of the way.
 */
export function dealtPlan(scope: Scope, people: readonly number[], takeOver: boolean, shares: readonly Share[]) {
  const given = shares.filter((s) => s.tasks > 0)
  const kind = (s: TaskKind) => (s.is_review ? (s.labeller_id ?? -1) : 0)
  return sql`
    select q.task_id, d.person_id::text as plan from (
      select t.id as task_id, ${kindOf(people)} as kind,
        row_number() over (partition by ${kindOf(people)} order by t.priority desc, t.queued_at nulls last, t.id) as place
      from ${dealt(scope, takeOver)}) q
    join (
      select kind, person_id, row_number() over (partition by kind order by (2 * j - 1)::float8 / (2 * tasks), rank) as place
      from (select x.*, generate_series(1, x.tasks) as j from unnest(${ids(given.map(kind))}, ${ids(given.map((s) => s.person_id))}, ${array(
        given.map((s) => s.place),
        'int4',
      )}, ${ids(given.map((s) => s.tasks))}) as x(kind, person_id, rank, tasks)) each) d on d.kind = q.kind and d.place = q.place`
}
