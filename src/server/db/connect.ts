// Opens the database: PGlite in a worker thread over the data folder, or a PostgreSQL server.
// Same migrations, same queries, same types of values on both.
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { EmbeddedDialect } from './embedded-dialect.ts'
import { lockFolder } from './folder-lock.ts'
import { migrate } from './migrate.ts'
import { PARSERS } from './parse.ts'
import { preparedName } from './prepared.ts'
import type { Tables } from './tables.ts'
import { ifWanted } from './wanted.ts'

export type Database = Kysely<Tables>
/** Inside a transaction; also what queries take that may run in one. */
export type Tx = Transaction<Tables>
export type Queryable = Database | Tx

export type OpenDatabase = {
  db: Database
  is_embedded: boolean
  /** Calls back whenever a connection to the server breaks: after a crash, before the server answers again. */
  onBreak(told: () => void): void
  close(): Promise<void>
}

/**
 * Opens and migrates.
 * @param onLost the embedded database is gone, or its folder another's: nothing can be asked any more
 * @throws Error with a sentence if the folder is in use or the server cannot be reached
 */
export async function openDatabase(
  config: { data_dir: string; database_url: string | null },
  onLost: (error: Error) => void = crash,
): Promise<OpenDatabase> {
  const opened = config.database_url ? openServer(config.database_url) : await openEmbedded(config.data_dir, onLost)
  try {
    await migrate(opened.db)
  } catch (error) {
    await opened.close().catch(() => {})
    throw error
  }
  return opened
}

function crash(error: Error): never {
  throw error
}

async function openEmbedded(data_dir: string, onLost: (error: Error) => void): Promise<OpenDatabase> {
  const lock = await lockFolder(data_dir, onLost)
  const db = new Kysely<Tables>({ dialect: new EmbeddedDialect(join(data_dir, 'database'), onLost) })
  return {
    db,
    is_embedded: true,
    onBreak() {},
    async close() {
      await db.destroy()
      await lock.release()
    },
  }
}

function openServer(url: string): OpenDatabase {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      PARSERS[oid] ?? pg.types.getTypeParser(oid, format as 'text'),
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: 12,
    types: types as never,
    // The tasks of a few large operations have to fit into a hash table: past that, a filter with OR looks through them
    // for every task. To compile a statement takes longer here than to run what was not compiled.
    options: '-c TimeZone=UTC -c hash_mem_multiplier=16 -c jit=off',
    Client: PreparingClient as never,
  })
  // A connection that breaks is replaced by the pool. Without listeners it would end the process: the pool's hears of idle ones
  // only, whoever uses one gets an error from the statement besides.
  const broken = new EventEmitter()
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => broken.emit('break')))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    is_embedded: false,
    onBreak: (told) => broken.on('break', told),
    close: () => db.destroy(),
  }
}

/** Prepares the statements that are marked for it, once per connection, and stops those that are wanted no more. */
class PreparingClient extends pg.Client {
  readonly #config: pg.ClientConfig

  constructor(config: pg.ClientConfig) {
    super(config)
    this.#config = config
  }

  override query(...args: unknown[]): never {
    const [text, values] = args
    // The pool's own calls come with a callback.
    if (typeof text !== 'string' || typeof args.at(-1) === 'function')
      return super.query(...(args as [string])) as never
    const name = preparedName(text)
    const asked = (name ? [{ name, text, values }] : args) as [string]
    return ifWanted(
      text,
      () => super.query(...asked),
      () => this.#stop(),
    ) as never
  }

  /** By a connection of its own: the pool's may all be busy. */
  async #stop(): Promise<void> {
    const { processID } = this as unknown as { processID: number }
    const other = new pg.Client({ connectionString: this.#config.connectionString })
    try {
      await other.connect()
      await other.query('select pg_cancel_backend($1)', [processID])
    } finally {
      await other.end()
    }
  }
}
