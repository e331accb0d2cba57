// For server tests: short words for what an editor does, people in numbers, and a check of everything that has to
// hold between tasks, queue, leases, history and ledger at any time.
import { randomUUID } from 'node:crypto'
import { type Client, createClient } from '../../contract/client.ts'
import type { AnnotationObject } from '../../model/annotation.ts'
import type { ProjectRole } from '../../model/permission.ts'
import type { TaskPatch, TaskRow } from '../../model/task.ts'
import { stagesOfKind } from '../../model/workflow.ts'
import type { Queryable } from '../db/connect.ts'
import type { Claim, ClaimRules } from '../history/claim.ts'
import { record } from '../history/record.ts'
import { hashOfSecret } from '../people/secrets.ts'
import { projectById } from '../projects/scope-queries.ts'
import type { TestServer } from '../testing.ts'
import { lockTasks } from './queries.ts'

export const session = () => `session-${randomUUID().slice(0, 12)}`

export const box = (id: string, class_id = 1): AnnotationObject => ({
  id,
  class_id,
  shape: { type: 'box', x: 1, y: 2, width: 30, height: 40 },
  attributes: {},
  author_id: null,
})
export const boxes = (...ids: string[]) => ({ objects: ids.map((id) => box(id)), global_attributes: {} })

export type Held = { project_id: number; task_id: number; session_id: string; generation: number }

/** Claims the next task. @returns what every later write carries. @throws Error if the queue is empty */
export async function claim(api: Client, project_id: number, kind: 'label' | 'review' = 'label'): Promise<Held> {
  const session_id = session()
  const { task_id, opened } = await api.claim_task({ project_id, kind, session_id })
  if (task_id === null || !opened) throw new Error('nothing was offered')
  return { project_id, task_id, session_id, generation: opened.generation }
}

/** What claims in a project go by, for calls without HTTP. */
export async function claimRules(
  { app }: TestServer,
  project_id: number,
  kind: 'label' | 'review' = 'label',
): Promise<ClaimRules> {
  const project = await projectById(app.db, project_id)
  const { organization_id, allow_self_review, lease_timeout_s: timeout_s } = project.row
  const stage_ids = stagesOfKind(project.workflow, kind).map((s) => s.id)
  return { project_id, organization_id, kind, stage_ids, allow_self_review, timeout_s }
}
export const claimBy = (person_id: number, kind: 'person' | 'token' = 'person'): Claim => ({
  actor: { person_id, kind },
  session_id: session(),
})

/** A project with one task, which a labeler has open. */
export async function taskInHand(server: TestServer) {
  const p = await server.project()
  await p.tasks(1, { stage_id: p.stage('label') })
  const labeler = await p.member('labeler')
  return { p, labeler, held: await claim(labeler.api, p.project_id) }
}

export async function openIt(api: Client, project_id: number, task_id: number): Promise<Held> {
  const session_id = session()
  const { generation } = await api.open_task({ project_id, task_id, session_id })
  return { project_id, task_id, session_id, generation }
}

/** Runs an operation with a key of its own. */
export function operate(
  api: Client,
  project_id: number,
  name: string,
  params: object,
  ids: number[],
  more: { confirm?: number; expected_count?: number } = {},
) {
  return api.run_operation({ project_id, name, params, selection: { ids }, key: randomUUID(), ...more })
}

export const rowsOf = (server: TestServer, project_id: number): Promise<TaskRow[]> =>
  server.app.db.selectFrom('task').selectAll().where('project_id', '=', project_id).orderBy('id').execute() as Promise<
    TaskRow[]
  >

export async function rowOf(server: TestServer, project_id: number, task_id: number): Promise<TaskRow> {
  return (await rowsOf(server, project_id)).find((t) => t.id === task_id) as TaskRow
}

/** Puts tasks into a state that would take many steps to reach, by the one writer. */
export async function arrange(
  server: TestServer,
  project_id: number,
  patches: ReadonlyMap<number, TaskPatch>,
): Promise<void> {
  const stamp = {
    actor: { person_id: null, kind: 'system' as const },
    at: new Date().toISOString(),
    operation_id: null,
  }
  await server.app.db.transaction().execute(async (tx) => {
    const tasks = await lockTasks(tx, project_id, [...patches.keys()])
    const changes = tasks.map((task) => ({ task, patch: patches.get(task.id) as TaskPatch, events: [] }))
    await record(tx, project_id, stamp, changes)
  })
}

/** Members of a project with an API token each, over real HTTP. Quick: no invitation, no password. */
export async function crowd(server: TestServer, address: string, project_id: number, role: ProjectRole, count: number) {
  const people: { id: number; api: Client }[] = []
  for (let i = 0; i < count; i++) {
    const { id, secret } = await newMember(server.app.db, server.organization_id, project_id, role)
    people.push({ id, api: overHttp(address, secret) })
  }
  return people
}

/** @returns who it is, and the secret of their API token */
export async function newMember(db: Queryable, organization_id: number, project_id: number, role: ProjectRole) {
  const name = `${role}-${randomUUID()}`
  const person = { email: `${name}@example.org`, name, password_hash: 'none' }
  const { id } = await db.insertInto('person').values(person).returning('id').executeTakeFirstOrThrow()
  await db.insertInto('organization_member').values({ organization_id, person_id: id, role: 'member' }).execute()
  await db.insertInto('project_member').values({ project_id, person_id: id, role }).execute()
  const secret = `px_${randomUUID()}${randomUUID()}`
  const token = { name: 'test', token_hash: hashOfSecret(secret), prefix: secret.slice(0, 8), last_used_at: null }
  await db
    .insertInto('api_token')
    .values({ person_id: id, ...token })
    .execute()
  return { id, secret }
}

export function overHttp(address: string, secret: string): Client {
  return createClient((url, init) => fetch(`${address}${url}`, init as RequestInit), {
    authorization: `Bearer ${secret}`,
  })
}
