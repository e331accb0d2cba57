// Statements that are run again and again are parsed and planned once per connection. They are made one by one: a prepared
// statement keeps a plan for all values, which is wrong for filters, and each takes memory on every connection.
// PostgreSQL keeps it only if it seems to cost no more than a plan for the values at hand. Of an array it expects ten elements
// where it does not know them, and plans anew for each shorter one; of JSON always a hundred: lists of keys come as JSON.
import { CompiledQuery, type QueryResult, type RawBuilder } from 'kysely'
import type { Queryable } from './connect.ts'

const MARK = /^\/\* prepared: (\w+) \*\//

/**
 * @param name of this text alone
 * @param text always the same, with $1, $2… for the parameters. Columns are named, not `*`: they must not change when a
 *   migration adds one
 */
export function preparedStatement<Row>(name: string, text: string) {
  const marked = markedAs(name, text)
  return (db: Queryable, parameters: readonly unknown[]): Promise<QueryResult<Row>> =>
    db.executeQuery(CompiledQuery.raw(marked, [...parameters]) as CompiledQuery<Row>)
}

/**
 * The same for a statement in parts. They must be the same each time: only the values may differ.
 * @param name of this text alone
 */
export async function runPrepared<Row>(db: Queryable, name: string, statement: RawBuilder<Row>): Promise<Row[]> {
  return (await db.executeQuery(compiled(db, name, statement))).rows
}

/** As drivers get it. @param name null: not prepared */
export function compiled<Row>(db: Queryable, name: string | null, statement: RawBuilder<Row>): CompiledQuery<Row> {
  const { sql, parameters } = statement.compile(db)
  return CompiledQuery.raw(name === null ? sql : markedAs(name, sql), [...parameters]) as CompiledQuery<Row>
}

/** The text is all that drivers get to see of a statement. */
const markedAs = (name: string, text: string) => `/* prepared: ${name} */ ${text}`

/** The name under which a marked statement is to be prepared; null for the others. */
export const preparedName = (text: string): string | null =>
  text.startsWith('/* p') ? (MARK.exec(text)?.[1] ?? null) : null
