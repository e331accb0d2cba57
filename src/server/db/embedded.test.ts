// The embedded database: one connection, so whoever holds it holds the database.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { array } from './array.ts'
import { type OpenDatabase, openDatabase } from './connect.ts'
import { EmbeddedDialect } from './embedded-dialect.ts'
import { preparedStatement } from './prepared.ts'
import { forTasks, prepared, runSequence } from './sequence.ts'

let folder: string
let open: OpenDatabase
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixlhub-embedded-'))
  open = await openDatabase({ data_dir: folder, database_url: null })
  await sql`create table note (text text primary key)`.execute(open.db)
})
afterAll(async () => {
  await open.close()
  await rm(folder, { recursive: true, force: true })
})

const notes = async () =>
  (await sql<{ text: string }>`select text from note order by text`.execute(open.db)).rows.map((r) => r.text)
const add = (db: Parameters<ReturnType<typeof sql>['execute']>[0], text: string) =>
  sql`insert into note values (${text})`.execute(db)

test('a statement outside waits for an open transaction, and sees what it committed', async () => {
  const order: string[] = []
  const inside = open.db.transaction().execute(async (tx) => {
    await add(tx, 'inside 1')
    await new Promise((resolve) => setTimeout(resolve, 100))
    await add(tx, 'inside 2')
    order.push('inside')
  })
  await new Promise((resolve) => setTimeout(resolve, 20))
  const outside = notes().then((seen) => {
    order.push('outside')
    return seen
  })
  await inside
  expect(await outside).toEqual(['inside 1', 'inside 2'])
  expect(order).toEqual(['inside', 'outside'])
})

test('what is written outside is not rolled back with somebody’s transaction', async () => {
  const failing = open.db.transaction().execute(async (tx) => {
    await add(tx, 'gone')
    await new Promise((resolve) => setTimeout(resolve, 50))
    throw new Error('changed my mind')
  })
  await new Promise((resolve) => setTimeout(resolve, 10))
  const outside = add(open.db, 'stays')
  await expect(failing).rejects.toThrow('changed my mind')
  await outside
  expect(await notes()).toEqual(['inside 1', 'inside 2', 'stays'])
})

test('a hundred transactions at once take turns', async () => {
  await sql`create table counter (n int)`.execute(open.db)
  await sql`insert into counter values (0)`.execute(open.db)
  await Promise.all(
    Array.from({ length: 100 }, () =>
      open.db.transaction().execute(async (tx) => {
        const { rows } = await sql<{ n: number }>`select n from counter`.execute(tx)
        await sql`update counter set n = ${(rows[0]?.n as number) + 1}`.execute(tx)
      }),
    ),
  )
  expect((await sql<{ n: number }>`select n from counter`.execute(open.db)).rows).toEqual([{ n: 100 }])
})

test('errors carry the SQLSTATE, and the connection goes on', async () => {
  await expect(add(open.db, 'stays')).rejects.toMatchObject({ code: '23505', constraint: 'note_pkey' })
  await expect(sql`select nonsense`.execute(open.db)).rejects.toMatchObject({ code: '42703' })
  const failed = open.db.transaction().execute(async (tx) => {
    await add(tx, 'stays').catch(() => {})
    await add(tx, 'more')
  })
  await expect(failed).rejects.toMatchObject({ code: '25P02' })
  expect(await notes()).toContain('stays')
})

