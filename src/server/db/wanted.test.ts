// Statements whose asker is gone: stopped on a PostgreSQL server, not begun on the embedded database; nobody else's harmed.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { whileWanted } from './wanted.ts'

const isEmbedded = !process.env.DATABASE_URL
let server: TestServer
let p: TestProject
beforeAll(async () => {
  server = await testServer()
  p = await server.project()
  await p.tasks(3)
})
afterAll(() => server.close())

const one = async () => (await sql<{ n: number }>`select 1 as n`.execute(server.app.db)).rows[0]?.n

test('while it is wanted, a statement runs as any other', async () => {
  expect(await whileWanted(new AbortController().signal, one)).toBe(1)
})

test('no statement begins for one who is gone, and others go on', async () => {
  const gone = new AbortController()
  const work = whileWanted(gone.signal, async () => {
    await one()
    gone.abort(new Error('closed the dialog'))
    return one()
  })
  await expect(work).rejects.toThrow('closed the dialog')
  expect(await one()).toBe(1)
})

test('a transaction of one who is gone is rolled back', async () => {
  const gone = new AbortController()
  await sql`create table kept (n int)`.execute(server.app.db)
  const work = whileWanted(gone.signal, () =>
    server.app.db.transaction().execute(async (tx) => {
      await sql`insert into kept values (1)`.execute(tx)
      gone.abort()
      await sql`insert into kept values (2)`.execute(tx)
    }),
  )
  await expect(work).rejects.toThrow()
  expect((await sql`select n from kept`.execute(server.app.db)).rows).toEqual([])
})

test.skipIf(!isEmbedded)(
  'a statement that waits for the embedded database is not run once its asker is gone',
  async () => {
    const gone = new AbortController()
    await sql`create table late (n int)`.execute(server.app.db)
    let late: Promise<unknown> | undefined
    await server.app.db.transaction().execute(async (tx) => {
      late = whileWanted(gone.signal, () => sql`insert into late values (1)`.execute(server.app.db))
      late.catch(() => {})
      await sql`select 1`.execute(tx)
      gone.abort()
    })
    await expect(late).rejects.toThrow()
    expect((await sql`select n from late`.execute(server.app.db)).rows).toEqual([])
  },
)

describe.skipIf(isEmbedded)('on a PostgreSQL server', () => {
  let address: string
  beforeAll(async () => {
    address = await server.server.listen({ port: 0, host: '127.0.0.1' })
  })
  const running = async (part: string) =>
    (
      await sql`select 1 from pg_stat_activity where state = 'active' and query like ${`%${part}%`} and pid <> pg_backend_pid()`.execute(
        server.app.db,
      )
    ).rows.length

  test('a statement that runs is stopped', async () => {
    const gone = new AbortController()
    const work = whileWanted(gone.signal, () => sql`select pg_sleep(600) as left_alone`.execute(server.app.db))
    work.catch(() => {})
    await expect.poll(() => running('left_alone')).toBe(1)
    gone.abort()
    await expect(work).rejects.toThrow()
    expect(await running('left_alone')).toBe(0)
  })

  test.each([
    ['operations/preview', { name: 'set-priority', params: { priority: 1 } }],
    ['tasks/selection-count', {}],
  ])('%s ends with the connection of who asked', async (path, more) => {
    const waiting = async () =>
      (
        await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
          server.app.db,
        )
      ).rows.length
    await server.app.db.transaction().execute(async (tx) => {
      // Whoever reads tasks now waits.
      await sql`lock table task in access exclusive mode`.execute(tx)
      const leaving = new AbortController()
      const reply = fetch(`${address}/api/projects/${p.project_id}/${path}`, {
        method: 'POST',
        headers: { cookie: `pixlhub_session=${p.manager.cookie}`, 'content-type': 'application/json' },
        body: JSON.stringify({ selection: { filter: { conditions: [] }, all: true }, ...more }),
        signal: leaving.signal,
      })
      reply.catch(() => {})
      await expect.poll(waiting, { timeout: 10_000 }).toBe(1)
      leaving.abort()
      await expect.poll(waiting, { timeout: 10_000 }).toBe(0)
    })
  })
})
