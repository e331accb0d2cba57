// What the permission matrix calls: one project with an image for everybody, and a person in each role.
import { createHash, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { App } from '../handler.ts'
import { createTasks, record, type Stamp } from '../history/record.ts'
import { testServer } from '../testing.ts'
import { putOrganizationMember, putProjectMember } from './member-queries.ts'
import { hashPassword } from './passwords.ts'
import { insertOrganization, insertPerson } from './queries.ts'
import { hashOfSecret, newSecret } from './secrets.ts'
import { insertSession, SESSION_MS } from './session-queries.ts'

export const ROLES = ['anonymous', 'stranger', 'member', 'labeler', 'reviewer', 'manager', 'admin', 'owner'] as const
export type MatrixRole = (typeof ROLES)[number]

export type World = Awaited<ReturnType<typeof openPermissionWorld>>
export type Piece = { task_id: number; asset_id: number }

export async function openPermissionWorld() {
  const server = await testServer()
  const { app } = server
  const owner_id = (await server.owner.get_session({})).person?.id as number
  const { project_id, member, manager, stage } = await server.project()
  const batch_id = (await server.owner.create_batch({ project_id, name: 'Batch' })).id
  const persons: Record<Exclude<MatrixRole, 'anonymous'>, number> = {
    stranger: await stranger(app),
    member: (await server.person('member')).id,
    labeler: (await member('labeler')).id,
    reviewer: (await member('reviewer')).id,
    manager: manager.id,
    admin: (await server.person('admin')).id,
    owner: owner_id,
  }
  const at = { project_id, stage_id: stage('label') }
  const own = await piece(app, { ...at, person_id: persons.labeler })
  const others = await piece(app, { ...at, person_id: owner_id })
  const operation = await server.owner.run_operation({
    project_id,
    name: 'set-priority',
    params: { priority: 1 },
    selection: { ids: [own.task_id, others.task_id] },
    key: randomUUID(),
  })
  return {
    server,
    app,
    project_id,
    organization_id: server.organization_id,
    persons,
    batch_id,
    own,
    others,
    operation_id: operation.id,
    close: () => server.close(),
  }
}

async function stranger(app: App): Promise<number> {
  const id = await newPerson(app)
  await app.db.transaction().execute((tx) => insertOrganization(tx, 'Elsewhere', id))
  return id
}

let somePassword: Promise<string> | null = null
const somePasswordHash = () => (somePassword ??= hashPassword('nobody signs in with this'))

export async function newPerson(app: App): Promise<number> {
  const id = await insertPerson(app.db, {
    name: 'Somebody',
    email: `${randomUUID()}@example.org`,
    password_hash: await somePasswordHash(),
  })
  return id as number
}

/** Somebody of the organization and the project, to be changed or removed. */
export async function newMember({ app, organization_id, project_id }: World): Promise<number> {
  const id = await newPerson(app)
  await putOrganizationMember(app.db, organization_id, id, 'member')
  await putProjectMember(app.db, project_id, id, 'labeler')
  return id
}

/** A session of its own for each call, so that signing out spoils nothing. */
export async function newCookie(app: App, person_id: number): Promise<string> {
  const token = newSecret()
  const expires_at = new Date(Date.now() + SESSION_MS).toISOString()
  await insertSession(app.db, { token_hash: hashOfSecret(token), person_id, user_agent: 'matrix', expires_at })
  return token
}

/** A task with a real image, assigned to a person in the label stage. */
async function piece(app: App, at: { project_id: number; stage_id: number; person_id: number }): Promise<Piece> {
  const { project_id, stage_id, person_id } = at
  const content_hash = await storeImage(app)
  const file = { name: `${content_hash.slice(0, 8)}.png`, folder: '', width: 8, height: 8 }
  const stamp: Stamp = { actor: { person_id: null, kind: 'system' }, at: new Date().toISOString(), operation_id: null }
  return app.db.transaction().execute(async (tx) => {
    const row = {
      ...file,
      project_id,
      content_hash,
      byte_size: 100,
      mime_type: 'image/png',
      thumbnail_state: 'ready' as const,
    }
    const { id: asset_id } = await tx.insertInto('asset').values(row).returning('id').executeTakeFirstOrThrow()
    const [task_id = 0] = await createTasks(tx, project_id, stamp, [
      { ...file, asset_id, stage_id, priority: 0, batch_id: null },
    ])
    const task = await tx
      .selectFrom('task')
      .selectAll()
      .where('project_id', '=', project_id)
      .where('id', '=', task_id)
      .executeTakeFirstOrThrow()
    await record(tx, project_id, stamp, [{ task, patch: { assignee_id: person_id }, events: [] }])
    return { task_id, asset_id }
  })
}

/** Bytes of an image in every place where one may lie. @returns their name */
export async function storeImage(app: App): Promise<string> {
  const background = { r: Math.floor(Math.random() * 256), g: Math.floor(Math.random() * 256), b: 7 }
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .png()
    .toBuffer()
  const hash = createHash('sha256').update(bytes).update(randomUUID()).digest('hex')
  for (const kind of ['originals', 'displays', 'thumbnails', 'guide-images'] as const) {
    const path = join(await app.files.temporaryFolder(), randomUUID())
    await writeFile(path, bytes)
    await app.files.adopt(kind, hash, path)
  }
  return hash
}
