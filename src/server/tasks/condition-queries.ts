// One condition of a filter as SQL on `task t`. Only what model/filter-problem.ts finds nothing wrong with gets here.
import { type RawBuilder, sql } from 'kysely'
import type { Condition } from '../../model/filter.ts'
import { instantOf } from '../../model/filter-problem.ts'
import { FILTER_FIELDS, type FilterFieldName, type FilterType } from '../../model/task-fields.ts'
import { array } from '../db/array.ts'
import { like } from '../db/like.ts'
import { factSql } from './fact-queries.ts'

type Sql<T = unknown> = RawBuilder<T>
type Scalar = string | number | boolean | null

/** A column as SQL. Its name is one of the closed list, never a text from outside. */
export const columnSql = (name: FilterFieldName): Sql => sql.ref(`t.${name}`)

/** PostgreSQL's type of the values; numbers may have fractions. */
const SQL_TYPES: Partial<Record<FilterType, string>> = {
  moment: 'timestamptz',
  text: 'text',
  split: 'text',
  reason: 'text',
  flag: 'bool',
}

/** Types whose values are chosen from a list: `equals` is the list of one. */
const CHOICES: ReadonlySet<FilterType> = new Set<FilterType>(['id', 'stage', 'person', 'split', 'batch', 'reason'])

/** True where a condition holds. False or null where it does not; `none_of` and `is_empty` are never null. */
export function conditionSql(c: Condition): Sql<boolean> {
  const { type } = FILTER_FIELDS[c.field]
  if (type === 'classes') return classCondition(c)
  const fact = factSql(c)
  if (fact) return fact
  const at = columnSql(c.field)
  const list = c.value as Scalar[]
  switch (c.op) {
    case 'equals':
      if (CHOICES.has(type)) return oneOf(at, [c.value as Scalar], type)
      return type === 'text' ? sql`lower(${at}) = lower(${c.value})` : sql`${at} = ${value(c.value, type)}`
    case 'contains':
      return sql`${at} ilike ${like(c.value as string)}`
    case 'any_of':
      return oneOf(at, list, type)
    case 'none_of':
      return noneOf(at, list, type)
    case 'between':
      return between(at, list, type)
    case 'last_days':
      return sql`${at} >= now() - make_interval(secs => ${Number(c.value) * 86_400}::float8)`
    case 'is_empty':
      return isEmpty(at, type)
    case 'is_not_empty':
      return sql`not ${isEmpty(at, type)}`
    default:
      throw new Error(`${c.field} ${c.op} has no SQL`)
  }
}

function value(given: unknown, type: FilterType): Sql {
  const text = type === 'moment' ? instantOf(given) : String(given)
  return sql`cast(${text} as ${sql.raw(SQL_TYPES[type] ?? 'float8')})`
}

function between(at: Sql, [from, to]: readonly Scalar[], type: FilterType): Sql<boolean> {
  const parts = [
    ...(from === null ? [] : [sql`${at} >= ${bound(from, type, Math.ceil)}`]),
    ...(to === null ? [] : [sql`${at} <= ${bound(to, type, Math.floor)}`]),
  ]
  return parts.length > 0 ? sql`(${sql.join(parts, sql` and `)})` : sql`true`
}

/** Columns of numbers are whole. A bound of a type that is not theirs would be compared with every row, past the index of ids. */
function bound(given: Scalar | undefined, type: FilterType, inwards: (n: number) => number): Sql {
  if (type === 'moment') return value(given, type)
  const most = Number.MAX_SAFE_INTEGER
  return sql`cast(${String(Math.min(most, Math.max(-most, inwards(Number(given)))))} as int8)`
}

const isEmpty = (at: Sql, type: FilterType): Sql<boolean> =>
  type === 'text' ? sql`(${at} = '')` : type === 'duration' ? sql`(${at} = 0)` : sql`(${at} is null)`

/** Texts are compared without regard to capitals, by the database's own idea of them. */
function comparable(at: Sql, values: readonly Scalar[], type: FilterType): { at: Sql; list: Sql } {
  if (type === 'text')
    return { at: sql`lower(${at})`, list: sql`array(select lower(v) from unnest(${array(values, 'text')}) v)` }
  return { at, list: array(values, SQL_TYPES[type] ?? 'int8') }
}

/** Whether a column is one of the values; null among them means "none". */
function oneOf(at: Sql, values: readonly Scalar[], type: FilterType): Sql<boolean> {
  const present = values.filter((v) => v !== null)
  if (present.length === 0) return sql`(${at} is null)`
  const { at: key, list } = comparable(at, present, type)
  return present.length < values.length ? sql`(${key} = any(${list}) or ${at} is null)` : sql`${key} = any(${list})`
}

/** Its opposite for every task, those without a value too. */
function noneOf(at: Sql, values: readonly Scalar[], type: FilterType): Sql<boolean> {
  const present = values.filter((v) => v !== null)
  if (present.length === 0) return sql`(${at} is not null)`
  const { at: key, list } = comparable(at, present, type)
  return present.length < values.length
    ? sql`(${at} is not null and ${key} <> all(${list}))`
    : sql`(${at} is null or ${key} <> all(${list}))`
}

/** class_counts is `{class id: n}` with no zero entries. */
function classCondition(c: Condition): Sql<boolean> {
  const keys = () => array((c.value as Scalar[]).map(String), 'text')
  switch (c.op) {
    case 'any_of':
      return sql`jsonb_exists_any(t.class_counts, ${keys()})`
    case 'none_of':
      return sql`not jsonb_exists_any(t.class_counts, ${keys()})`
    case 'count_at_least': {
      const [class_id, n] = c.value as [number, number]
      return sql`coalesce((t.class_counts ->> ${String(class_id)}::text)::int8, 0) >= ${n}::float8`
    }
    case 'is_empty':
      return sql`t.class_counts = '{}'`
    default:
      return sql`t.class_counts <> '{}'`
  }
}
