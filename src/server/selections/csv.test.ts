// Tasks as CSV over HTTP: what each column becomes, names that hold anything, who gets the file, and readers who leave.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { urlOf } from '../../contract/client.ts'
import { TASK_FIELD_NAMES, type TaskFieldName } from '../../model/task-fields.ts'
import { purgeExpired } from '../jobs/purge-queries.ts'
import { describeTasks } from '../tasks/test-queries.ts'
import { arrange, openIt } from '../tasks/test-work.ts'
import { type TestPerson, type TestProject, type TestServer, testServer } from '../testing.ts'
import { CSV_COLUMNS } from './csv-queries.ts'
import { parseCsv } from './test-csv.ts'

let server: TestServer
let p: TestProject
let ids: number[]
let at: { project_id: number }
beforeAll(async () => {
  server = await testServer()
  p = await server.project()
  ids = await p.tasks(5)
  at = { project_id: p.project_id }
})
afterAll(() => server.close())

const prepare = (columns: TaskFieldName[], selected: number[], sort = 'id', who: TestPerson = p.manager) =>
  who.api.create_task_file({ ...at, selection: { ids: selected }, columns, sort })
const download = (file_id: number, who: TestPerson = p.manager) =>
  server.inject({
    url: urlOf('download_task_file', { ...at, file_id }),
    headers: { cookie: `pixlhub_session=${who.cookie}` },
  })
const csvOf = async (columns: TaskFieldName[], selected: number[], sort?: string) =>
  parseCsv((await download((await prepare(columns, selected, sort)).id)).body)

describe('what is in it', () => {
  test('every column under its own name, ids and names, durations in ms, moments as ISO 8601', async () => {
    const labeler = await p.member('labeler')
    const { id: batch_id } = await server.owner.create_batch({ ...at, name: 'Night, wet' })
    const moment = '2026-01-02T03:04:05.006Z'
    const [id] = ids as [number]
    await arrange(server, p.project_id, new Map([[id, {
      stage_id: p.stage('label'), assignee_id: labeler.id, duration_ms: 61_000, review_ms: 500, object_count: 3, class_counts: { 1: 2, 2: 1 },
      split: 'train', priority: -7, batch_id, queued_at: moment, is_returned: true, times_returned: 2, labelled_by_id: labeler.id,
      exported_at: moment,
    }]])) // biome-ignore format: a table
    await openIt(labeler.api, p.project_id, id)
    const row = (await p.manager.api.get_task({ ...at, task_id: id })).task
    const [titles, line] = await csvOf([...TASK_FIELD_NAMES], [id])
    expect(Object.fromEntries((titles as string[]).map((t, i) => [t, line?.[i]]))).toEqual({
      asset_id: String(row.asset_id), name: 'image-000001.jpg', stage_id: String(p.stage('label')), stage: 'Label',
      assignee_id: String(labeler.id), assignee: 'Labeler', duration_ms: '61000', object_count: '3', split: 'train', priority: '-7',
      batch_id: String(batch_id), batch: 'Night, wet', is_skipped: 'false', queued_at: moment, event_count: String(row.event_count),
      class_counts: '{"1":2,"2":1}', classes: 'car 2; person 1', folder: '', width: '640', height: '480',
      is_open: 'true', open_by_id: String(labeler.id), open_by: 'Labeler', is_returned: 'true', times_returned: '2', review_ms: '500',
      labelled_by_id: String(labeler.id), labelled_by: 'Labeler', reviewed_by_id: '', reviewed_by: '', skip_reason: '',
      skipped_by_id: '', skipped_by: '', created_at: row.created_at, updated_at: row.updated_at, completed_at: '', exported_at: moment,
      is_archived: 'false', id: String(id),
    }) // biome-ignore format: a table
  })

  test('exactly the columns that were asked for, in their order', async () => {
    expect(await csvOf(['split', 'id'], ids.slice(1, 2))).toEqual([
      ['split', 'id'],
      ['', String(ids[1])],
    ])
  })

  test('no two columns share a title', () => {
    const titles = Object.values(CSV_COLUMNS).flatMap((fields) => fields.map((f) => f.title))
    expect(titles.filter((t, i) => titles.indexOf(t) !== i)).toEqual([])
  })

  test('names with quotes, commas, lines and formulas', async () => {
    const names = ['a "b", c.jpg', 'two\nlines.jpg', 'lone\rreturn.jpg', '=HYPERLINK("http://x")', '-1+1']
    const rows = (await p.manager.api.list_tasks(at)).tasks
      .filter((t) => ids.includes(t.id))
      .sort((a, b) => a.id - b.id)
    await describeTasks(
      server,
      p.project_id,
      rows.map((t, i) => ({ ...t, name: names[i] as string, folder: '@dir' })),
    )
    const lines = (await csvOf(['name', 'folder'], ids)).slice(1)
    expect(lines).toEqual([
      ['a "b", c.jpg', "'@dir"], ['two\nlines.jpg', "'@dir"], ['lone\rreturn.jpg', "'@dir"],
      ['\'=HYPERLINK("http://x")', "'@dir"], ["'-1+1", "'@dir"],
    ]) // biome-ignore format: a table
  })

  test('a person and a batch that are called like a formula', async () => {
    const { id: batch_id } = await server.owner.create_batch({ ...at, name: '=1+1' })
    const [id] = ids as [number]
    await arrange(server, p.project_id, new Map([[id, { batch_id }]]))
    expect((await csvOf(['batch_id'], [id]))[1]).toEqual([String(batch_id), "'=1+1"])
  })

  test('it says what it is', async () => {
    const { headers } = await download((await prepare(['name'], ids)).id)
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(headers['content-disposition']).toMatch(/^attachment; filename=.*-tasks-\d+\.csv/)
  })

  test('the tasks and their order are those of the moment when it was asked for', async () => {
    const q = await server.project()
    const some = await q.tasks(3)
    const inQ = { project_id: q.project_id }
    const file = await q.manager.api.create_task_file({
      ...inQ, selection: { filter: { conditions: [{ field: 'priority', op: 'equals', value: 0 }] } }, columns: ['id', 'priority'], sort: 'priority',
    }) // biome-ignore format: one call
    await arrange(server, q.project_id, new Map([[some[0] as number, { priority: 9 }]]))
    await q.tasks(1)
    const { body } = await server.inject({
      url: urlOf('download_task_file', { ...inQ, file_id: file.id }),
      headers: { cookie: `pixlhub_session=${q.manager.cookie}` },
    })
    expect(parseCsv(body).slice(1)).toEqual(some.map((id, i) => [String(id), i === 0 ? '9' : '0']))
  })
})

