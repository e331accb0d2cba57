// What the column index reads: rows as runs of bytes per column, what changed since a look, and keys of orders.
import { type RawBuilder, sql } from 'kysely'
import type { Condition } from '../../model/filter.ts'
import type { FilterFieldName } from '../../model/task-fields.ts'
import { array, ids } from '../db/array.ts'
import type { Database } from '../db/connect.ts'
import { preparedStatement } from '../db/prepared.ts'
import { conditionSql } from '../tasks/condition-queries.ts'
import { tasksOfOperations } from '../tasks/fact-queries.ts'
import type { WireColumn } from './column.ts'
import type { OrderKey } from './key-order.ts'
import type { HeldColumn } from './layout.ts'
import type { WireRows } from './table.ts'

/** Whether a project has at least so many tasks; without counting them all. */
export async function hasTasks(db: Database, project_id: number, count: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from task where project_id = ${project_id} order by id offset ${Math.max(0, count - 1)} limit 1`.execute(
    db,
  )
  return rows.length > 0
}

export async function countAll(db: Database, project_id: number): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from task where project_id = ${project_id}`.execute(db)
  return rows[0]?.total ?? 0
}

/** Projects in which something changed within the last hours, the latest last. */
export async function changedLately(db: Database, limit: number): Promise<number[]> {
  const { rows } = await sql<{ project_id: number }>`
    select project_id from task_change group by project_id order by max(number) desc limit ${limit}`.execute(db)
  return rows.map((r) => r.project_id).reverse()
}

/** `snapshot`: what this look could see. `now`: ms since epoch, by the database's clock. `ids`: may repeat. */
export type Look = { snapshot: string; now: number; ids: Float64Array }

/** $1: the project, $2: the snapshot of another look. */
const lookAgain = preparedStatement<{ snapshot: string; now: number; ids: string | null }>(
  'changes_since',
  `select pg_current_snapshot()::text as snapshot, (extract(epoch from now()) * 1000)::float8 as now,
     (select string_agg(c.task_ids::text, '') from task_change c
       where c.project_id = $1::int8 and c.xid >= pg_snapshot_xmin(cast($2::text as pg_snapshot))
         and not pg_visible_in_snapshot(c.xid, cast($2::text as pg_snapshot))) as ids`,
)

/** What was committed after another look: no transaction slips through, whatever order they began in. */
export async function changesSince(db: Database, project_id: number, snapshot: string): Promise<Look> {
  const { rows } = await lookAgain(db, [project_id, snapshot])
  const [row] = rows
  if (!row) throw new Error('the database told no snapshot')
  return { snapshot: row.snapshot, now: row.now, ids: numbersIn(row.ids ?? '') }
}

export async function currentSnapshot(db: Database): Promise<string> {
  const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(db)
  return (rows[0] as { snapshot: string }).snapshot
}

/** The whole numbers of array literals, `{1,2}{3}`. */
function numbersIn(text: string): Float64Array {
  const numbers: number[] = []
  let number = -1
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit >= 0 && digit <= 9) number = (number < 0 ? 0 : number * 10) + digit
    else if (number >= 0) {
      numbers.push(number)
      number = -1
    }
  }
  return Float64Array.from(numbers)
}

/** Which tasks to read: the next ones by id, certain ones, or all between two ids (both included). */
export type Which = { after: number; limit: number } | { ids: readonly number[] } | { from: number; to: number }

/** Columns of some tasks, by ascending id. null if there are none. */
export async function readRows(
  db: Database,
  project_id: number,
  columns: readonly HeldColumn[],
  which: Which,
): Promise<WireRows | null> {
  const parts = columns.flatMap((column) => [
    sql`${bytesOf(column)} as ${sql.ref(column.name)}`,
    ...(column.wire === 'text' ? [sql`${loweredOf(column)} as ${sql.ref(lowered(column.name))}`] : []),
  ])
  // The limit keeps the order: without one, several processes might share the work of adding up.
  const { rows } = await sql<Record<string, Uint8Array | null>>`
    select ${sql.join([sql`string_agg(int8send(t.id), '') as task_ids`, ...parts])} from (
      select t.* from ${sourceSql(project_id, which)} order by t.id
      limit ${'limit' in which ? which.limit : 'ids' in which ? which.ids.length : which.to - which.from + 1}) t`.execute(
    db,
  )
  const [row] = rows
  if (!row?.task_ids) return null
  const found: Partial<Record<FilterFieldName, WireColumn>> = {}
  for (const { name, wire } of columns) {
    const bytes = row[name] as Uint8Array
    found[name] = wire === 'text' ? { bytes, lowered: row[lowered(name)] as Uint8Array } : { bytes }
  }
  return { ids: row.task_ids, columns: found }
}

