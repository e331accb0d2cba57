// The pages of the Tasks table against a plain model in memory: every sort order, and what is wrong with a query.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SPLITS, type TaskRow } from '../../model/task.ts'
import { TASK_FIELD_NAMES, TASK_FIELDS, type TaskFieldName } from '../../model/task-fields.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { encodeCursor } from './filter-queries.ts'
import { type VariedTasks, variedTasks } from './test-varied-tasks.ts'

type Task = VariedTasks['tasks'][number]

let server: TestServer
let p: TestProject
let project_id: number
let tasks: readonly Task[]
let varied: VariedTasks

beforeAll(async () => {
  server = await testServer()
  varied = await variedTasks(server)
  ;({ p, project_id, tasks } = varied)
})
afterAll(() => server.close())

async function walk(query: { filter?: string; sort?: string }, limit = 7): Promise<number[]> {
  const got: number[] = []
  let cursor: string | undefined
  for (let page = 0; page < 50; page++) {
    const reply = await p.manager.api.list_tasks({ project_id, limit, ...query, ...(cursor ? { cursor } : {}) })
    got.push(...reply.tasks.map((t) => t.id))
    if (!reply.next_cursor) return got
    expect(reply.tasks).toHaveLength(limit)
    cursor = reply.next_cursor
  }
  throw new Error('the pages do not end')
}

type Key = string | number | null
function keyOf(t: Task, field: TaskFieldName): Key {
  if (field === 'stage_id') return p.project.stages.find((s) => s.id === t.stage_id)?.position ?? null
  if (field === 'assignee_id') return t.assignee_id === null ? null : (varied.names.get(t.assignee_id) as string)
  if (field === 'batch_id') return varied.batches.find((b) => b.id === t.batch_id)?.name ?? null
  if (field === 'split') return t.split === null ? null : SPLITS.indexOf(t.split)
  if (field === 'is_skipped') return Number(t.is_skipped)
  return t[field as keyof TaskRow] as Key
}

describe('sorting', () => {
  const sortable = TASK_FIELD_NAMES.filter((f) => TASK_FIELDS[f].sortable && f !== 'name' && f !== 'folder')
  for (const field of sortable)
    for (const direction of [1, -1])
      test(`${direction < 0 ? '-' : ''}${field}, in pages of 7`, async () => {
        const expected = tasks
          .filter((t) => !t.is_archived)
          .sort((a, b) => {
            const [x, y] = [keyOf(a, field), keyOf(b, field)]
            if (x === null || y === null)
              return (x === null ? 1 : 0) - (y === null ? 1 : 0) || direction * (a.id - b.id)
            return direction * (x < y ? -1 : x > y ? 1 : a.id - b.id)
          })
        expect(await walk({ sort: `${direction < 0 ? '-' : ''}${field}` })).toEqual(expected.map((t) => t.id))
      })

  // How capitals and punctuation stand to letters is the database's collation; that nothing is lost or doubled is ours.
  for (const sort of ['name', '-name', 'folder', '-folder'])
    test(`${sort}: the pages are the same list as one long page`, async () => {
      const long = await walk({ sort }, 100)
      expect(long).toHaveLength(tasks.filter((t) => !t.is_archived).length)
      expect(new Set(long).size).toBe(long.length)
      expect(await walk({ sort })).toEqual(long)
      const back = await walk({ sort: sort.startsWith('-') ? sort.slice(1) : `-${sort}` })
      expect(back.reverse()).toEqual(long)
    })

  test('without a word, the newest come first', async () => {
    expect(await walk({})).toEqual(await walk({ sort: '-id' }))
  })
})

describe('what is wrong gets 400, a code and a sentence', () => {
  test.each<[string, string, string]>([
    ['sort', 'colour', 'sort'],
    ['sort', 'thumbnail', 'thumbnail'],
    ['sort', '--id', 'sort'],
    ['sort', 'constructor', 'sort'],
    ['sort', 'id;drop table task', 'sort'],
  ])('%s=%s', async (key, value, named) => {
    await expect(p.manager.api.list_tasks({ project_id, [key]: value })).rejects.toMatchObject({
      status: 400,
      code: 'unknown_field',
      message: expect.stringContaining(named),
    })
  })

  const of = (sort: string, key: unknown, id: unknown = 5) => encodeCursor({ sort, key, id } as never)
  test.each<[string, string, string]>([
    ['id', 'garbage', 'nothing'],
    ['id', of('-id', 5), 'another order'],
    ['-created_at', of('-created_at', 'foo'), 'no moment'],
    ['-created_at', of('-created_at', 5), 'a number for a moment'],
    ['-created_at', of('-created_at', '+275760-09-13T00:00:00.000Z'), 'a year that PostgreSQL does not know'],
    ['priority', of('priority', 'x'), 'a text for a number'],
    ['priority', of('priority', 1.5), 'a fraction'],
    ['priority', of('priority', 1e30), 'too large a number'],
    ['split', of('split', 1e12), 'too large a rank'],
    ['name', of('name', 7), 'a number for a text'],
    ['name', of('name', 'a\u0000'), 'a text that no database holds'],
    ['priority', of('priority', null), 'nothing where nothing is empty'],
    ['id', of('id', 5, 'x'), 'no id'],
    ['id', of('id', 5, -1), 'a negative id'],
  ])('cursor of %s: %s (%s)', async (sort, cursor) => {
    await expect(p.manager.api.list_tasks({ project_id, sort, cursor })).rejects.toMatchObject({
      status: 400,
      code: 'invalid_cursor',
      message: expect.stringContaining('cursor'),
    })
  })

  test('limits and unknown query fields', async () => {
    for (const query of ['limit=0', 'limit=501', 'limit=x', 'limit=1&limit=2', 'colour=red']) {
      const reply = await server.inject({
        method: 'GET',
        url: `/api/projects/${project_id}/tasks?${query}`,
        headers: { cookie: `pixlhub_session=${p.manager.cookie}` },
      })
      expect([query, reply.statusCode, reply.json().code]).toEqual([query, 400, 'invalid_input'])
      expect(reply.json().detail).toContain(query.split('=')[0])
    }
  })
})