describe('the file', () => {
  test('is of the person who asked for it, and of nobody else', async () => {
    const { id } = await prepare(['name'], ids)
    const reviewer = await p.member('reviewer')
    expect((await download(id, reviewer)).statusCode).toBe(404)
    await expect(reviewer.api.get_task_file({ ...at, file_id: id })).rejects.toMatchObject({ code: 'not_found' })
    const own = await prepare(['name'], ids, 'id', reviewer)
    expect((await download(own.id, reviewer)).statusCode).toBe(200)
  })

  test('says how far it is', async () => {
    const file = await prepare(['name'], ids)
    expect(file).toMatchObject({ total: 5, written: 0, state: 'ready' })
    await download(file.id)
    expect(await p.manager.api.get_task_file({ ...at, file_id: file.id })).toMatchObject({ written: 5, state: 'done' })
  })

  test('is gone after a day', async () => {
    const [old, young] = [await prepare(['name'], ids), await prepare(['name'], ids)]
    await sql`update task_file set created_at = now() - interval '25 hours' where id = ${old.id}`.execute(server.app.db)
    await purgeExpired(server.app.db)
    expect((await download(old.id)).statusCode).toBe(404)
    expect((await download(young.id)).statusCode).toBe(200)
  })
})

describe('readers who leave', () => {
  const ROWS = 200_000
  /** Some 40 MB without so many tasks: the same five again and again. */
  async function long(): Promise<number> {
    const { id } = await prepare(
      ['name', 'stage_id', 'duration_ms', 'class_counts', 'created_at', 'updated_at', 'size', 'folder', 'id'],
      ids,
    )
    await sql`update task_file set task_ids = decode(repeat(encode(task_ids, 'hex'), ${ROWS / 5}::int4), 'hex'), total = ${ROWS} where id = ${id}`.execute(
      server.app.db,
    )
    return id
  }
  const standing = (file_id: number) => p.manager.api.get_task_file({ ...at, file_id })
  const calm = async (file_id: number) => {
    for (let last = -1; ; ) {
      const now = await standing(file_id)
      if (now.written === last) return now
      last = now.written
      await new Promise((resolve) => setTimeout(resolve, 400))
    }
  }

  test('one who does not read holds the work up; one who goes ends it', async () => {
    const address = await server.server.listen({ port: 0, host: '127.0.0.1' })
    const file_id = await long()
    const leaving = new AbortController()
    const reply = await fetch(`${address}${urlOf('download_task_file', { ...at, file_id })}`, {
      headers: { cookie: `pixlhub_session=${p.manager.cookie}` },
      signal: leaving.signal,
    })
    expect(reply.status).toBe(200)
    const waiting = await calm(file_id)
    expect(waiting).toMatchObject({ state: 'writing' })
    expect(waiting.written).toBeLessThan(ROWS - 50_000)
    leaving.abort()
    await expect.poll(async () => (await standing(file_id)).state, { timeout: 10_000 }).toBe('stopped')
    const left = await calm(file_id)
    expect(left.written).toBeLessThan(ROWS - 50_000)
    // It can be fetched again, from the start.
    const again = await fetch(`${address}${urlOf('download_task_file', { ...at, file_id })}`, {
      headers: { cookie: `pixlhub_session=${p.manager.cookie}` },
    })
    let lines = 0
    let rest = ''
    const text = new TextDecoder()
    for await (const chunk of again.body as unknown as AsyncIterable<Uint8Array>) {
      const parts = (rest + text.decode(chunk, { stream: true })).split('\r\n')
      rest = parts.pop() as string
      lines += parts.length
    }
    expect(lines).toBe(ROWS + 1)
    expect(await standing(file_id)).toMatchObject({ state: 'done', written: ROWS })
  })
})
