// Kysely over the embedded worker. There is one connection, so whoever holds it (a statement, or a whole
// transaction) holds the database: a first-come-first-served lock. Kysely's own PGlite driver lets a statement
// outside slip into somebody's open transaction.
import { Worker } from 'node:worker_threads'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Answer, Asked, Result } from './embedded-worker.ts'
import { ifWanted } from './wanted.ts'

/** An error of PostgreSQL, with its SQLSTATE as `code` like node-postgres has it. */
class DatabaseError extends Error {
  readonly code: string | undefined
  readonly detail: string | undefined
  readonly constraint: string | undefined
  constructor(error: { message: string; code?: string; detail?: string; constraint?: string }) {
    super(error.message)
    this.code = error.code
    this.detail = error.detail
    this.constraint = error.constraint
  }
}

/** The text of a query whose parameters are queries, see sequence.ts. Its rows are the rows of each. */
export const SEQUENCE = '/* sequence */'

class EmbeddedConnection implements DatabaseConnection {
  readonly #worker: Worker
  readonly #waiting = new Map<number, { resolve: (results: Result[]) => void; reject: (e: Error) => void }>()
  #next = 1
  /** A transaction begins with its first statement, in the same message. */
  #isBeginning = false
  /** Set once the worker is gone: a message to it would never be answered. */
  #stopped: Error | null = null

  constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (answer: Answer) => this.#answered(answer))
    worker.on('error', (error) => this.#failAll(error as Error))
    worker.on('exit', () => this.#failAll(new Error('the embedded database has stopped')))
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (query.sql === SEQUENCE) {
      const results = await this.#run(query.parameters as CompiledQuery[])
      return { rows: results.map(({ rows }) => rows as R) }
    }
    const [result] = await ifWanted(query.sql, () => this.#run([query]))
    const { rows, affected } = result as Result
    return { rows: rows as R[], numAffectedRows: BigInt(affected) }
  }

  begin(): void {
    this.#isBeginning = true
  }

  /** Of nothing, if there was no statement. */
  async end(statement: 'commit' | 'rollback'): Promise<void> {
    if (!this.#isBeginning) await this.#run([CompiledQuery.raw(statement)])
    this.#isBeginning = false
  }

  async #run(queries: readonly CompiledQuery[]): Promise<Result[]> {
    const isFirst = this.#isBeginning
    this.#isBeginning = false
    const statements = isFirst ? [BEGIN, ...queries] : queries
    const results = await this.send({ statements: statements.map(({ sql, parameters }) => ({ sql, parameters })) })
    return isFirst ? results.slice(1) : results
  }

  // biome-ignore lint/correctness/useYield: PGlite has no cursors; callers walk in keyset pages
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('walk in keyset pages instead of streaming')
  }

  send(asked: Asked): Promise<Result[]> {
    if (this.#stopped) return Promise.reject(this.#stopped)
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, ...asked })
    })
  }

  #answered(answer: Answer): void {
    if (!('id' in answer)) return
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('error' in answer) waiting?.reject(new DatabaseError(answer.error))
    else waiting?.resolve(answer.results)
  }

  #failAll(error: Error): void {
    this.#stopped ??= error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

const BEGIN = CompiledQuery.raw('begin')

/** Tells this dialect from that of a server. */
export class EmbeddedAdapter extends PostgresAdapter {}

class EmbeddedDriver implements Driver {
  readonly #folder: string
  readonly #onEnd: (error: Error) => void
  #worker: Worker | null = null
  #isClosing = false
  #connection: EmbeddedConnection | null = null
  #isHeld = false
  readonly #queue: (() => void)[] = []

  constructor(folder: string, onEnd: (error: Error) => void) {
    this.#folder = folder
    this.#onEnd = onEnd
  }

  async init(): Promise<void> {
    const file = import.meta.url.endsWith('.ts') ? './embedded-worker.ts' : './embedded-worker.js'
    const worker = new Worker(new URL(file, import.meta.url), { workerData: { folder: this.#folder } })
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject)
      worker.once('message', (answer: Answer) =>
        'failed' in answer ? reject(new Error(`the embedded database did not open: ${answer.failed}`)) : resolve(),
      )
    })
    this.#worker = worker
    this.#connection = new EmbeddedConnection(worker)
    let cause: Error | null = null
    worker.on('error', (error) => {
      cause = error as Error
    })
    worker.on('exit', (code) => {
      if (!this.#isClosing) this.#onEnd(new Error(`The embedded database has stopped (${code}).`, { cause }))
    })
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#isHeld) await new Promise<void>((resolve) => this.#queue.push(resolve))
    this.#isHeld = true
    return this.#connection as EmbeddedConnection
  }

  async releaseConnection(): Promise<void> {
    const next = this.#queue.shift()
    if (next) next()
    else this.#isHeld = false
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    ;(connection as EmbeddedConnection).begin()
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as EmbeddedConnection).end('commit')
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as EmbeddedConnection).end('rollback')
  }

  async destroy(): Promise<void> {
    this.#isClosing = true
    await this.#connection?.send({ close: true })
    await this.#worker?.terminate()
  }
}

/** @param folder data folder of the embedded database; the caller holds its lock @param onEnd its thread ended by itself */
export class EmbeddedDialect implements Dialect {
  readonly #folder: string
  readonly #onEnd: (error: Error) => void
  constructor(folder: string, onEnd: (error: Error) => void) {
    this.#folder = folder
    this.#onEnd = onEnd
  }
  createDriver = () => new EmbeddedDriver(this.#folder, this.#onEnd)
  createAdapter = () => new EmbeddedAdapter()
  createIntrospector = (db: ConstructorParameters<typeof PostgresIntrospector>[0]) => new PostgresIntrospector(db)
  createQueryCompiler = () => new PostgresQueryCompiler()
}
