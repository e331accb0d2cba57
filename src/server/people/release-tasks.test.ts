import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTasks, record, type Stamp } from '../history/record.ts'
import { lockTasksHeldBy } from './release-queries.ts'
import { requireOwnTasks } from './rights.ts'
import { openWorld, type Person } from './test-world.ts'

const [LABEL, REVIEW] = [2, 3]
let world: Awaited<ReturnType<typeof openWorld>>
let owner: Person
let organization_id: number

beforeAll(async () => {
  world = await openWorld()
  ;({ owner, organization_id } = world)
})
afterAll(() => world.close())

const stamp = (): Stamp => ({
  actor: { person_id: owner.id, kind: 'person' },
  at: new Date().toISOString(),
  operation_id: null,
})
const caller = (p: Person) => ({ person_id: p.id, name: '', email: p.email, kind: 'person' as const })
let files = 0

/** One task per entry, in its stage, assigned to the person there and remembered for the stages named. */
async function tasksHeldBy(
  project_id: number,
  person_id: number,
  entries: { stage_id: number; assigned?: boolean; remembered?: number[]; open?: boolean }[],
) {
  return world.db.transaction().execute(async (tx) => {
    const taskIds: number[] = []
    for (const entry of entries) {
      const content_hash = (++files).toString(16).padStart(64, '0')
      const file = { name: `${files}.png`, folder: '', width: 4, height: 4 }
      const asset = { ...file, project_id, content_hash, byte_size: 1, mime_type: 'image/png' }
      const { id: asset_id } = await tx.insertInto('asset').values(asset).returning('id').executeTakeFirstOrThrow()
      const [id] = await createTasks(tx, project_id, stamp(), [
        { ...file, asset_id, stage_id: entry.stage_id, priority: 0, batch_id: null },
      ])
      const task = await tx
        .selectFrom('task')
        .selectAll()
        .where('project_id', '=', project_id)
        .where('id', '=', id as number)
        .executeTakeFirstOrThrow()
      const stage_assignees = Object.fromEntries((entry.remembered ?? []).map((s) => [s, person_id]))
      await record(tx, project_id, stamp(), [
        { task, patch: { assignee_id: entry.assigned ? person_id : null, stage_assignees }, events: [] },
      ])
      if (entry.open) {
        const lease = {
          person_id,
          session_id: 'session-1',
          generation: 1,
          opened_at: stamp().at,
          expires_at: new Date(Date.now() + 60_000).toISOString(),
        }
        await tx
          .insertInto('task_lease')
          .values({ project_id, task_id: task.id, ...lease })
          .execute()
      }
      taskIds.push(task.id)
    }
    return taskIds
  })
}

const tasksOf = (project_id: number) =>
  world.db.selectFrom('task').selectAll().where('project_id', '=', project_id).orderBy('id').execute()
const leasesOf = (project_id: number) =>
  world.db.selectFrom('task_lease').select('task_id').where('project_id', '=', project_id).execute()

test('a member who is removed gives everything back: tasks to the pool, leases ended, an event on each', async () => {
  const { id: project_id } = await owner.api.create_project({ organization_id, name: 'Leaves' })
  const labeler = await world.joinProject(owner, project_id, 'labeler')
  const other = await world.joinProject(owner, project_id, 'labeler')
  const [open = 0, remembered = 0] = await tasksHeldBy(project_id, labeler.id, [
    { stage_id: LABEL, assigned: true, remembered: [LABEL], open: true },
    { stage_id: REVIEW, remembered: [LABEL] },
  ])
  const [foreign = 0] = await tasksHeldBy(project_id, other.id, [
    { stage_id: LABEL, assigned: true, remembered: [LABEL] },
  ])
  await requireOwnTasks(world.db, caller(labeler), project_id, { task_ids: [open, remembered] })
  await expect(
    requireOwnTasks(world.db, caller(labeler), project_id, { task_ids: [open, foreign] }),
  ).rejects.toMatchObject({ code: 'not_found' })

  await owner.api.remove_project_member({ project_id, person_id: labeler.id })

  const [first, second, third] = await tasksOf(project_id)
  expect(first).toMatchObject({ id: open, assignee_id: null, stage_assignees: {}, generation: 2, stage_id: LABEL })
  // Nobody works by what was remembered: open editors stay, and undo still knows the task.
  expect(second).toMatchObject({ id: remembered, stage_assignees: {}, generation: 1, version: 2, event_count: 2 })
  expect(third).toMatchObject({ id: foreign, assignee_id: other.id, version: 2 })
  expect(await leasesOf(project_id)).toEqual([])
  const queued = await world.db
    .selectFrom('queue_entry')
    .select(['task_id', 'assignee_id'])
    .where('project_id', '=', project_id)
    .orderBy('task_id')
    .execute()
  expect(queued.map((q) => q.assignee_id)).toEqual([null, null, other.id])
  const events = await world.db
    .selectFrom('task_event')
    .select(['kind', 'actor_id', 'before'])
    .where('project_id', '=', project_id)
    .where('task_id', '=', open)
    .orderBy('number')
    .execute()
  expect(events.map((e) => e.kind)).toEqual(['created', 'taken_over', 'unassigned'])
  expect(events.at(-1)).toMatchObject({ actor_id: owner.id, before: { assignee_id: labeler.id } })
})