describe('statements in one message', () => {
  const inOneGo = (texts: string[], isRefused = false) =>
    open.db
      .transaction()
      .execute((tx) =>
        runSequence(tx, [
          prepared('embedded_add', sql`insert into note values (${texts[0]}) returning text`),
          forTasks(
            'embedded_add_many',
            texts.length,
            sql`insert into note select unnest(${array(texts.slice(1), 'text')})`,
          ),
          ...(isRefused ? [prepared('embedded_refused', sql`select 1 / (select 0 from note limit 1)`)] : []),
          prepared('embedded_count', sql<{ n: number }>`select count(*)::int4 as n from note`),
        ]),
      )

  test('answer each for itself, and see what those before them did', async () => {
    const before = (await notes()).length
    const [added, many, counted] = await inOneGo(['one', 'two', 'three'])
    expect([added, many, counted]).toEqual([[{ text: 'one' }], [], [{ n: before + 3 }]])
  })

  test('stop at the one that fails; the transaction is undone, and the next goes on', async () => {
    const before = await notes()
    await expect(inOneGo(['four', 'five'], true)).rejects.toMatchObject({ code: '22012' })
    expect(await notes()).toEqual(before)
    await inOneGo(['four', 'five'])
    expect(await notes()).toEqual([...before, 'four', 'five'].sort())
  })

  test('a transaction without a statement is none', async () => {
    expect(await open.db.transaction().execute(async () => 'nothing')).toBe('nothing')
    const failing = open.db.transaction().execute(() => Promise.reject(new Error('before the first')))
    await expect(failing).rejects.toThrow('before the first')
    expect(await notes()).toContain('one')
  })
})

test('after the worker has stopped a statement is refused instead of waiting for ever', async () => {
  const other = await mkdtemp(join(tmpdir(), 'pixlhub-embedded-'))
  const ended = vi.fn()
  const driver = new EmbeddedDialect(join(other, 'database'), ended).createDriver()
  await driver.init()
  const connection = await driver.acquireConnection()
  await driver.destroy()
  const tried = connection.executeQuery(CompiledQuery.raw('select 1'))
  const silence = new Promise((resolve) => setTimeout(resolve, 3000, 'silence'))
  await expect(Promise.race([tried, silence])).rejects.toThrow('the embedded database has stopped')
  expect(ended).not.toHaveBeenCalled()
  await rm(other, { recursive: true, force: true })
})

test('a worker that ends by itself is told, so that the server ends too', async () => {
  const other = await mkdtemp(join(tmpdir(), 'pixlhub-embedded-'))
  const ended = vi.fn()
  const driver = new EmbeddedDialect(join(other, 'database'), ended).createDriver()
  const started = new Promise<Worker>((resolve) => process.once('worker', resolve))
  await driver.init()
  await (await started).terminate()
  await expect.poll(() => ended.mock.calls.length).toBe(1)
  expect(String(ended.mock.lastCall)).toContain('The embedded database has stopped')
  await rm(other, { recursive: true, force: true })
})

describe('a prepared statement', () => {
  const echo = preparedStatement<{ text: string | null; at: string; n: number; flag: boolean; document: object }>(
    'embedded_echo',
    `select $1::text as text, $2::timestamptz(3) as at, $3::int8 as n, $4::bool as flag, jsonb_build_object('n', $3::int8) as document`,
  )
  const note = preparedStatement('embedded_note', 'insert into note values ($1)')

  test('gives the same values as any other statement, each time', async () => {
    const at = '2026-11-24T18:34:43.670Z'
    const rows = [
      { text: 'a ’b', n: 1, flag: true },
      { text: null, n: -5_000_000_000, flag: false },
      { text: '', n: 0, flag: true },
    ]
    for (const { text, n, flag } of rows)
      expect((await echo(open.db, [text, at, n, flag])).rows).toEqual([{ text, at, n, flag, document: { n } }])
  })

  test('counts what it changed, and fails as any other statement', async () => {
    expect((await note(open.db, ['prepared'])).numAffectedRows).toBe(1n)
    await expect(note(open.db, ['prepared'])).rejects.toMatchObject({ code: '23505', constraint: 'note_pkey' })
    expect((await note(open.db, ['prepared again'])).numAffectedRows).toBe(1n)
    const failing = open.db.transaction().execute(async (tx) => {
      await note(tx, ['rolled back'])
      await note(tx, ['prepared'])
    })
    await expect(failing).rejects.toMatchObject({ code: '23505' })
    expect(await notes()).not.toContain('rolled back')
  })

  test('that cannot be planned can be tried again', async () => {
    const early = preparedStatement('embedded_early', 'select $1::int4 from not_yet')
    await expect(early(open.db, [1])).rejects.toMatchObject({ code: '42P01' })
    await expect(early(open.db, [1])).rejects.toMatchObject({ code: '42P01' })
    await sql`create table not_yet ()`.execute(open.db)
    expect((await early(open.db, [1])).rows).toEqual([])
  })
})
