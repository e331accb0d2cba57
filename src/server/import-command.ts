// The command `npm run import`: images of a folder or zip on this machine into a project. It opens the data folder
// or the PostgreSQL server itself; on a data folder the server must not run at the same time.
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { PRIORITY_MAX, PRIORITY_MIN } from '../model/task.ts'
import { type Config, readConfig } from './config.ts'
import { type Database, openDatabase } from './db/connect.ts'
import { FileStore } from './images/file-store.ts'
import { filesUnder, incomingFrom } from './imports/folder-source.ts'
import { type ImportApp, type ImportTarget, ingest } from './imports/image-import.ts'
import {
  analyzeTasks,
  batchByName,
  closeImport,
  type ImportRow,
  importById,
  insertImport,
  itemsOf,
  projectsCalled,
} from './imports/queries.ts'
import { projectById } from './projects/scope-queries.ts'

const USAGE =
  'Usage: npm run import -- --project <id or name> <folder, image or zip> [--batch <name>] [--priority <-1000…1000>]'

/** What the person at the terminal did wrong, or what stands in the way. */
class CommandProblem extends Error {}

export type Output = { line(text: string): void /** Replaced by the next progress. */; progress(text: string): void }

/**
 * @param signal ends the import after the files in hand; what is in stays in
 * @returns the exit code: 0 if something went in or everything is here already
 */
export async function runImportCommand(
  argv: readonly string[],
  env: Record<string, string | undefined>,
  output: Output,
  signal: AbortSignal = new AbortController().signal,
): Promise<0 | 1> {
  try {
    const options = parseOptions(argv)
    const config = readConfig(env)
    const database = await open(config)
    try {
      const app = { config, db: database.db, files: new FileStore(join(config.data_dir, 'files')) }
      return await importFolder(app, options, output, signal)
    } finally {
      await database.close()
    }
  } catch (error) {
    output.line(String((error as Error).message ?? error).slice(0, 500))
    return 1
  }
}

type Options = { project: string; folder: string; batch: string | null; priority: number }

function parseOptions(argv: readonly string[]): Options {
  const options = { project: { type: 'string' }, batch: { type: 'string' }, priority: { type: 'string' } } as const
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true; args: string[] }>>
  try {
    parsed = parseArgs({ args: joinNegative(argv), options, allowPositionals: true })
  } catch (error) {
    throw new CommandProblem(`${(error as Error).message}\n${USAGE}`)
  }
  const { project, batch, priority = '0' } = parsed.values
  const [folder, ...others] = parsed.positionals
  if (!project || !folder || others.length > 0) throw new CommandProblem(USAGE)
  if (batch !== undefined && (!batch.trim() || batch.trim().length > 120))
    throw new CommandProblem('--batch: 1 to 120 characters.')
  const number = Number(priority)
  if (!/^-?\d+$/.test(priority) || number < PRIORITY_MIN || number > PRIORITY_MAX)
    throw new CommandProblem(
      `--priority must be a whole number from ${PRIORITY_MIN} to ${PRIORITY_MAX}, not “${priority}”.`,
    )
  return { project, folder: resolve(folder), batch: batch?.trim() ?? null, priority: number }
}

/** `--priority -5` would be read as two options. */
function joinNegative(argv: readonly string[]): string[] {
  const args: string[] = []
  for (const arg of argv) {
    if (args.at(-1) === '--priority' && /^-\d+$/.test(arg)) args[args.length - 1] = `--priority=${arg}`
    else args.push(arg)
  }
  return args
}

async function open(config: Config) {
  try {
    return await openDatabase(config)
  } catch (error) {
    const { message } = error as Error
    if (!/already runs on|Another PixlHub/.test(message)) throw error
    throw new CommandProblem(
      `${message}\nWhile the server runs, upload in the browser; or keep the data on a PostgreSQL server (DATABASE_URL), where both can run at once.`,
    )
  }
}

async function importFolder(app: ImportApp, options: Options, output: Output, signal: AbortSignal): Promise<0 | 1> {
  const started = Date.now()
  if (!(await stat(options.folder).catch(() => null))) throw new CommandProblem(`There is no ${options.folder}.`)
  const target = await begin(app, options)
  const project_id = target.project.row.id
  output.line(`Import ${target.run.id}: ${target.run.total} files into “${target.project.row.name}”`)
  const counts = { created: 0, duplicate: 0, rejected: 0 }
  try {
    await ingest(app, target, incomingFrom(app, target, filesUnder(options.folder), signal), (items) => {
      for (const item of items) counts[item.outcome as keyof typeof counts]++
      output.progress(`${counts.created + counts.duplicate + counts.rejected} of ${target.run.total} files`)
    })
  } catch (error) {
    await closeImport(
      app.db,
      project_id,
      target.run.id,
      'cancelled',
      String((error as Error).message).slice(0, 500),
    ).catch(() => {})
    throw error
  }
  await closeImport(app.db, project_id, target.run.id, signal.aborted ? 'cancelled' : 'done')
  if (counts.created >= 1000) await analyzeTasks(app.db)
  await report(app.db, target, output)
  const seconds = Math.max((Date.now() - started) / 1000, 0.001)
  const all = counts.created + counts.duplicate + counts.rejected
  output.line(
    `${signal.aborted ? 'Stopped. ' : ''}${counts.created} new, ${counts.duplicate} here already, ${counts.rejected} refused in ${seconds.toFixed(1)} s (${Math.round(all / seconds)} files per second)`,
  )
  if (all === 0) output.line('There are no files in this folder.')
  return counts.created > 0 || (all > 0 && counts.duplicate === all) ? 0 : 1
}

/** Finds the project, counts the files and opens the import. */
async function begin(app: ImportApp, { project, folder, batch, priority }: Options): Promise<ImportTarget> {
  const found = await projectsCalled(app.db, project)
  const byId = found.find((p) => String(p.id) === project)
  if (found.length === 0) throw new CommandProblem(`There is no project “${project}”. Create it in the browser first.`)
  if (!byId && found.length > 1)
    throw new CommandProblem(
      `${found.length} projects are called “${project}”: use an id (${found.map((p) => p.id).join(', ')}).`,
    )
  const scope = await projectById(app.db, (byId ?? (found[0] as { id: number })).id)
  const project_id = scope.row.id
  let total = 0
  for await (const _ of filesUnder(folder)) total++
  const id = await app.db.transaction().execute(async (tx) => {
    const batch_id = batch === null ? null : await batchByName(tx, project_id, batch)
    return insertImport(tx, project_id, {
      kind: 'images',
      source: folder,
      format: null,
      batch_id,
      priority,
      total,
      actor_id: null,
    })
  })
  const run = (await importById(app.db, project_id, id)) as ImportRow
  return { project: scope, run, actor: { person_id: null, kind: 'system' } }
}

/** Every refused file with its reason. */
async function report(db: Database, { project, run }: ImportTarget, output: Output): Promise<void> {
  for (let after = 0; ; ) {
    const items = await itemsOf(db, project.row.id, run.id, { outcome: 'rejected', after, limit: 1000 })
    for (const item of items) output.line(`refused  ${item.name}: ${item.reason}`)
    const last = items.at(-1)
    if (!last || items.length < 1000) return
    after = last.number
  }
}