test('a reviewer who becomes a labeler gives back reviews only', async () => {
  const { id: project_id } = await owner.api.create_project({ organization_id, name: 'Lower' })
  const person = await world.joinProject(owner, project_id, 'reviewer')
  await tasksHeldBy(project_id, person.id, [
    { stage_id: LABEL, assigned: true, remembered: [LABEL, REVIEW] },
    { stage_id: REVIEW, assigned: true, remembered: [REVIEW], open: true },
  ])

  await owner.api.set_project_member({ project_id, person_id: person.id, role: 'labeler' })

  const [label, review] = await tasksOf(project_id)
  expect(label).toMatchObject({ assignee_id: person.id, stage_assignees: { [LABEL]: person.id }, generation: 1 })
  expect(review).toMatchObject({ assignee_id: null, stage_assignees: {} })
  expect(await leasesOf(project_id)).toEqual([])
})

test('what a rejection may give back to who leaves is locked with the rest, and stays as it is', async () => {
  const { id: project_id } = await owner.api.create_project({ organization_id, name: 'Rejects' })
  const labeler = await world.joinProject(owner, project_id, 'labeler')
  const [reviewed = 0] = await tasksHeldBy(project_id, owner.id, [{ stage_id: REVIEW }, { stage_id: LABEL }])
  await world.db.transaction().execute(async (tx) => {
    const tasks = await tx.selectFrom('task').selectAll().where('project_id', '=', project_id).execute()
    const patch = { labelled_by_id: labeler.id }
    await record(tx, project_id, stamp(), tasks.map((task) => ({ task, patch, events: [] }))) // biome-ignore format: a line
    const locked = await lockTasksHeldBy(tx, project_id, labeler.id, { after: 0, limit: 10 })
    expect(locked.map((t) => t.id)).toEqual([reviewed])
  })
  const before = await tasksOf(project_id)
  await owner.api.remove_project_member({ project_id, person_id: labeler.id })
  expect(await tasksOf(project_id)).toEqual(before)
})

test('an admin who becomes a member keeps work only in projects that invited them; who leaves keeps none', async () => {
  const invited = (await owner.api.create_project({ organization_id, name: 'Invited' })).id
  const seen = (await owner.api.create_project({ organization_id, name: 'Seen' })).id
  const person = await world.joinProject(owner, invited, 'reviewer')
  await owner.api.set_organization_member({ organization_id, person_id: person.id, role: 'admin' })
  for (const project_id of [invited, seen])
    await tasksHeldBy(project_id, person.id, [{ stage_id: REVIEW, assigned: true, remembered: [REVIEW] }])

  await owner.api.set_organization_member({ organization_id, person_id: person.id, role: 'member' })
  expect((await tasksOf(invited))[0]?.assignee_id).toBe(person.id)
  expect((await tasksOf(seen))[0]?.assignee_id).toBeNull()

  await owner.api.remove_organization_member({ organization_id, person_id: person.id })
  expect((await tasksOf(invited))[0]).toMatchObject({ assignee_id: null, stage_assignees: {} })
})

test('a labeler may see a task as long as it was ever theirs: assigned, labelled, skipped, written', async () => {
  const { id: project_id } = await owner.api.create_project({ organization_id, name: 'Own' })
  const labeler = await world.joinProject(owner, project_id, 'labeler')
  const task_ids = await tasksHeldBy(
    project_id,
    owner.id,
    Array.from({ length: 4 }, () => ({ stage_id: LABEL })),
  )
  const [labelled = 0, skipped = 0, written = 0, never = 0] = task_ids
  const tasks = await tasksOf(project_id)
  await world.db.transaction().execute(async (tx) => {
    for (const task of tasks) {
      if (task.id === labelled)
        await record(tx, project_id, stamp(), [{ task, patch: { labelled_by_id: labeler.id }, events: [] }])
      if (task.id === skipped)
        await record(tx, project_id, stamp(), [{ task, patch: { skipper_ids: [labeler.id] }, events: [] }])
    }
    const revision = {
      kind: 'draft' as const,
      author_id: labeler.id,
      stage_id: LABEL,
      session_id: null,
      objects: '[]',
      global_attributes: '{}',
      object_count: 0,
      class_counts: '{}',
    }
    await tx
      .insertInto('annotation_revision')
      .values({ project_id, task_id: written, ...revision })
      .execute()
  })
  const assetOf = (id: number) => tasks.find((t) => t.id === id)?.asset_id ?? 0
  const maySee = (named: Parameters<typeof requireOwnTasks>[3]) =>
    requireOwnTasks(world.db, caller(labeler), project_id, named).then(
      () => true,
      () => false,
    )

  expect(await maySee({ task_ids: [labelled, skipped, written] })).toBe(true)
  expect(await maySee({ asset_ids: [assetOf(labelled), assetOf(written)] })).toBe(true)
  expect(await maySee({ task_ids: [never] })).toBe(false)
  expect(await maySee({ asset_ids: [assetOf(never)] })).toBe(false)
  expect(await maySee({ task_ids: [labelled], asset_ids: [assetOf(never)] })).toBe(false)
  expect(await maySee({})).toBe(false)
})
