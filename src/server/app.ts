// Assembles the application without listening: database, files, background work, handlers.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { ColumnIndex } from './columns/column-index.ts'
import type { Config } from './config.ts'
import { openDatabase } from './db/connect.ts'
import type { App, Log } from './handler.ts'
import { handlers } from './handlers.ts'
import { createServer } from './http/server.ts'
import { FileStore } from './images/file-store.ts'
import { Background } from './jobs/background.ts'
import { jobsOf } from './jobs/jobs.ts'
import { Quiet } from './jobs/quiet.ts'
import { Live } from './live/live.ts'
import { Callers } from './people/identify.ts'
import { KnownNames } from './people/known-names.ts'
import { Claims } from './tasks/claim.ts'

export type RunningApp = { app: App; server: FastifyInstance; close(): Promise<void> }

/**
 * @param webFolder the built web app, if pages are to be served
 * @param onLost the embedded database is gone for good, see openDatabase; without it the process crashes
 */
export async function startApp(
  config: Config,
  log: Log,
  webFolder?: URL,
  onLost?: (error: Error) => void,
): Promise<RunningApp> {
  await mkdir(config.data_dir, { recursive: true })
  const { db, onBreak, close: closeDatabase } = await openDatabase(config, onLost)
  const background = new Background((name, error) => log.error({ err: error, job: name }, 'background work failed'))
  const live = new Live(db, (error) => log.error({ err: error }, 'looking for changes failed'))
  const columns = new ColumnIndex(db, config.index, log)
  onBreak(() => {
    columns.doubt()
    live.doubt()
  })
  const files = new FileStore(join(config.data_dir, 'files'))
  const [callers, names, claims] = [new Callers(db), new KnownNames(db), new Claims(db)]
  const app: App = { config, db, files, background, quiet: new Quiet(), columns, live, callers, names, claims, log }
  for (const job of jobsOf(app)) background.add(job)
  const server = await createServer(app, handlers, webFolder)
  await server.ready()
  // Before old changes are cleared away, which say what to load.
  void columns.loadLately()
  background.start()
  return {
    app,
    server,
    async close() {
      await live.close()
      await server.close()
      await columns.close()
      await background.stop()
      await closeDatabase()
    },
  }
}
