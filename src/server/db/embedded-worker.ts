// The thread in which PGlite runs, so that a long statement never blocks the server's event loop.
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { PreparedStatements } from './embedded-prepared.ts'
import { PARSERS } from './parse.ts'
import { preparedName } from './prepared.ts'

type Statement = { sql: string; parameters: readonly unknown[] }
/** `statements`: one after the other, until one fails. */
export type Asked = { statements: readonly Statement[] } | { close: true }
type Request = { id: number } & Asked
export type Result = { rows: unknown[]; affected: number }
export type Answer =
  | { id: number; results: Result[] }
  | { id: number; error: { message: string; code?: string; detail?: string; constraint?: string } }
  | { ready: true }
  | { failed: string }

const port = parentPort
if (!port) throw new Error('embedded-worker.ts runs in a worker thread')

try {
  const db = await PGlite.create(workerData.folder as string, { parsers: PARSERS, extensions: { pg_trgm } })
  // Statistics from a quarter of the usual sample: everybody waits while a table is looked at (jobs/tend.ts).
  await db.exec("set timezone = 'UTC'; set hash_mem_multiplier = 16; set default_statistics_target = 25")
  const statements = new PreparedStatements(db)
  const run = async ({ sql, parameters }: Statement): Promise<Result> => {
    const name = preparedName(sql)
    const result = name
      ? await statements.run(name, sql, parameters)
      : // Without parameters the text may hold several statements (a migration).
        parameters.length > 0
        ? await db.query(sql, [...parameters])
        : (await db.exec(sql)).at(-1)
    return { rows: result?.rows ?? [], affected: result?.affectedRows ?? 0 }
  }
  port.on('message', async (request: Request) => {
    try {
      if ('close' in request) {
        await db.close()
        port.postMessage({ id: request.id, results: [] } satisfies Answer)
        return
      }
      const results: Result[] = []
      for (const statement of request.statements) results.push(await run(statement))
      port.postMessage({ id: request.id, results } satisfies Answer)
    } catch (error) {
      const { message, code, detail, constraint } = error as {
        message: string
        code?: string
        detail?: string
        constraint?: string
      }
      port.postMessage({ id: request.id, error: { message, code, detail, constraint } } satisfies Answer)
    }
  })
  port.postMessage({ ready: true } satisfies Answer)
} catch (error) {
  port.postMessage({ failed: String((error as Error)?.message ?? error).slice(0, 500) } satisfies Answer)
}