const lowered = (name: string) => `${name}_lowered`

/** Certain ids are looked up one by one: left to choose, the planner reads the whole table for 20,000 of them. */
function sourceSql(project_id: number, which: Which): RawBuilder<unknown> {
  if ('ids' in which)
    return sql`unnest(${ids(which.ids)}) as w(id) cross join lateral (
      select * from task t where t.project_id = ${project_id} and t.id = w.id offset 0) t`
  const range = 'after' in which ? sql`t.id > ${which.after}` : sql`t.id between ${which.from} and ${which.to}`
  return sql`task t where t.project_id = ${project_id} and ${range}`
}

/** One run of bytes, see decode.ts. */
function bytesOf({ name, wire, words }: HeldColumn): RawBuilder<unknown> {
  const at = sql.ref(`t.${name}`)
  switch (wire) {
    case 'int4':
      return sql`string_agg(int4send(${at}), '')`
    case 'int8':
      return sql`string_agg(int8send(coalesce(${at}, 0)), '')`
    case 'flag':
      return sql`string_agg(boolsend(${at}), '')`
    case 'word':
      return sql`string_agg(int4send(coalesce(array_position(${array(words, 'text')}, ${at}), 0)), '')`
    case 'moment':
      return sql`string_agg(coalesce(timestamptz_send(${at}), '\\x8000000000000000'), '')`
    case 'classes':
      return sql`string_agg(textsend(case when ${at} = '{}' then '' else ${at}::text end), '\\x00')`
    case 'text':
      return sql`string_agg(textsend(${at}), '\\x00')`
  }
}

const loweredOf = ({ name }: HeldColumn) => {
  const at = sql.ref(`t.${name}`)
  return sql`string_agg(textsend(case when lower(${at}) = ${at} then '' else lower(${at}) end), '\\x00')`
}

/** Texts in lower case, as the database's conditions make them. */
export async function lowerCase(db: Database, texts: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select lower(v.text) as text from unnest(${array(texts, 'text')}) with ordinality as v(text, n) order by v.n`.execute(
    db,
  )
  return rows.map((r) => r.text)
}

/** Ids of the tasks that a condition holds for, archived ones too; ascending, 8 bytes each. */
export async function tasksWith(db: Database, project_id: number, condition: Condition): Promise<Uint8Array> {
  const found =
    tasksOfOperations(condition, project_id) ??
    sql`select t.id from task t where t.project_id = ${project_id} and ${conditionSql(condition)}`
  const { rows } = await sql<{ ids: Uint8Array | null }>`
    select string_agg(int8send(t.id), '') as ids from (select f.id from (${found}) f order by f.id limit 2000000000) t`.execute(
    db,
  )
  return rows[0]?.ids ?? new Uint8Array(0)
}

/** What the values of a column are sorted by, in their order; see ORDER_KEYS of tasks/filter-queries.ts. */
export async function orderKeys(
  db: Database,
  project_id: number,
  of: 'stage' | 'person' | 'batch',
  values: readonly number[],
): Promise<OrderKey[]> {
  const keys = {
    stage: sql`(select s.position from stage s where s.project_id = ${project_id} and s.id = v.id)`,
    person: sql`(select lower(p.name) from person p where p.id = v.id)`,
    batch: sql`(select lower(b.name) from batch b where b.project_id = ${project_id} and b.id = v.id)`,
  }
  const { rows } = await sql<{ key: OrderKey }>`
    select ${keys[of]} as key from unnest(${ids(values)}) with ordinality as v(id, n) order by v.n`.execute(db)
  return rows.map((r) => r.key)
}
