// What an export freezes is not deleted by what people do meanwhile.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { boxes, type Held, taskInHand } from '../tasks/test-work.ts'
import { type TestServer, testServer } from '../testing.ts'
import { freezeExport } from './queries.ts'
import { downloaded, everything, exported } from './test-archives.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

type Hands = Awaited<ReturnType<typeof taskInHand>>
const save = ({ labeler }: Hands, held: Held, ...ids: string[]) =>
  labeler.api.save_document({ ...held, document: boxes(...ids) })
const revisionsOf = async ({ task_id, project_id }: Held) => {
  const { rows } = await sql<{ id: number }>`
    select id from annotation_revision where project_id = ${project_id} and task_id = ${task_id} order by id`.execute(
    server.app.db,
  )
  return rows.map((r) => r.id)
}
const objectsIn = async ({ p }: Hands, export_id: number): Promise<number> =>
  (await downloaded(server, p, export_id)).json('annotations/instances.json').annotations.length
const draft = (actor_id: number) => ({
  format: 'coco',
  selection: everything,
  with_images: false,
  actor_id,
  unique_by: 'name' as const,
})

test('a save drops what the one before it wrote, unless an export holds it', async () => {
  const hands = await taskInHand(server)
  const { p, held } = hands
  await save(hands, held, 'a')
  await save(hands, held, 'a', 'b')
  const made = [await exported(server, p, 'coco'), await exported(server, p, 'coco')]
  await save(hands, held, 'a', 'b', 'c')
  const last = await save(hands, held, 'a', 'b', 'c', 'd')
  expect(await revisionsOf(held)).toHaveLength(2)
  for (const { run } of made) expect(await objectsIn(hands, run.id)).toBe(2)
  expect((await revisionsOf(held)).at(-1)).toBe(last.revision_id)
})

// The embedded database has one connection: nobody saves while an export freezes.
test.runIf(process.env.DATABASE_URL)('a save while an export freezes leaves it what it has seen', async () => {
  const hands = await taskInHand(server)
  const { p, held } = hands
  const first = await save(hands, held, 'a')
  const { id } = await server.app.db.transaction().execute(async (tx) => {
    const frozen = await freezeExport(tx, p.project_id, draft(p.manager.id))
    await save(hands, held, 'a', 'b')
    return frozen
  })
  expect(await objectsIn(hands, id)).toBe(1)
  // And what is left over goes with the next save.
  await save(hands, held, 'a', 'b', 'c')
  const last = await save(hands, held, 'a', 'b', 'c', 'd')
  expect(await revisionsOf(held)).toEqual([first.revision_id, last.revision_id])
})

/** Until somebody waits for such a lock. */
const whenWaiting = (locked: 'advisory' | 'task_lease') =>
  vi.waitFor(async () => {
    const which = locked === 'advisory' ? sql`locktype = 'advisory'` : sql`relation = 'task_lease'::regclass`
    const { rows } = await sql`
      select 1 from pg_locks where ${which} and not granted
        and database = (select oid from pg_database where datname = current_database())`.execute(server.app.db)
    expect(rows).not.toEqual([])
  }, 20_000)

test.runIf(process.env.DATABASE_URL)('an export waits for a save under way, and has what that saved', async () => {
  const hands = await taskInHand(server)
  await save(hands, hands.held, 'a')
  const { db } = server.app
  const { saving, freezing } = await db.transaction().execute(async (tx) => {
    // Given a save that cannot end
    await sql`lock table task_lease in share row exclusive mode`.execute(tx)
    const saving = save(hands, hands.held, 'a', 'b')
    await whenWaiting('task_lease')
    // When an export begins
    const { project_id, manager } = hands.p
    const freezing = db.transaction().execute((own) => freezeExport(own, project_id, draft(manager.id)))
    await whenWaiting('advisory')
    return { saving, freezing }
  })
  await saving
  const { id } = await freezing
  expect(await objectsIn(hands, id)).toBe(2)
})
