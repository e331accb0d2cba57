// Reads the Tasks table: from the column index where it has the project, else by SQL. Both give the same.
import type { Reply } from '../../contract/endpoint.ts'
import type { Endpoints } from '../../contract/endpoints.ts'
import type { Task } from '../../contract/tasks.ts'
import { conditionsOf, type Filter, withoutField } from '../../model/filter.ts'
import { FILTER_FIELDS } from '../../model/task-fields.ts'
import type { KeptRow } from '../columns/kept-rows.ts'
import type { Queryable } from '../db/connect.ts'
import { joinedByHash } from '../db/joins.ts'
import type { App } from '../handler.ts'
import { changedBy } from './fact-queries.ts'
import { type Cursor, filterSql, type Order } from './filter-queries.ts'
import { tasksByIds } from './page-queries.ts'
import { countTasks, facetsOf, findRow, pageOfTasks, peopleOfTask } from './queries.ts'

type Facets = Reply<Endpoints['get_task_facets']>
/** `end`: what the last of the tasks was sorted by; null if there are no more behind it. */
type Page = { rows: KeptRow[]; end: { key: Cursor['key']; id: number } | null }

/** From so many tasks of an operation on, joining them one by one is slower than looking through the project. */
const MANY = 10_000

/**
 * A filter by operations finds their tasks in arrays, which the planner takes for short ones: a million tasks were looked
 * up each by itself.
 */
async function bySql<T>(app: App, project_id: number, filter: Filter, read: (db: Queryable) => Promise<T>): Promise<T> {
  const operations = conditionsOf(filter)
    .filter((c) => FILTER_FIELDS[c.field].type === 'operation')
    .flatMap((c) => c.value as number | number[])
  if (operations.length === 0 || (await changedBy(app.db, project_id, operations)) < MANY) return read(app.db)
  return app.db.transaction().execute((tx) => joinedByHash(tx, () => read(tx)))
}

/** @param place a cursor, or how many rows to leave out */
export async function readPage(
  app: App,
  project_id: number,
  filter: Filter,
  order: Order,
  place: Cursor | { offset: number } | null,
  limit: number,
): Promise<Page> {
  const found = await app.columns.page(project_id, filter, order, place, limit)
  if (found) {
    const last = found.ids.at(-1)
    const rows = await found.kept.of(found.ids, async (ids) => {
      const tasks = await tasksByIds(app.db, project_id, ids)
      return new Map(tasks.map((t) => [t.id, rowOf(t)]))
    })
    return { rows, end: found.has_more && last !== undefined ? { key: found.last_key, id: last } : null }
  }
  const [cursor, offset] = place && 'offset' in place ? [null, place.offset] : [place, 0]
  // One more tells whether there are more.
  const listed = await bySql(app, project_id, filter, (db) =>
    pageOfTasks(db, project_id, filter, order, cursor, limit + 1, offset),
  )
  const last = listed.length > limit ? listed[limit - 1] : undefined
  const rows = listed.slice(0, limit).map(({ order_key: _, ...task }) => rowOf(task))
  return { rows, end: last ? { key: last.order_key, id: last.id } : null }
}

/** A lease ends by itself, and a heartbeat moves its end: such a row is read anew each time. */
const rowOf = (task: Task): KeptRow => ({
  json: bytesOf(JSON.stringify(task)),
  people: peopleOfTask(task).filter((id) => typeof id === 'number'),
  is_fleeting: task.lease !== null,
})

/** With memory of their own: out of the pool that Node shares, one row that is kept would hold on to seven that are not. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}

export async function readTotal(app: App, project_id: number, filter: Filter): Promise<number> {
  const measured = await app.columns.measure(project_id, [{ filter, what: 'total' }])
  if (measured) return measured[0] as number
  return bySql(app, project_id, filter, (db) => countTasks(db, filterSql(project_id, filter)))
}

const FACETS = ['stage_id', 'assignee_id', 'split', 'batch_id', 'priority', 'is_skipped'] as const
const MOST_VALUES = 200

/** Counts beside each choice: a column's own conditions left out. */
export async function readFacets(app: App, project_id: number, filter: Filter): Promise<Facets> {
  const measured = await app.columns.measure(project_id, [
    { filter, what: 'total' },
    ...FACETS.map((field) => ({ filter: withoutField(filter, field), what: 'counts' as const, field })),
  ])
  if (!measured) return bySql(app, project_id, filter, (db) => facetsOf(db, project_id, filter))
  const [total, ...counts] = measured
  const facets = FACETS.map((field, i) => [field, mostFirst(counts[i] as Count[])])
  return { total, ...Object.fromEntries(facets) } as Facets
}

type Count = { value: string | number | boolean | null; total: number }

/** Most tasks first; equal ones by value, none last. */
function mostFirst(counts: readonly Count[]): Count[] {
  const inOrder = (a: Count['value'], b: Count['value']) =>
    a === null || b === null ? Number(a === null) - Number(b === null) : a < b ? -1 : 1
  return [...counts].sort((a, b) => b.total - a.total || inOrder(a.value, b.value)).slice(0, MOST_VALUES)
}

export async function readRow(
  app: App,
  project_id: number,
  filter: Filter,
  order: Order,
  by: { name?: string | undefined; task_id?: number | undefined },
): Promise<{ row: number | null; task_id: number | null }> {
  const wanted = { task_id: by.task_id ?? null, name: by.name?.toLowerCase() ?? '' }
  const found = await app.columns.row(project_id, filter, order, wanted)
  return found ?? bySql(app, project_id, filter, (db) => findRow(db, filterSql(project_id, filter), order, by))
}
