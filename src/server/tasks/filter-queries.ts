// tasks/: the Tasks page and the queue. This file: a filter or selection as SQL, and sort orders.
// The table page, counts, operations and exports all use these functions: what you saw is what you get.
import { type RawBuilder, sql } from 'kysely'
import { Failure } from '../../model/failure.ts'
import { type Condition, conditionsOf, type Filter, isGroup } from '../../model/filter.ts'
import { filterProblem } from '../../model/filter-problem.ts'
import { meansEverythingSilently, type Selection } from '../../model/selection.ts'
import { TASK_FIELDS, type TaskFieldName } from '../../model/task-fields.ts'
import { ids } from '../db/array.ts'
import { columnSql, conditionSql } from './condition-queries.ts'
import { factSql } from './fact-queries.ts'

type Sql<T = unknown> = RawBuilder<T>

/** The condition of a selection on `task t`. @throws Failure empty_selection, unknown_field */
export function selectionSql(project_id: number, selection: Selection): Sql<boolean> {
  if ('ids' in selection) return sql`t.project_id = ${project_id} and t.id = any(${ids(selection.ids)})`
  if (meansEverythingSilently(selection))
    throw new Failure('empty_selection', 'selection: an empty filter means every task. Say so with all: true.')
  const except = selection.except ?? []
  const where = filterSql(project_id, selection.filter)
  return except.length > 0 ? sql`${where} and not t.id = any(${ids(except)})` : where
}

/**
 * The condition of a filter on `task t`. Archived tasks are left out unless the filter names them.
 * @throws Failure unknown_field
 */
export function filterSql(project_id: number, filter: Filter): Sql<boolean> {
  const problem = filterProblem(filter)
  if (problem) throw new Failure('unknown_field', problem)
  const parts: Sql[] = [sql`t.project_id = ${project_id}`]
  if (!conditionsOf(filter).some((c) => c.field === 'is_archived')) parts.push(sql`not t.is_archived`)
  for (const item of filter.conditions) parts.push(isGroup(item) ? anyOf(project_id, item.any) : conditionSql(item))
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

/**
 * At least one of these. Within an `or` PostgreSQL looks facts up task by task: for two rare ones among a million tasks
 * 45 times as long as this union, where each fact is a join of its own.
 */
function anyOf(project_id: number, conditions: readonly Condition[]): Sql {
  const facts = conditions.flatMap((c) => factSql(c) ?? [])
  const columns = conditions.filter((c) => !factSql(c)).map(conditionSql)
  const plain = columns.length > 0 ? [sql`(${sql.join(columns, sql` or `)})`] : []
  if (facts.length === 0) return plain[0] as Sql
  const arms = [...plain, ...facts].map(
    (arm) => sql`select t.id from task t where t.project_id = ${project_id} and ${arm}`,
  )
  return sql`t.id in (${sql.join(arms, sql` union all `)})`
}

/** A sort order: `key` on `task t` with its type; ties by id; nulls last both ways. */
export type Order = { field: TaskFieldName; descending: boolean; key: Sql; type: string; nullable: boolean }

/** Keys that people read as words or ranks, not as ids. Texts go by code point, which is the same in every database. */
const ORDER_KEYS: Partial<Record<TaskFieldName, { key: Sql; type: string; nullable: boolean }>> = {
  stage_id: {
    key: sql`(select s.position from stage s where s.project_id = t.project_id and s.id = t.stage_id)`,
    type: 'int4',
    nullable: false,
  },
  assignee_id: {
    key: sql`(select lower(p.name) from person p where p.id = t.assignee_id) collate "C"`,
    type: 'text',
    nullable: true,
  },
  batch_id: {
    key: sql`(select lower(b.name) from batch b where b.project_id = t.project_id and b.id = t.batch_id) collate "C"`,
    type: 'text',
    nullable: true,
  },
  split: { key: sql`array_position(array['train', 'validation', 'test'], t.split)`, type: 'int4', nullable: true },
  is_skipped: { key: sql`t.is_skipped::int4`, type: 'int4', nullable: false },
}
const NULLABLE: ReadonlySet<TaskFieldName> = new Set<TaskFieldName>(['queued_at', 'completed_at', 'exported_at'])

/** Parses `name`, `-queued_at`. @throws Failure unknown_field */
export function orderOf(sort: string | undefined): Order {
  const text = sort ?? '-id'
  const descending = text.startsWith('-')
  const field = text.replace(/^-/, '') as TaskFieldName
  if (!TASK_FIELDS[field]?.sortable)
    throw new Failure(
      'unknown_field',
      `sort: “${field}” is not a sortable column. Use one of ${sortable().join(', ')}.`,
    )
  const special = ORDER_KEYS[field]
  if (special) return { field, descending, ...special }
  const type = TASK_FIELDS[field].type
  return {
    field,
    descending,
    key: type === 'text' ? sql`${columnSql(field)} collate "C"` : columnSql(field),
    type: type === 'moment' ? 'timestamptz' : type === 'text' ? 'text' : 'int8',
    nullable: NULLABLE.has(field),
  }
}

const sortable = () => (Object.keys(TASK_FIELDS) as TaskFieldName[]).filter((f) => TASK_FIELDS[f].sortable)

export function orderSql(order: Order): Sql {
  const direction = sql.raw(order.descending ? 'desc' : 'asc')
  if (order.field === 'id') return sql`t.id ${direction}`
  return order.nullable
    ? sql`${order.key} ${direction} nulls last, t.id ${direction}`
    : sql`${order.key} ${direction}, t.id ${direction}`
}

/** Where a page ended. */
export type Cursor = { sort: string; key: string | number | null; id: number }

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.sort, cursor.key, cursor.id])).toString('base64url')
}

/** @throws Failure invalid_cursor if it is damaged or belongs to another order */
export function decodeCursor(text: string, sort: string, order: Order): Cursor {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    throw new Failure('invalid_cursor', 'cursor: this is not a cursor of this list.')
  }
  if (!Array.isArray(value) || value[0] !== sort || !isId(value[2]) || !isKeyOf(order, value[1]))
    throw new Failure('invalid_cursor', 'cursor: this cursor belongs to another sort order.')
  return { sort, key: value[1], id: value[2] }
}
const isId = (v: unknown): v is number => Number.isSafeInteger(v) && (v as number) >= 0

/** Whether an order can have such a key, so that what a cursor says can always be compared in SQL. */
function isKeyOf(order: Order, key: unknown): key is string | number | null {
  if (key === null) return order.nullable
  if (order.type === 'timestamptz')
    return typeof key === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(key) && Date.parse(key) > 0
  if (order.type === 'text') return typeof key === 'string' && !key.includes('\0')
  return Number.isSafeInteger(key) && (order.type === 'int8' || Math.abs(key as number) < 2 ** 31)
}

/** The condition "after the cursor" in this order. */
export function afterSql(order: Order, cursor: Cursor): Sql<boolean> {
  const than = sql.raw(order.descending ? '<' : '>')
  if (order.field === 'id') return sql<boolean>`t.id ${than} ${cursor.id}`
  if (cursor.key === null) return sql<boolean>`${order.key} is null and t.id ${than} ${cursor.id}`
  const key = sql`cast(${String(cursor.key)} as ${sql.raw(order.type)})`
  const row = sql`(${order.key}, t.id) ${than} (${key}, ${cursor.id}::int8)`
  return order.nullable ? sql<boolean>`(${row} or ${order.key} is null)` : sql<boolean>`${row}`
}
