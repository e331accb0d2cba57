// npm run bench -- --tasks 1000000 --database embedded|server [--json FILE] [--only REGEX]
// server: DATABASE_URL names a PostgreSQL server; the bench makes and drops a database of its own there.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../../src/server/config.ts'
import { openDatabase } from '../../src/server/db/connect.ts'
import type { Bench } from './bench.ts'
import { browserLines } from './browser-part.ts'
import { autoSplit, changeAll, changeAmongOthers, changeTenth, changeThousand } from './changes.ts'
import { claimersFor, claims } from './claims.ts'
import { machine } from './machine.ts'
import { type About, type Line, once, timedLine, wordLine } from './measure.ts'
import { ownDatabase } from './own-database.ts'
import { facets, farJumps, nameContains, pages, type ReadFloors, readFloors, totals } from './reads.ts'
import { csvOfAll, javascriptLine, memoryLine } from './rest.ts'
import { type Seeded, seed } from './seed.ts'
import { build, type ServerProcess, startServer } from './server-process.ts'
import { table } from './table.ts'
import { walk } from './walk.ts'
import { wireTo } from './wire.ts'
import { type WriteFloors, writeFloors } from './write-floors.ts'

const PARTS: [string, (bench: Bench) => Promise<void>][] = [
  ['pages', pages],
  ['jumps', farJumps],
  ['totals', totals],
  ['facets', facets],
  ['names', nameContains],
  ['walk', walk],
  ['claims', claims],
  ['change-1000', changeThousand],
  ['change-tenth', changeTenth],
  ['change-all', changeAll],
  ['among-others', changeAmongOthers],
  ['auto-split', autoSplit],
  ['csv', csvOfAll],
]
/** Parts whose floors change rows. */
const WRITES = ['claims', 'change-1000', 'change-tenth', 'change-all', 'among-others', 'auto-split']

const { values: options } = parseArgs({
  options: {
    tasks: { type: 'string', default: '100000' },
    database: { type: 'string', default: 'embedded' },
    json: { type: 'string' },
    /** Parts by name: the list above, and browser, javascript. */
    only: { type: 'string', default: '' },
  },
})
const tasks = Number(options.tasks)
if (!Number.isInteger(tasks) || tasks < 1000) throw new Error('--tasks must be a whole number from 1000')
/** A smaller project is read by SQL. */
const hasIndex = tasks >= readConfig(process.env).index.from
const about: About = { database: options.database === 'server' ? 'server' : 'embedded', tasks }
const only = new RegExp(options.only)
const wants = (part: string) => only.test(part)

const lines: Line[] = []
const add = (line: Line) => {
  lines.push(line)
  say(table([line]).split('\n')[1] as string)
}
const cleanUps: (() => Promise<unknown>)[] = []
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void cleanUp().then(() => process.exit(130)))

try {
  await run()
} finally {
  await cleanUp()
}
process.stdout.write(`\n${table(lines)}\n\n${verdict()}\n`)
if (options.json) await writeFile(options.json, `${JSON.stringify(lines, null, 2)}\n`)
process.exit(lines.some((l) => l.ok === false && l.p50_ms === null && l.value === null) ? 1 : 0)

async function run(): Promise<void> {
  await build()
  const data_dir = await mkdtemp(join(tmpdir(), 'pixlhub-bench-'))
  cleanUps.push(() => rm(data_dir, { recursive: true, force: true }))
  const own = about.database === 'server' ? await ownDatabase(process.env.DATABASE_URL) : null
  if (own) cleanUps.push(own.drop)
  const at: At = { data_dir, database_url: own?.url ?? null }
  const { seeded, read_floors, write_floors } = await prepare(at)
  await withServer(at, async (server, port) => {
    const wire = wireTo(port)
    const client = wire.clientOf(seeded.manager.token)
    const first = await once(() => client.list_tasks({ project_id: seeded.project_id, limit: 100 }))
    add(timedLine(about, { key: 'cold_page', work: 'first page after the start', clients: 1, samples: first.samples }))
    if (hasIndex) {
      const { samples } = await once(() => indexLoaded(server, seeded))
      add(timedLine(about, { key: 'index_loaded', work: 'until the column index has loaded', clients: 1, samples }))
    }
    const clients = about.database === 'server' ? 20 : 5
    const bench: Bench = {
      about,
      clients,
      seeded,
      read_floors,
      write_floors,
      wire,
      client,
      server,
      database_url: at.database_url,
      add,
    }
    const memory: string[] = []
    for (const [name, part] of PARTS) {
      if (!wants(name) || server.hasEnded()) continue
      await tried(name, () => part(bench), server)
      memory.push(`${name} ${Math.round((await server.memory())?.now ?? 0)}`)
    }
    add(await memoryLine(about, server, memory))
    wire.close()
  })
  if (wants('browser'))
    await tried('browser', () => browserLines(about, seeded, (work) => withPages(at, seeded, work), add))
  if (wants('javascript')) await tried('javascript', async () => add(await javascriptLine(about)))
}

