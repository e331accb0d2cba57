// A large export stamps its tasks step by step, each a transaction of its own.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STAMPED_AT_ONCE } from '../history/exported.ts'
import { rowsOf } from '../tasks/test-work.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { stampJob } from './stamp-job.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const ALL = { filter: { conditions: [] }, all: true as const }
const exportOf = (p: TestProject, selection: object) =>
  p.manager.api.create_export({
    project_id: p.project_id,
    format: 'coco',
    with_images: false,
    selection: selection as typeof ALL,
  })
const stampsOf = async (p: TestProject) => (await rowsOf(server, p.project_id)).map((t) => t.exported_at)

test('what is frozen can be had at once; its tasks are stamped by steps, and a restart goes on with the rest', async () => {
  const p = await server.project()
  const ids = await p.tasks(2 * STAMPED_AT_ONCE + 1)
  // Given a server that stops before it stamped anything
  await server.app.background.stop()
  const large = await exportOf(p, ALL)
  expect(large.task_count).toBe(ids.length)
  const small = await exportOf(p, { ids: [ids[0] as number, ids.at(-1) as number] })
  const untouched = (await stampsOf(p)).slice(1, -1)
  expect(untouched.every((at) => at === null)).toBe(true)
  // Whoever asks now what would be changed is told of all that left the house
  const preview = { project_id: p.project_id, name: 'set-priority', params: { priority: 1 }, selection: ALL }
  expect(await p.manager.api.preview_operation(preview)).toMatchObject({ total: ids.length, exported: ids.length })
  // When another goes on, step by step
  const counts: number[] = []
  const next = () => stampJob(server.app).run(new AbortController().signal)
  while (await next()) counts.push((await stampsOf(p)).filter((at) => at === large.created_at).length)
  // Then each is stamped once, and a later export's stamp stays
  expect(counts).toEqual([STAMPED_AT_ONCE - 1, 2 * STAMPED_AT_ONCE - 1, 2 * STAMPED_AT_ONCE - 1])
  const stamps = await stampsOf(p)
  expect([stamps[0], stamps.at(-1)]).toEqual([small.created_at, small.created_at])
  expect(stamps.every((at) => at !== null)).toBe(true)
  expect(await next()).toBe(false)
})
