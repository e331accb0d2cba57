// A task of more events than are read at once: all of them can be reached, page by page, whatever is looked for.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operate } from '../tasks/test-work.ts'
import { type TestServer, testServer } from '../testing.ts'
import { eventsOf, MOST_EVENTS } from './queries.ts'

const EVENTS = 2 * MOST_EVENTS + 100

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

/** A task with many events of a manager, the first of them of somebody else; before those, `first` events and one bulk operation. */
async function longHistory() {
  const p = await server.project()
  const { project_id } = p
  const [task_id = 0] = await p.tasks(1)
  const { api } = p.manager
  const operation = await operate(api, project_id, 'set-priority', { priority: 7 }, [task_id])
  const first = (await api.get_task_history({ project_id, task_id })).events.length
  const rare = await p.member('labeler')
  await sql`
    insert into task_event (project_id, task_id, number, kind, at, actor_id, actor_kind)
    select ${project_id}::int8, ${task_id}::int8, ${first}::int4 + i, 'opened', now(),
      case when i = 1 then ${rare.id}::int8 else ${p.manager.id}::int8 end, 'person'
    from generate_series(1, ${EVENTS}::int4) i`.execute(server.app.db)
  return { api, project_id, task_id, operation, first, rare }
}

test('every event of a long history is on one page, and the only one of a person on the first', async () => {
  const { api, project_id, task_id, first, rare } = await longHistory()
  const seen: number[] = []
  for (let before: number | undefined; ; ) {
    const page = await api.get_task_history({ project_id, task_id, limit: 100, ...(before ? { before } : {}) })
    seen.push(...page.events.map((e) => e.number))
    if (page.next_before === null) break
    before = page.next_before
  }
  expect(seen).toEqual(Array.from({ length: EVENTS + first }, (_, i) => EVENTS + first - i))
  const theirs = await api.get_task_history({ project_id, task_id, person_id: rare.id })
  expect(theirs).toMatchObject({ events: [{ number: first + 1 }], next_before: null })
})

test('the audit log finds what is further back than one reading', async () => {
  const { api, project_id, operation, first, rare } = await longHistory()
  const opened = await api.list_operation_events({ project_id, operation_id: operation.id })
  expect(opened.events.map(({ event }) => event.kind)).toEqual(['priority_set'])
  const theirs = await api.list_audit({ project_id, task: 'image', person_id: rare.id })
  expect(theirs.entries.map(({ event }) => event?.number)).toEqual([first + 1])
})

test('what bulk operations did is read once, however long the history', async () => {
  const { project_id, task_id } = await longHistory()
  let statements = 0
  const counted = server.app.db.withPlugin({
    transformQuery: ({ node }) => {
      statements++
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const readings: number[] = []
  for await (const events of eventsOf(counted, project_id, task_id, 0)) readings.push(events.length)
  expect(readings).toEqual([MOST_EVENTS, MOST_EVENTS, expect.any(Number)])
  expect(statements).toBe(1 + readings.length)
})
