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
import type { Answer, Request } from './embedded-worker.ts'
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

class EmbeddedConnection implements DatabaseConnection {
  readonly #worker: Worker
  readonly #waiting = new Map<
    number,
    { resolve: (a: { rows: unknown[]; affected: number }) => void; reject: (e: Error) => void }
  >()
  #next = 1
  /** Set once the worker is gone: a message to it would never be answered. */
  #stopped: Error | null = null

  constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (answer: Answer) => this.#answered(answer))
    worker.on('error', (error) => this.#failAll(error as Error))
    worker.on('exit', () => this.#failAll(new Error('the embedded database has stopped')))
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const send = () => this.send({ sql: query.sql, parameters: [...query.parameters] })
    const { rows, affected } = await ifWanted(query.sql, send)
    return { rows: rows as R[], numAffectedRows: BigInt(affected) }
  }

  // biome-ignore lint/correctness/useYield: PGlite has no cursors; callers walk in keyset pages
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('walk in keyset pages instead of streaming')
  }

  send(
    request: { sql: string; parameters: unknown[] } | { close: true },
  ): Promise<{ rows: unknown[]; affected: number }> {
    if (this.#stopped) return Promise.reject(this.#stopped)
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, ...request } as Request)
    })
  }

  #answered(answer: Answer): void {
    if (!('id' in answer)) return
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('error' in answer) waiting?.reject(new DatabaseError(answer.error))
    else waiting?.resolve(answer)
  }

  #failAll(error: Error): void {
    this.#stopped ??= error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

class EmbeddedDriver implements Driver {
  readonly #folder: string
  #worker: Worker | null = null
  #connection: EmbeddedConnection | null = null
  #isHeld = false
  readonly #queue: (() => void)[] = []

  constructor(folder: string) {
    this.#folder = folder
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
    await connection.executeQuery(CompiledQuery.raw('begin'))
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy(): Promise<void> {
    await this.#connection?.send({ close: true })
    await this.#worker?.terminate()
  }
}

/** @param folder data folder of the embedded database; the caller holds its lock */
export class EmbeddedDialect implements Dialect {
  readonly #folder: string
  constructor(folder: string) {
    this.#folder = folder
  }
  createDriver = () => new EmbeddedDriver(this.#folder)
  createAdapter = () => new PostgresAdapter()
  createIntrospector = (db: ConstructorParameters<typeof PostgresIntrospector>[0]) => new PostgresIntrospector(db)
  createQueryCompiler = () => new PostgresQueryCompiler()
}
