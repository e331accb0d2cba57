// Every run of Auto split is stored, can be listed, replayed and downloaded.
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SplitRun } from '../../contract/split-runs.ts'
import { finished } from '../operations/test-set.ts'
import { operate, rowsOf } from '../tasks/test-work.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const PARAMS = { kind: 'auto', seed: 'one', percents: { train: 50, validation: 25, test: 25 }, mode: 'unassigned', base: 'new' } as const // biome-ignore format: one row

/** An Auto split of all tasks. */
const run = ({ manager, project_id }: TestProject, params: object = PARAMS) =>
  manager.api.run_operation({
    project_id,
    name: 'set-split',
    params,
    selection: { filter: { conditions: [] }, all: true },
    key: randomUUID(),
  })

const download = (p: TestProject, operation_id: number, format: string) =>
  server.inject({
    method: 'GET',
    url: `/api/projects/${p.project_id}/split-runs/${operation_id}/tasks?format=${format}`,
    headers: { cookie: `pixlhub_session=${p.manager.cookie}` },
  })

test('a run is listed with its seed, percents, scope and what was reached; by hand is no run', async () => {
  const p = await server.project()
  const ids = await p.tasks(8)
  const operation = await run(p)
  await operate(p.manager.api, p.project_id, 'set-split', { kind: 'manual', split: 'test' }, ids.slice(0, 1))
  const runs = await p.manager.api.list_split_runs({ project_id: p.project_id })
  expect(runs).toEqual([
    {
      operation_id: operation.id,
      params: PARAMS,
      selection: { filter: { conditions: [] }, all: true },
      state: 'done',
      total: 8,
      applied: 8,
      unchanged: 0,
      refused: 0,
      undone_by_id: null,
      actor_name: 'Manager',
      created_at: operation.created_at,
      report: {
        kind: 'split',
        planned: 8,
        reached: [
          { split: 'train', tasks: 4, wanted: 4, percent: 50 },
          { split: 'validation', tasks: 2, wanted: 2, percent: 25 },
          { split: 'test', tasks: 2, wanted: 2, percent: 25 },
        ],
        groups: null,
        strata: null,
      },
    },
  ])
})

test('newest first, in pages', async () => {
  const p = await server.project()
  await p.tasks(4)
  const ids = [(await run(p)).id, (await run(p, { ...PARAMS, mode: 'everything', seed: 'two' })).id]
  const page = async (before?: number) =>
    (await p.manager.api.list_split_runs({ project_id: p.project_id, limit: 1, ...(before ? { before } : {}) })).map((r) => r.operation_id) // biome-ignore format: one call
  expect(await page()).toEqual([ids[1]])
  expect(await page(ids[1])).toEqual([ids[0]])
  expect(await page(ids[0])).toEqual([])
})

test('a run replays: the same parameters and selection give the same splits', async () => {
  const p = await server.project()
  const ids = await p.tasks(20)
  await run(p)
  const splits = (await rowsOf(server, p.project_id)).map((t) => t.split)
  await operate(p.manager.api, p.project_id, 'set-split', { kind: 'manual', split: null }, ids)
  const [{ params, selection }] = (await p.manager.api.list_split_runs({ project_id: p.project_id })) as [SplitRun]
  await p.manager.api.run_operation({
    project_id: p.project_id,
    name: 'set-split',
    params,
    selection,
    key: randomUUID(),
  })
  expect((await rowsOf(server, p.project_id)).map((t) => t.split)).toEqual(splits)
})

test('the download names task, name, key and split as they were given, also when they were changed since', async () => {
  const p = await server.project()
  const ids = await p.tasks(5)
  const operation = await run(p)
  const given = await rowsOf(server, p.project_id)
  await operate(p.manager.api, p.project_id, 'set-split', { kind: 'manual', split: null }, ids)
  const assets = await server.app.db.selectFrom('asset').select(['id', 'content_hash']).where('project_id', '=', p.project_id).execute() // biome-ignore format: one query
  const key = (asset_id: number) => assets.find((a) => a.id === asset_id)?.content_hash as string
  const lines = given.map((t) => [t.id, t.name, '', key(t.asset_id), '', t.split].join(','))
  const csv = await download(p, operation.id, 'csv')
  expect(csv.headers['content-disposition']).toContain(`split-${operation.id}.csv`)
  expect(csv.body.trim().split('\n')).toEqual(['task_id,name,folder,key,group_key,split', ...lines])
  const json = (await download(p, operation.id, 'json')).json()
  expect(json).toMatchObject({ operation_id: operation.id, params: PARAMS, report: { planned: 5 } })
  expect(json.tasks).toEqual(
    given.map((t) => ({
      task_id: t.id,
      name: t.name,
      folder: '',
      key: key(t.asset_id),
      group_key: null,
      split: t.split,
    })),
  )
  // Who has the seed and the keys can check the order without the program.
  const first = [...given].sort((a, b) => (hash(key(a.asset_id)) < hash(key(b.asset_id)) ? -1 : 1)).slice(0, 3)
  expect(first.slice(0, 2).every((t) => t.split === 'train')).toBe(true)
})
const hash = (key: string) => createHash('sha256').update(PARAMS.seed).update(key).digest('hex')

test('a grouped run names the groups; a run that is not kept, or of another project, is not found', async () => {
  const p = await server.project()
  const { id: batch_id } = await p.manager.api.create_batch({ project_id: p.project_id, name: 'Monday' })
  await p.tasks(3, { batch_id })
  await p.tasks(2, { prefix: 'alone' })
  const operation = await run(p, { ...PARAMS, group_by: { by: 'batch' } })
  const { tasks } = (await download(p, operation.id, 'json')).json() as { tasks: { group_key: string | null }[] }
  expect(tasks.map((t) => t.group_key)).toEqual(['Monday', 'Monday', 'Monday', null, null])
  const other = await server.project()
  expect((await download(other, operation.id, 'csv')).statusCode).toBe(404)
  expect((await download(p, operation.id + 1000, 'csv')).statusCode).toBe(404)
  expect((await download(p, operation.id, 'pdf')).statusCode).toBe(400)
})

test('more tasks than a part holds come out whole, each once, also after a part without any', async () => {
  const p = await server.project()
  const ids = await p.tasks(2300)
  const ended = (operation: { id: number }) => finished(p.manager.api, p.project_id, operation.id)
  const byHand = async (split: string | null, some: number[]) => {
    await ended(await operate(p.manager.api, p.project_id, 'set-split', { kind: 'manual', split }, some))
  }
  const listed = async () => {
    const { id } = await ended(await run(p))
    const { body } = await download(p, id, 'csv')
    return body.trim().split('\n').slice(1).map((line) => Number(line.split(',')[0])) // biome-ignore format: one chain
  }
  await byHand('test', ids.slice(0, 1200))
  expect(await listed()).toEqual(ids.slice(1200))
  await byHand(null, ids)
  expect(await listed()).toEqual(ids)
})
