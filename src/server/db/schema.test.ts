// The database's columns against what the code says about them; values in and out; the one writer of tasks.
import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TaskSchema } from '../../contract/tasks.ts'
import { type FieldType, TASK_FIELD_NAMES, TASK_FIELDS, type TaskFieldName } from '../../model/task-fields.ts'
import { task } from '../../model/test-task.ts'
import { type TestServer, testServer } from '../testing.ts'
import { array } from './array.ts'
import { migrate } from './migrate.ts'

type Column = { table_name: string; column_name: string; data_type: string; is_nullable: 'YES' | 'NO' }
let server: TestServer
let columns: Column[]
beforeAll(async () => {
  server = await testServer()
  const { rows } = await sql<Column>`
    select table_name::text, column_name::text, data_type::text, is_nullable::text from information_schema.columns where table_schema = 'public'`.execute(
    server.app.db,
  )
  columns = rows
})
afterAll(() => server.close())

const columnsOf = (table: string) => columns.filter((c) => c.table_name === table)
const names = (table: string) =>
  columnsOf(table)
    .map((c) => c.column_name)
    .sort()

test('tables.ts names every table and column of the database, and no other', async () => {
  const text = await readFile(new URL('./tables.ts', import.meta.url), 'utf8')
  const types = new Map(
    [...text.matchAll(/export type (\w+) = \{([\s\S]*?)\}\n/g)].map(([, name, body]) => [name, body as string]),
  )
  const listed = [...(types.get('Tables') ?? '').matchAll(/(\w+): (\w+Table)/g)].map(
    ([, table, type]) => ({ table, type }) as { table: string; type: string },
  )
  const tables = [...new Set(columns.map((c) => c.table_name))].filter((t) => t !== 'migration').sort()
  expect(listed.map((l) => l.table).sort()).toEqual(tables)
  for (const { table, type } of listed) {
    if (table === 'task') continue
    const fields = [...(types.get(type) as string).matchAll(/(?:^|[;\n{])\s*(\w+): ([^;\n]+)/g)].map(
      ([, name, of]) => ({ name, of }) as { name: string; of: string },
    )
    expect(fields.map((f) => f.name).sort(), table).toEqual(names(table))
    for (const { name, of } of fields) {
      const column = columnsOf(table).find((c) => c.column_name === name)
      expect([name, of.includes('null')], table).toEqual([name, column?.is_nullable === 'YES'])
    }
  }
})

test('a task row has exactly the columns of the table, null where the table allows it', () => {
  const { lease: _lease, lapsed_session_id: _lapsed, ...row } = task()
  expect(Object.keys(row).sort()).toEqual(names('task'))
  for (const [name, value] of Object.entries(row))
    if (value === null)
      expect([name, columnsOf('task').find((c) => c.column_name === name)?.is_nullable]).toEqual([name, 'YES'])
})

test('every column of the Tasks page is a column of the table or known to be made up, and has a fitting type', () => {
  const madeUp = new Set<TaskFieldName>(['thumbnail', 'history', 'size', 'is_open'])
  const types: Partial<Record<FieldType, string[]>> = {
    id: ['bigint'], person: ['bigint'], batch: ['bigint'], stage: ['integer'], text: ['text'], split: ['text'], reason: ['text'],
    number: ['integer'], duration: ['bigint'], moment: ['timestamp with time zone'], flag: ['boolean'], classes: ['jsonb'],
  } // biome-ignore format: one list
  for (const name of TASK_FIELD_NAMES) {
    if (madeUp.has(name)) continue
    const column = columnsOf('task').find((c) => c.column_name === name)
    expect(column, name).toBeDefined()
    expect(types[TASK_FIELDS[name].type], name).toContain(column?.data_type)
  }
})

test('the reply’s task is made of the table’s columns', () => {
  const fields = Object.keys((TaskSchema as unknown as { properties: object }).properties).filter((f) => f !== 'lease')
  expect(fields.filter((f) => !names('task').includes(f))).toEqual([])
})

test('every table of a project begins its key with project_id, and no foreign key crosses it', async () => {
  const { rows } = await sql<{ table: string; first: string }>`
    select c.relname::text as table, a.attname::text as first from pg_constraint k join pg_class c on c.oid = k.conrelid
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1] where k.contype = 'p' and c.relnamespace = 'public'::regnamespace`.execute(
    server.app.db,
  )
  const ofProject = rows.filter((r) => names(r.table).includes('project_id') && r.table !== 'invitation')
  expect(ofProject.filter((r) => r.first !== 'project_id')).toEqual([])
  const keys = await sql<{ table: string }>`
    select distinct conrelid::regclass::text as table from pg_constraint where contype = 'f' and conrelid in ('task'::regclass, 'task_event'::regclass, 'asset'::regclass, 'operation_group'::regclass)`.execute(
    server.app.db,
  )
  expect(keys.rows).toEqual([])
})

test('only history/record.ts writes tasks', async () => {
  const p = await server.project()
  const [id] = await p.tasks(1)
  const { db } = server.app
  for (const write of [
    sql`update task set priority = 5 where project_id = ${p.project_id} and id = ${id}`,
    sql`delete from task where project_id = ${p.project_id}`,
    sql`truncate task`,
    sql`insert into task (project_id, asset_id, name, folder, width, height, stage_id) values (${p.project_id}, 1, 'x', '', 1, 1, 1)`,
  ])
    await expect(write.execute(db)).rejects.toThrow('tasks are changed through history/record.ts only')
  // The word is the transaction's: the next one on the same connection needs it anew.
  await db.transaction().execute((tx) => sql`select set_config('pixlhub.task_writer', 'record', true)`.execute(tx))
  await expect(sql`update task set priority = 5 where project_id = ${p.project_id}`.execute(db)).rejects.toThrow(
    'record.ts only',
  )
  expect((await p.manager.api.list_tasks({ project_id: p.project_id })).tasks).toMatchObject([{ priority: 0 }])
})

test('values come back as the code expects them', async () => {
  const { rows } = await sql`
    select 9007199254740991::int8 as big, 1.5::numeric as numeric, sum(x)::int8 as sum, count(*) as count, true as flag, '{"a": [1]}'::jsonb as json,
      '2026-11-24 18:34:43.67+00'::timestamptz(3) as moment, '2026-11-24 20:34:43.6+02'::timestamptz(3) as offset_moment, '2026-01-01'::timestamptz(3) as whole, 1.5::real as real
    from generate_series(1, 3) x`.execute(server.app.db)
  expect(rows).toEqual([{
    big: 9007199254740991, numeric: 1.5, sum: 6, count: 3, flag: true, json: { a: [1] }, moment: '2026-11-24T18:34:43.670Z',
    offset_moment: '2026-11-24T18:34:43.600Z', whole: '2026-01-01T00:00:00.000Z', real: 1.5,
  }]) // biome-ignore format: one list
})

test('texts travel in arrays unharmed', async () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('NULL', '', '{}', '"', '\\', '\\"', ',', ' a ', '\n', "'"),
  )
  const storable = text.filter((t) => !t.includes('\0') && t.isWellFormed())
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(storable), { maxLength: 20 }), async (values) => {
      const { rows } = await sql<{
        v: string | null
      }>`select v from unnest(${array(values, 'text')}) with ordinality as x(v, n) order by n`.execute(server.app.db)
      expect(rows.map((r) => r.v)).toEqual(values)
    }),
    { numRuns: 60 },
  )
})

test('migrating again, by two servers at once, changes nothing', async () => {
  const before = await sql`select * from migration`.execute(server.app.db)
  await Promise.all([migrate(server.app.db), migrate(server.app.db)])
  expect((await sql`select * from migration`.execute(server.app.db)).rows).toEqual(before.rows)
})
