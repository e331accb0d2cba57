// A server of the run's own with one project: images, tasks in Label, and a manager, who may open any of them.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient, urlOf } from '../../../src/contract/client.ts'
import type { AnnotationDocument } from '../../../src/model/annotation.ts'
import { openDatabase } from '../../../src/server/db/connect.ts'
import { ownDatabase } from '../own-database.ts'
import { insertPeople, type Person, signIn } from '../seed-people.ts'
import { insertProject } from '../seed-tasks.ts'
import { startServer } from '../server-process.ts'
import { SCHEMA } from './scenes.ts'

/** Of insertProject. */
const LABEL_STAGE = 2

export type Asset = { task_id: number; asset_id: number; width: number; height: number }

export type World = {
  url: string
  project_id: number
  /** Value of the cookie that signs the manager in. */
  session: string
  client: Client
  /** What the server says of its last reply to `client`: ms from the head of the request to the reply. */
  serverMs(): number
  /** Of the PostgreSQL server; null embedded. */
  database_url: string | null
  /** Uploads an image and brings its task to Label. */
  addImage(name: string, bytes: Buffer, priority?: number): Promise<Asset>
  /** Saves objects to a task and lets it go. */
  fill(task_id: number, document: AnnotationDocument): Promise<void>
  imageUrl(asset_id: number): string
  stop(): Promise<void>
}

/** @param database_url a PostgreSQL server; without it the embedded database */
export async function createWorld(port: number, database_url: string | undefined): Promise<World> {
  const data_dir = await mkdtemp(join(tmpdir(), 'pixlhub-bench-editor-'))
  const own = database_url ? await ownDatabase(database_url) : null
  const made = await prepare(data_dir, own?.url ?? null)
  const url = `http://localhost:${port}`
  const server = await startServer({
    PIXLHUB_DATA: data_dir,
    PORT: String(port),
    PIXLHUB_URL: url,
    DATABASE_URL: own?.url ?? '',
  })
  const authorization = `Bearer ${made.manager.token}`
  let timing = ''
  const send = async (path: string, init: object) => {
    const reply = await fetch(`${url}${path}`, init)
    timing = reply.headers.get('server-timing') ?? ''
    return reply
  }
  // Minutes lie between two works: a connection that was kept may just be closing.
  const client = createClient(send, { authorization, connection: 'close' })
  const { project_id } = made
  return {
    url,
    project_id,
    session: made.session,
    client,
    serverMs: () => Number(/dur=([\d.]+)/.exec(timing)?.[1] ?? Number.NaN),
    database_url: own?.url ?? null,
    async addImage(name, bytes, priority = 0) {
      const { id: import_id } = await client.create_import({ project_id, kind: 'images', priority })
      const { items } = await client.upload_file({ project_id, import_id, name }, { bytes })
      await client.finish_import({ project_id, import_id })
      const [item] = items
      if (!item?.task_id || !item.asset_id) throw new Error(`${name}: ${item?.reason ?? 'not taken'}`)
      const { task_id, asset_id } = item
      const params = { stage_id: LABEL_STAGE }
      await client.run_operation({
        project_id,
        name: 'change-status',
        params,
        selection: { ids: [task_id] },
        key: randomUUID(),
      })
      const { task } = await client.get_task({ project_id, task_id })
      return { task_id, asset_id, width: task.width, height: task.height }
    },
    async fill(task_id, document) {
      const session_id = randomUUID()
      const { generation } = await client.open_task({ project_id, task_id, session_id })
      await client.save_document({ project_id, task_id, session_id, generation, document })
      await client.release_task({ project_id, task_id, session_id, generation })
    },
    imageUrl: (asset_id) => `${url}${urlOf('get_asset_image', { project_id, asset_id })}`,
    async stop() {
      await server.stop()
      await own?.drop()
      await rm(data_dir, { recursive: true, force: true })
    },
  }
}

async function prepare(data_dir: string, database_url: string | null) {
  const { db, close } = await openDatabase({ data_dir, database_url })
  try {
    const organization = await db
      .insertInto('organization')
      .values({ name: 'Bench' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const project_id = await insertProject(db, organization.id, 'Street scenes')
    await db
      .updateTable('label_schema')
      .set({ document: JSON.stringify(SCHEMA) })
      .where('project_id', '=', project_id)
      .execute()
    const [[manager]] = (await insertPeople(db, organization.id, project_id, [{ role: 'manager', count: 1 }])) as [
      [Person],
    ]
    return { project_id, manager, session: await signIn(db, manager) }
  } finally {
    await close()
  }
}
