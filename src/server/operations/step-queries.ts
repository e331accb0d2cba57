// The tasks of a step: locked, told by situation, and handed on with what was decided. Their ids stay in the database.
import { type RawBuilder, sql } from 'kysely'
import { array, ids } from '../db/array.ts'
import type { Tx } from '../db/connect.ts'
import type { ValuesBeside } from '../history/column-values.ts'
import { type Asked, factColumns } from './facts-queries.ts'
import type { Facts } from './operation.ts'
import type { Part } from './part-queries.ts'

export type Step = {
  project_id: number
  operation_id: number
  undoes_id: number | null
  /** At least one. They follow each other. */
  parts: readonly Part[]
  first_id: number
  last_id: number
}

/** Tasks of a part that agree in all facts, under a number within the step. */
export type Located = { number: number; part: number; facts: Facts; total: number }

/**
 * Locks the step's tasks, in id order so that two changes never wait for each other in a circle, tells them by situation,
 * and keeps them by it until the next step or the end of the transaction. A row that was waited for is read again once it
 * is locked: that is what FOR UPDATE does.
 */
export async function lockSituations(tx: Tx, step: Step, asked: Asked): Promise<Located[]> {
  await sql`create temp table if not exists step_situation (number int4, part int4, task_ids int8[]) on commit delete rows`.execute(
    tx,
  )
  // No task of a step is looked up twice: a cache in front of an index is in the way.
  await sql`select set_config('enable_memoize', 'off', true)`.execute(tx)
  const { list, keys } = factColumns(asked)
  const { rows } = await sql<Facts & Omit<Located, 'facts'>>`
    with of_last_step as (delete from step_situation),
    s as materialized (
      select (row_number() over ())::int4 as number, x.part, ${keys}, count(*)::int4 as total, array_agg(x.task_id) as task_ids
      from (select ${sql.ref(step.undoes_id === null ? 'u.part' : 'k.part')}, t.id as task_id, ${list} from ${lockedTasks(step)}) x group by x.part, ${keys}),
    kept as (insert into step_situation (number, part, task_ids) select number, part, task_ids from s)
    select x.number, x.part, x.total, ${keys} from s x`.execute(tx)
  return rows.map(({ number, part, total, ...rest }) => ({ number, part, total, facts: rest as unknown as Facts }))
}

function lockedTasks(step: Step): RawBuilder<unknown> {
  if (step.undoes_id === null) return sql`${stepTasks(step)} order by t.id for update of t`
  // Locked apart: FOR UPDATE would carry the whole group along with each of its tasks.
  const numbers = step.parts.map((p) => p.number)
  return sql`(
    select t.id, t.version, t.stage_id, t.revision_id from ${stepTasks(step)} order by t.id for update of t) t
    join (${savedSql(step, numbers)}) on s.id = t.id`
}

/** Who has which of the step's tasks open now. After the locks: one that waited must see the leases of now. */
export async function liveLeases(tx: Tx, step: Step): Promise<Map<number, number>> {
  const { rows } = await sql<{ task_id: number; person_id: number }>`
    select task_id, person_id from task_lease
    where project_id = ${step.project_id} and task_id between ${step.first_id} and ${step.last_id} and expires_at > now()`.execute(
    tx,
  )
  return new Map(rows.map((r) => [r.task_id, r.person_id]))
}

/** How many tasks of which situation somebody has open. */
export type Open = { number: number; person_id: number; total: number }

export async function openTasks(tx: Tx, leases: ReadonlyMap<number, number>): Promise<Open[]> {
  if (leases.size === 0) return []
  const { rows } = await sql<Open>`
    select s.number, l.person_id, count(*)::int4 as total
    from situation_tasks() s join ${leasesSql(leases)} on l.task_id = s.id
    group by s.number, l.person_id`.execute(tx)
  return rows
}

/** What was decided about a situation, or about those of it that a person has open: the number of the verdict. */
export type Decided = { number: number; person_id: number | null; verdict: number }

/** Every task of the step, `t`, with its part, `s.part`, and the number of its verdict, `d.verdict`. */
export function decidedTasks(
  { project_id, first_id, last_id }: Step,
  leases: ReadonlyMap<number, number>,
  decided: readonly Decided[],
): RawBuilder<unknown> {
  const list = sql.join([
    array(decided.map((d) => d.number), 'int4'),
    array(decided.map((d) => d.person_id), 'int8'),
    array(decided.map((d) => d.verdict), 'int4'),
  ]) // biome-ignore format: a list per line
  const lease = sql`left join ${leasesSql(leases)} on l.task_id = s.id`
  const isTheirs = sql`and d.person_id is not distinct from l.person_id`
  const isOpen = leases.size > 0
  return sql`situation_tasks() s ${isOpen ? lease : sql``}
    join unnest(${list}) as d(number, person_id, verdict) on d.number = s.number ${isOpen ? isTheirs : sql``}
    join task t on t.project_id = ${project_id} and t.id = s.id and t.id between ${first_id} and ${last_id}`
}

/** `u` and `task t`. A span beside the ids lets the database read neighbours in one run. */
function stepTasks({ project_id, operation_id, parts, first_id, last_id }: Step): RawBuilder<unknown> {
  return sql`step_tasks(${project_id}, ${operation_id}, ${parts[0]?.number}, ${parts.at(-1)?.number}) u
    join task t on t.project_id = ${project_id} and t.id = u.id and t.id between ${first_id} and ${last_id}`
}

const leasesSql = (leases: ReadonlyMap<number, number>) =>
  sql`unnest(${ids([...leases.keys()])}, ${ids([...leases.values()])}) as l(task_id, person_id)`

/**
 * What undo restores, of some parts: `k.part`, and in `s` the task's id, its version and the columns as they were saved. Each
 * group is looked up by its key, and statements start from here and look up the task of each row: how many rows these are is
 * nothing that the planner could know, and a join that it takes for one of a few rows costs minutes.
 * @param beside values that stand beside the rows of each part, in their order
 */
export function savedSql(step: Step, numbers: readonly number[], beside?: ValuesBeside): RawBuilder<unknown> {
  const byNumber = new Map(step.parts.map((p) => [p.number, p]))
  const all = (of: (p: Part) => number | null) =>
    array(
      numbers.map((n) => of(byNumber.get(n) as Part)),
      'int4',
    )
  const values = beside?.lists ?? new Map<string, RawBuilder<unknown>>()
  const names = sql.join(['part', 'undoes_part', 'undoes_number', ...values.keys()].map((name) => sql.ref(name)))
  const lists = [all((p) => p.number), all((p) => p.undoes_part), all((p) => p.undoes_number), ...values.values()]
  return sql`unnest(${sql.join(lists)}) as k(${names})
    cross join lateral (
      select g.before from operation_group g
      where g.project_id = ${step.project_id} and g.operation_id = ${step.undoes_id} and g.part = k.undoes_part
        and g.number = k.undoes_number offset 0) g
    cross join lateral unnest(g.before) as s`
}
