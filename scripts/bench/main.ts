// npm run bench -- --tasks 100000 --database embedded|server [--json FILE]
// server: DATABASE_URL names a PostgreSQL server; the bench makes and drops a database of its own there.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createClient, type Fetch } from '../../src/contract/client.ts'
import { openDatabase } from '../../src/server/db/connect.ts'
import { type Floors, floors } from './floors.ts'
import { type Line, line, load, table } from './measure.ts'
import { ownDatabase } from './own-database.ts'
import { type Seeded, seed } from './seed.ts'

const { values: options } = parseArgs({
  options: {
    tasks: { type: 'string', default: '100000' },
    database: { type: 'string', default: 'embedded' },
    json: { type: 'string' },
  },
})
const tasks = Number(options.tasks)
const database = options.database === 'server' ? 'server' : 'embedded'
const CLIENTS = database === 'server' ? 20 : 5
const PORT = 18_000 + Math.floor(Math.random() * 2000)

const data_dir = await mkdtemp(join(tmpdir(), 'pixlhub-bench-'))
const own = database === 'server' ? await ownDatabase(process.env.DATABASE_URL) : null
let child: ReturnType<typeof spawn> | null = null
try {
  say(
    `${tasks.toLocaleString('en')} tasks, ${database}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  )
  const { seeded, floor } = await prepare()
  child = await startServer()
  const lines = await works(seeded, floor)
  process.stdout.write(`\n${table(lines)}\n`)
  if (options.json) await writeFile(options.json, `${JSON.stringify(lines, null, 2)}\n`)
} finally {
  if (child?.exitCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  await own?.drop()
  await rm(data_dir, { recursive: true, force: true })
}

async function prepare(): Promise<{ seeded: Seeded; floor: Floors }> {
  const opened = await openDatabase({ data_dir, database_url: own?.url ?? null })
  try {
    say('Seeding…')
    const seeded = await seed(opened.db, tasks, 100)
    const bare = await seed(opened.db, tasks, 1)
    say('Floors: plain SQL…')
    return { seeded, floor: await floors(opened.db, bare.project_id, tasks) }
  } finally {
    await opened.close()
  }
}

async function startServer() {
  const env = {
    ...process.env,
    PIXLHUB_DATA: data_dir,
    PORT: String(PORT),
    PIXLHUB_URL: `http://127.0.0.1:${PORT}`,
    DATABASE_URL: own?.url ?? '',
  }
  const server = spawn(process.execPath, [fileURLToPath(new URL('../../src/server/main.ts', import.meta.url))], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [first] = (await Promise.race([
    once(server.stdout as NodeJS.ReadableStream, 'data'),
    once(server, 'exit').then(() => ['exited']),
  ])) as [unknown]
  if (first === 'exited') throw new Error('the server did not start')
  return server
}

async function works({ project_id, manager_token, labeler_tokens }: Seeded, floor: Floors): Promise<Line[]> {
  const manager = clientOf(manager_token)
  const labelers = labeler_tokens.map(clientOf)
  const about = (clients: number) => ({ database, tasks, clients }) as const
  const lines: Line[] = []
  const add = (made: Line) => {
    lines.push(made)
    say(`${made.work}: p50 ${made.p50_ms} ms, p95 ${made.p95_ms} ms, ${made.per_second}/s, floor ${made.floor_ms} ms`)
  }
  const page = (query: { sort?: string; filter?: string; cursor?: string }) =>
    manager.list_tasks({ project_id, limit: 100, ...query })
  const filter = (conditions: object[]) => JSON.stringify({ conditions })

  await load(2, 20, () => page({}))
  add(line('first page of 100', about(CLIENTS), await load(CLIENTS, 300, () => page({})), floor.page))
  const { next_cursor } = await page({})
  const cursor = next_cursor ?? ''
  add(line('next page of 100', about(CLIENTS), await load(CLIENTS, 300, () => page({ cursor })), floor.page))
  add(line('first page by name', about(CLIENTS), await load(CLIENTS, 300, () => page({ sort: 'name' })), floor.page))
  add(
    line(
      'first page by queue time',
      about(CLIENTS),
      await load(CLIENTS, 40, () => page({ sort: '-queued_at' })),
      floor.page_by_queue,
    ),
  )
  add(
    line(
      'first page of one stage',
      about(CLIENTS),
      await load(CLIENTS, 100, () => page({ filter: filter([{ field: 'stage_id', op: 'any_of', value: [4] }]) })),
      floor.page_filtered,
    ),
  )
  add(line('exact count', about(1), await load(1, 20, () => manager.count_tasks({ project_id })), floor.count))
  const claims = Math.min(1000, Math.floor(tasks / 10))
  add(
    line(
      'claim next',
      about(100),
      await load(
        100,
        claims,
        (client, i) =>
          labelers[client]?.claim_task({
            project_id,
            kind: 'label',
            session_id: `bench-${client}-${i}-session`,
          }) as Promise<unknown>,
      ),
      floor.claim,
    ),
  )

  const { tasks: some } = await manager.list_tasks({
    project_id,
    limit: 500,
    sort: 'id',
    filter: filter([{ field: 'is_open', op: 'equals', value: false }]),
  })
  const ids = some.map((t) => t.id)
  const cleanups = { remove_annotations: true, remove_assignees: true, remove_history: true, remove_duration: true }
  const change = async (
    name: string,
    selection: Parameters<typeof manager.run_operation>[0]['selection'],
    params: object,
  ) => {
    const preview = await manager.preview_operation({ project_id, name, params, selection })
    const start = performance.now()
    let operation = await manager.run_operation({
      project_id,
      name,
      params,
      selection,
      key: `bench-${Math.random()}`,
      ...(preview.confirm === null ? {} : { confirm: preview.confirm }),
    })
    while (operation.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 50))
      operation = await manager.get_operation({ project_id, operation_id: operation.id })
    }
    if (operation.state !== 'done') throw new Error(`${name} ended as ${operation.state}: ${operation.error}`)
    const ms = performance.now() - start
    return { operation, samples: { times: [ms], total_ms: ms } }
  }
  const small = await change('change-status', { ids }, { stage_id: 3, ...cleanups })
  add(
    line(
      `change status of ${ids.length}, all cleanups`,
      about(1),
      small.samples,
      floor.change * (ids.length / 1000),
      ids.length,
    ),
  )
  const all = { filter: { conditions: [] }, all: true }
  const big = await change('change-status', all, { stage_id: 1, ...cleanups, open: 'take_over' })
  add(line(`change status of ${tasks}, all cleanups`, about(1), big.samples, floor.change_all, tasks))
  const undoStart = performance.now()
  let undo = await manager.undo_operation({ project_id, operation_id: big.operation.id })
  while (undo.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 50))
    undo = await manager.get_operation({ project_id, operation_id: undo.id })
  }
  const undoMs = performance.now() - undoStart
  add(line(`undo of that`, about(1), { times: [undoMs], total_ms: undoMs }, floor.change_all, tasks))
  const split = await change('set-split', all, { kind: 'auto', seed: 'bench', mode: 'everything' })
  add(line(`auto split of ${tasks}`, about(1), split.samples, null, tasks))
  return lines
}

function clientOf(token: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 })
  const fetch: Fetch = (url, init) =>
    new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port: PORT, path: url, method: init.method, headers: init.headers, agent },
        (reply) => {
          const chunks: Buffer[] = []
          reply.on('data', (chunk: Buffer) => chunks.push(chunk))
          reply.on('end', () =>
            resolve({ status: reply.statusCode ?? 0, text: async () => Buffer.concat(chunks).toString('utf8') }),
          )
          reply.on('error', reject)
        },
      )
      sent.on('error', reject)
      sent.end(init.body as string | undefined)
    })
  return createClient(fetch, { authorization: `Bearer ${token}` })
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