function indexLoaded(server: ServerProcess, { project_id }: Seeded): Promise<void> {
  return server.tells(new RegExp(`"project_id":${project_id},.*the column index holds a project`))
}

/** A server that was started long enough ago to have the project in memory. */
function withPages(at: At, seeded: Seeded, work: (port: number) => Promise<void>): Promise<void> {
  return withServer(at, async (server, port) => {
    const wire = wireTo(port)
    await wire.clientOf(seeded.manager.token).list_tasks({ project_id: seeded.project_id, limit: 1 })
    wire.close()
    if (hasIndex) await indexLoaded(server, seeded)
    return work(port)
  })
}

type At = { data_dir: string; database_url: string | null }

/** Seeds, and measures the plain SQL while no server holds the embedded database. */
async function prepare(at: At): Promise<{ seeded: Seeded; read_floors: ReadFloors; write_floors: WriteFloors | null }> {
  const opened = await openDatabase(at)
  try {
    add(wordLine(about, 'machine', 'machine', await machine(opened.db)))
    const { result: seeded, samples } = await once(() =>
      seed(opened.db, { tasks, claimers: claimersFor(tasks) }, opened.is_embedded),
    )
    say(`seeded in ${Math.round(samples.total_ms / 1000)} s`)
    const floors = await once(async () => {
      const read_floors = await readFloors(opened.db, seeded, wants)
      return {
        seeded,
        read_floors,
        write_floors: WRITES.some(wants) ? await writeFloors(opened.db, seeded, opened.is_embedded) : null,
      }
    })
    say(`floors, plain SQL, in ${Math.round(floors.samples.total_ms / 1000)} s`)
    return floors.result
  } finally {
    await opened.close()
  }
}

/** Runs `work` against a server of its own on the seeded data. */
async function withServer<T>(at: At, work: (server: ServerProcess, port: number) => Promise<T>): Promise<T> {
  const port = 18_000 + Math.floor(Math.random() * 2000)
  const server = await startServer({
    PIXLHUB_DATA: at.data_dir,
    PORT: String(port),
    PIXLHUB_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: at.database_url ?? '',
    // Tells when the column index has loaded.
    LOG_LEVEL: 'info',
  })
  cleanUps.push(server.stop)
  try {
    return await work(server, port)
  } finally {
    await server.stop()
  }
}

/** A part that fails is a line of the report; the others go on. */
async function tried(part: string, work: () => Promise<void>, server?: ServerProcess): Promise<void> {
  try {
    await work()
  } catch (error) {
    const reason = String((error as Error)?.message ?? error).slice(0, 500)
    add(wordLine(about, part, part, `failed${server?.hasEnded() ? ', the server has ended' : ''}: ${reason}`, false))
    if (server?.said()) say(`the server said:\n${server.said()}`)
  }
}

/** The newest first: the server before its database. */
async function cleanUp(): Promise<void> {
  for (let next = cleanUps.pop(); next; next = cleanUps.pop())
    await next().catch((error) => say(`left behind: ${String(error)}`))
}

function verdict(): string {
  const judged = lines.filter((l) => l.ok !== null)
  const missed = judged.filter((l) => l.ok === false).map((l) => l.work)
  return `${judged.length - missed.length} of ${judged.length} limits held${missed.length > 0 ? `; not: ${missed.join('; ')}` : ''}`
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
