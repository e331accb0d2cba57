// db/: the one door to PostgreSQL, embedded or a server. This file: arrays as one parameter each.
// A statement takes at most 65,535 parameters, and drivers differ in how they send arrays: a text literal is the same for both.
import { type RawBuilder, sql } from 'kysely'

type Element = number | string | boolean | null

/** PostgreSQL's array literal, `{1,2,"a \"b\"",NULL}`. */
export function arrayLiteral(values: readonly Element[]): string {
  return `{${values.map(element).join(',')}}`
}

function element(value: Element): string {
  if (value === null) return 'NULL'
  if (typeof value === 'string') return `"${value.replace(/[\\"]/g, '\\$&')}"`
  return String(value)
}

/** `values` as an array of a PostgreSQL type, e.g. `int8`. One cast: a second one is done again for every row. */
export function array(values: readonly Element[], type: string): RawBuilder<unknown> {
  return sql`cast(${arrayLiteral(values)} as ${sql.raw(type)}[])`
}

export const ids = (values: readonly number[]) => array(values, 'int8')

/** Columns of rows, an array each: `list((row) => row.name, 'text')`. */
export const listsOf =
  <Row>(rows: readonly Row[]) =>
  (of: (row: Row) => Element, type: string) =>
    array(rows.map(of), type)
