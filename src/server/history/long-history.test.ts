// A task of more events than are read at once: all of them can be reached, page by page, whatever is looked for.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServer, testServer } from '../testing.ts'
import { MOST_EVENTS } from './queries.ts'

const EVENTS = 2 * MOST_EVENTS + 100

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

test('every event of a long history is on one page, and the only one of a person on the first', async () => {
  const p = await server.project()
  const { project_id } = p
  const [task_id = 0] = await p.tasks(1)
  const { api } = p.manager
  const { events: first } = await api.get_task_history({ project_id, task_id })
  const rare = await p.member('labeler')
  await sql`
    insert into task_event (project_id, task_id, number, kind, at, actor_id, actor_kind)
    select ${project_id}::int8, ${task_id}::int8, ${first.length}::int4 + i, 'opened', now(),
      case when i = 1 then ${rare.id}::int8 else ${p.manager.id}::int8 end, 'person'
    from generate_series(1, ${EVENTS}::int4) i`.execute(server.app.db)
  const seen: number[] = []
  for (let before: number | undefined; ; ) {
    const page = await api.get_task_history({ project_id, task_id, limit: 100, ...(before ? { before } : {}) })
    seen.push(...page.events.map((e) => e.number))
    if (page.next_before === null) break
    before = page.next_before
  }
  expect(seen).toEqual(Array.from({ length: EVENTS + first.length }, (_, i) => EVENTS + first.length - i))
  const theirs = await api.get_task_history({ project_id, task_id, person_id: rare.id })
  expect(theirs).toMatchObject({ events: [{ number: first.length + 1 }], next_before: null })
})
