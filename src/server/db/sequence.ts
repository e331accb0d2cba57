// Statements of which none waits for another's answer, sent as one. The embedded database gets one message and gives one answer: each
// message wakes a thread, which takes as long as a small statement. To a server they go one after the other.
import { CompiledQuery, type RawBuilder } from 'kysely'
import type { Tx } from './connect.ts'
import { EmbeddedAdapter, SEQUENCE } from './embedded-dialect.ts'
import { compiled } from './prepared.ts'

/** `name` of a statement that is prepared, see runPrepared; null: planned anew each time. */
export type Statement<Row = unknown> = { name: string | null; statement: RawBuilder<Row> }

export const prepared = <Row>(name: string, statement: RawBuilder<Row>): Statement<Row> => ({ name, statement })

/** Prepared where it is about one task: a plan for one is none for thousands. */
export const forTasks = <Row>(name: string, tasks: number, statement: RawBuilder<Row>): Statement<Row> => ({
  name: tasks === 1 ? name : null,
  statement,
})

/** @returns the rows of each, in order. What fails stops those after it */
export async function runSequence<const S extends readonly Statement[]>(
  tx: Tx,
  statements: S,
): Promise<{ [I in keyof S]: S[I] extends Statement<infer Row> ? Row[] : never }> {
  const queries = statements.map(({ name, statement }) => compiled(tx, name, statement))
  const answers: unknown[] = []
  if (tx.getExecutor().adapter instanceof EmbeddedAdapter)
    answers.push(...(await tx.executeQuery(CompiledQuery.raw(SEQUENCE, queries))).rows)
  else for (const query of queries) answers.push((await tx.executeQuery(query)).rows)
  return answers as never
}
