// For server tests: a real app on a real database (PGlite, or a PostgreSQL server with DATABASE_URL), made from a
// migrated template, and typed clients of people in each role. Every reply is checked against the contract.
import { randomUUID } from 'node:crypto'
import { cp, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { type Client, createClient } from '../contract/client.ts'
import type { Endpoint, Reply } from '../contract/endpoint.ts'
import { type EndpointName, type Endpoints, endpoints } from '../contract/endpoints.ts'
import type { LabelSchema } from '../model/label-schema.ts'
import { type RunningApp, startApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { type Database, openDatabase } from './db/connect.ts'
import type { Log } from './handler.ts'
import { createTasks } from './history/record.ts'
import { inputProblem } from './input.ts'
import { createSetupToken } from './people/setup.ts'

type Project = Reply<Endpoints['create_project']>

export type TestServer = RunningApp & {
  config: Config
  organization_id: number
  /** Signed in by cookie as the organization's owner. */
  owner: Client
  /** Another person with a role; created when first asked for. `key` tells several of a role apart. */
  person(role: 'admin' | 'member', key?: string): Promise<TestPerson>
  /** A project of its own for a test, with members. */
  project(options?: {
    schema?: LabelSchema
    settings?: object
    stages?: { kind: 'prepare' | 'label' | 'review' | 'completed'; name: string }[]
  }): Promise<TestProject>
  /** A client without a session, or with one of its own. */
  client(cookie?: { value: string | null }): Client
  inject(options: InjectOptions): Promise<LightMyRequestResponse>
}
export type TestPerson = { id: number; api: Client; cookie: string }
export type TestProject = {
  project: Project
  project_id: number
  stage(kind: 'prepare' | 'label' | 'review' | 'completed'): number
  manager: TestPerson
  /** A member of the project; `key` tells several of a role apart. */
  member(role: 'manager' | 'reviewer' | 'labeler', key?: string): Promise<TestPerson>
  /** Tasks without image files, in Prepare or another stage. */
  tasks(
    count: number,
    options?: { stage_id?: number; batch_id?: number; prefix?: string; priority?: number },
  ): Promise<number[]>
}

export const TWO_CLASSES: LabelSchema = {
  classes: [
    {
      id: 1,
      name: 'car',
      color: '#e5484d',
      hotkey: '1',
      geometries: ['box', 'polygon'],
      attributes: [],
      is_removed: false,
    },
    {
      id: 2,
      name: 'person',
      color: '#3e63dd',
      hotkey: '2',
      geometries: ['box', 'polygon', 'polyline', 'point'],
      attributes: [],
      is_removed: false,
    },
  ],
  global_attributes: [],
}

const SILENT: Log = {
  info() {},
  warn() {},
  error: (fields, message) => console.error(message, (fields as { err?: unknown }).err ?? fields),
}
const PASSWORD = 'correct horse battery'

/** Starts an app on an empty, migrated database. Call `close()` after the tests. */
export async function testServer(env: Record<string, string> = {}): Promise<TestServer> {
  const data_dir = await mkdtemp(join(tmpdir(), 'pixlhub-test-'))
  const database = process.env.DATABASE_URL
    ? await serverDatabase(process.env.DATABASE_URL)
    : await embeddedDatabase(data_dir)
  const config = readConfig({
    PIXLHUB_DATA: data_dir,
    PORT: '0',
    PIXLHUB_URL: 'http://localhost',
    ...database.env,
    ...env,
  })
  const running = await startApp(config, SILENT)
  const owner = { value: null as string | null }
  const client = (cookie: { value: string | null } = { value: null }) => clientOf(running, cookie)
  const ownerApi = client(owner)
  const token = (await createSetupToken(running.app.db)) as string
  const account = { name: 'Olga Owner', email: 'owner@example.org', password: PASSWORD }
  const session = await ownerApi.set_up({ token, ...account, organization_name: 'Test Labs' })
  const organization_id = session.organizations[0]?.id as number
  const people = new Map<string, TestPerson>()

  async function join_(role: 'admin' | 'member', key = role as string): Promise<TestPerson> {
    const known = people.get(key)
    if (known) return known
    const invitation = await ownerApi.create_invitation({ organization_id, organization_role: role })
    const cookie = { value: null as string | null }
    const api = client(cookie)
    const name = key.charAt(0).toUpperCase() + key.slice(1)
    const joined = await api.accept_invitation({
      token: invitation.token,
      account: {
        name,
        email: `${key.replace(/\W+/g, '-')}-${randomUUID().slice(0, 8)}@example.org`,
        password: PASSWORD,
      },
    })
    const person = { id: joined.person?.id as number, api, cookie: cookie.value as string }
    people.set(key, person)
    return person
  }

  return {
    ...running,
    config,
    organization_id,
    owner: ownerApi,
    person: join_,
    client,
    inject: (options) => running.server.inject(options),
    async project(options = {}) {
      const project = await ownerApi.create_project({
        organization_id,
        name: `Project ${randomUUID().slice(0, 8)}`,
        schema: options.schema ?? TWO_CLASSES,
        ...(options.settings ? { settings: options.settings } : {}),
        ...(options.stages ? { stages: options.stages } : {}),
      })
      const member = async (role: 'manager' | 'reviewer' | 'labeler', key: string = role) => {
        const person = await join_('member', `${key}`)
        await ownerApi.set_project_member({ project_id: project.id, person_id: person.id, role })
        return person
      }
      const stage = (kind: string) => project.stages.find((s) => s.kind === kind)?.id as number
      return {
        project,
        project_id: project.id,
        stage,
        manager: await member('manager'),
        member,
        tasks: (count, at = {}) => makeTasks(running.app.db, project.id, count, { stage_id: stage('prepare'), ...at }),
      }
    },
    async close() {
      await running.close()
      await database.drop()
      await rm(data_dir, { recursive: true, force: true })
    },
  }
}

/** Tasks without image files. @returns their ids */
export async function makeTasks(
  db: Database,
  project_id: number,
  count: number,
  at: { stage_id: number; batch_id?: number; prefix?: string; priority?: number },
): Promise<number[]> {
  const names = Array.from({ length: count }, (_, i) => `${at.prefix ?? 'image'}-${String(i + 1).padStart(6, '0')}.jpg`)
  return db.transaction().execute(async (tx) => {
    const assets = await tx
      .insertInto('asset')
      .values(
        names.map((name) => ({
          project_id,
          name,
          content_hash: randomUUID().replaceAll('-', '').padEnd(64, '0'),
          byte_size: 1000,
          mime_type: 'image/jpeg',
          width: 640,
          height: 480,
          thumbnail_state: 'ready' as const,
        })),
      )
      .returning(['id', 'name'])
      .execute()
    const drafts = assets.map((a) => ({
      asset_id: a.id,
      name: a.name,
      folder: '',
      width: 640,
      height: 480,
      stage_id: at.stage_id,
      priority: at.priority ?? 0,
      batch_id: at.batch_id ?? null,
    }))
    return createTasks(
      tx,
      project_id,
      { actor: { person_id: null, kind: 'system' }, at: new Date().toISOString(), operation_id: null },
      drafts,
    )
  })
}

/** A client over `inject`. It keeps its cookie like a browser, and fails when a reply breaks the contract. */
function clientOf(running: RunningApp, cookie: { value: string | null }): Client {
  const fetch = async (url: string, init: { method: string; headers: Record<string, string>; body?: unknown }) => {
    const headers = { ...init.headers, ...(cookie.value ? { cookie: `pixlhub_session=${cookie.value}` } : {}) }
    const reply = await running.server.inject({
      method: init.method as 'GET',
      url,
      headers,
      ...(init.body === undefined ? {} : { payload: init.body as string }),
    })
    const set = reply.cookies.find((c) => c.name === 'pixlhub_session')
    if (set) cookie.value = set.value || null
    return { status: reply.statusCode, text: async () => reply.body }
  }
  const client = createClient(fetch)
  const checked = (name: EndpointName) => async (input: never, options?: object) => {
    const answer = await (client as unknown as Record<string, (i: never, o?: object) => Promise<unknown>>)[name]?.(
      input,
      options,
    )
    const schema = (endpoints[name] as Endpoint).reply
    const problem = schema && schema !== 'bytes' ? inputProblem(schema, answer, `${name} reply`) : null
    if (problem) throw new Error(`The reply breaks the contract: ${problem}`)
    return answer
  }
  return Object.fromEntries(
    Object.keys(client).map((name) => [name, checked(name as EndpointName)]),
  ) as unknown as Client
}

type TestDatabase = { env: Record<string, string>; drop(): Promise<void> }

/** A copy of a migrated folder: faster than migrating anew. */
async function embeddedDatabase(data_dir: string): Promise<TestDatabase> {
  const template = join(tmpdir(), `pixlhub-template-${await migrationsHash()}`)
  if (!(await exists(template))) {
    const making = await mkdtemp(join(tmpdir(), 'pixlhub-making-'))
    await (await openDatabase({ data_dir: making, database_url: null })).close()
    await rename(join(making, 'database'), template).catch(() => {})
    await rm(making, { recursive: true, force: true })
  }
  await mkdir(data_dir, { recursive: true })
  await cp(template, join(data_dir, 'database'), { recursive: true })
  return { env: {}, drop: async () => {} }
}

async function serverDatabase(url: string): Promise<TestDatabase> {
  const template = `pixlhub_template_${await migrationsHash()}`
  const name = `pixlhub_test_${randomUUID().replaceAll('-', '')}`
  const at = (database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).toString()
  const admin = new Kysely<object>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }),
  })
  // One file at a time makes the template or a copy of it: PostgreSQL copies no database that somebody uses.
  await sql`select pg_advisory_lock(8150211)`.execute(admin)
  const known = await sql`select 1 from pg_database where datname = ${template}`.execute(admin)
  if (known.rows.length === 0) {
    await sql.raw(`create database ${template}_making`).execute(admin)
    await (await openDatabase({ data_dir: '', database_url: at(`${template}_making`) })).close()
    await sql.raw(`alter database ${template}_making rename to ${template}`).execute(admin)
  }
  await sql.raw(`create database ${name} template ${template}`).execute(admin)
  await sql`select pg_advisory_unlock(8150211)`.execute(admin)
  return {
    env: { DATABASE_URL: at(name) },
    async drop() {
      await sql.raw(`drop database ${name} with (force)`).execute(admin)
      await admin.destroy()
    },
  }
}

async function migrationsHash(): Promise<string> {
  const { createHash } = await import('node:crypto')
  const { readdir, readFile } = await import('node:fs/promises')
  const folder = new URL('./db/migrations/', import.meta.url)
  const hash = createHash('sha256')
  for (const file of (await readdir(folder)).sort())
    hash.update(`${file}\n`).update(await readFile(new URL(file, folder)))
  return hash.digest('hex').slice(0, 16)
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
