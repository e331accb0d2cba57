// The frozen set of an operation, in parts.
import { type RawBuilder, sql } from 'kysely'
import type { Queryable, Tx } from '../db/connect.ts'
import { joinedByHash } from '../db/joins.ts'
import { HAS_IMAGE_VALUES } from './facts-queries.ts'

/** Tasks of a part: a group's arrays are unpacked whole to read one of them. */
const PART = 1000
/** Of one step. An undo's parts may be of a task each. */
const MOST_PARTS = 1000

/**
 * Freezes the target with its plan: later arrivals are untouched.
 * @param plan a query of (task_id, plan)
 * @param step tasks of a step
 * @param counts_values whether `image_values` is asked for, which costs a look into revisions
 */
export async function freeze(
  tx: Tx,
  project_id: number,
  operation_id: number,
  target: RawBuilder<boolean>,
  plan: RawBuilder<unknown> | null,
  step: number,
  counts_values = false,
): Promise<void> {
  const planned = plan ? sql`left join (${plan}) p on p.task_id = t.id` : sql``
  const word = plan ? sql`p.plan` : sql`null::text`
  const words = plan ? sql`array_agg(x.plan)` : sql`null::text[]`
  // The window hands the rows out in id order, and the lists keep it: sorting them again doubles the work.
  const parts = sql`
    insert into operation_part (project_id, operation_id, number, total, objects, image_values, completed, first_id, last_id, task_ids, plan)
    select ${project_id}::int8, ${operation_id}::int8, x.number, count(*), sum(x.object_count), count(*) filter (where x.has_image_values),
           count(*) filter (where x.stage_id in (select id from stage where project_id = ${project_id} and kind = 'completed')),
           min(x.id), max(x.id), array_agg(x.id), ${words}
    from (select t.id, t.object_count, ${counts_values ? HAS_IMAGE_VALUES : sql`false`} as has_image_values, t.stage_id, ${word} as plan, (row_number() over (order by t.id) - 1) / ${Math.min(PART, step)}::int4 as number
          from task t ${planned} where ${target}) x
    group by x.number`
  await (plan ? joinedByHash(tx, () => parts.execute(tx)) : parts.execute(tx))
}

/** The tasks that another operation applied, as the target of its undo: a part for each of its groups. */
export async function freezeApplied(
  tx: Tx,
  project_id: number,
  operation_id: number,
  undoes_id: number,
): Promise<void> {
  await sql`
    insert into operation_part (project_id, operation_id, number, total, first_id, last_id, task_ids, undoes_part, undoes_number)
    select project_id, ${operation_id}::int8, row_number() over (order by part, number) - 1, total, first_id, last_id, task_ids, part, number
    from operation_group where project_id = ${project_id} and operation_id = ${undoes_id} and outcome = 'applied'`.execute(
    tx,
  )
}

/** `image_values`: tasks that have values of the whole image and no objects, where they were asked for. */
export type Weight = { total: number; objects: number; image_values: number; completed: number }

/** How much was frozen, written to the operation too. */
export async function weigh(tx: Tx, project_id: number, operation_id: number): Promise<Weight> {
  const { rows } = await sql<Weight>`
    with w as (
      select coalesce(sum(total), 0)::int4 as total, coalesce(sum(objects), 0)::int8 as objects,
        coalesce(sum(image_values), 0)::int8 as image_values, coalesce(sum(completed), 0)::int8 as completed
      from operation_part where project_id = ${project_id} and operation_id = ${operation_id})
    update operation o set total = w.total from w where o.project_id = ${project_id} and o.id = ${operation_id}
    returning w.total, w.objects, w.image_values, w.completed`.execute(tx)
  return rows[0] ?? { total: 0, objects: 0, image_values: 0, completed: 0 }
}

export type Part = {
  number: number
  total: number
  first_id: number
  last_id: number
  /** Of an undo: the group that it undoes. */
  undoes_part: number | null
  undoes_number: number | null
  /** Of an undo: the columns that the undone group changed. */
  saved_columns: string[] | null
}

/** From which end of the list parts are taken: two who work on one operation meet in the middle. */
export type From = 'first' | 'last'

/**
 * The next parts that are neither done nor under way elsewhere, locked: of about `limit` tasks together, at least one if there
 * is any. They follow each other.
 */
export async function nextParts(
  tx: Tx,
  project_id: number,
  operation_id: number,
  undoes_id: number | null,
  limit: number,
  from: From,
): Promise<Part[]> {
  const order = sql.raw(from === 'first' ? 'asc' : 'desc')
  const { rows } = await sql<Part>`
    select p.number, p.total, p.first_id, p.last_id, p.undoes_part, p.undoes_number,
      (select to_jsonb(g.columns) from operation_group g where g.project_id = p.project_id and g.operation_id = ${undoes_id}::int8
         and g.part = p.undoes_part and g.number = p.undoes_number) as saved_columns
    from operation_part p where p.project_id = ${project_id} and p.operation_id = ${operation_id} and p.number = any(array(
      select c.number from (
        select n.number, n.total, sum(n.total) over (order by n.number ${order}) - n.total as before from (
          select number, total from operation_part where project_id = ${project_id} and operation_id = ${operation_id}
          order by number ${order} limit ${MOST_PARTS}) n) c
      where c.before = 0 or c.before + c.total <= ${limit}))
    order by p.number ${order} for update of p skip locked`.execute(tx)
  const step = from === 'first' ? 1 : -1
  const gap = rows.findIndex((p, i) => i > 0 && p.number !== (rows[i - 1] as Part).number + step)
  const together = gap < 0 ? rows : rows.slice(0, gap)
  return from === 'first' ? together : together.reverse()
}

/** Takes parts off the list and moves the counters, in the transaction that wrote their groups. */
export async function finishParts(
  tx: Tx,
  project_id: number,
  operation_id: number,
  parts: readonly Part[],
  counts: { applied: number; unchanged: number; refused: number },
): Promise<void> {
  const [from, to] = [parts[0]?.number ?? 0, parts.at(-1)?.number ?? -1]
  await sql`
    delete from operation_part where project_id = ${project_id} and operation_id = ${operation_id} and number between ${from} and ${to}`.execute(
    tx,
  )
  await sql`
    update operation set applied = applied + ${counts.applied}, unchanged = unchanged + ${counts.unchanged}, refused = refused + ${counts.refused}
    where project_id = ${project_id} and id = ${operation_id}`.execute(tx)
}

export async function hasParts(db: Queryable, project_id: number, operation_id: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from operation_part where project_id = ${project_id} and operation_id = ${operation_id} limit 1`.execute(
    db,
  )
  return rows.length > 0
}
