// What would come next, seen before it is claimed: the claim's order and rights, and nothing is held by looking.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServer, testServer } from '../testing.ts'
import { arrange, claim, openIt, rowOf, rowsOf } from './test-work.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

test('it is what claims then give, in their order, and looking changes nothing', async () => {
  const p = await server.project()
  const { project_id } = p
  const ids = await p.tasks(5, { stage_id: p.stage('label') })
  const me = await p.member('labeler', 'me')
  const other = await p.member('labeler', 'other')
  const [mine = 0, returned = 0, theirs = 0, skipped = 0, pool = 0] = ids
  await arrange(
    server,
    project_id,
    new Map([
      [mine, { assignee_id: me.id }],
      [returned, { assignee_id: me.id, is_returned: true }],
      [theirs, { assignee_id: other.id, priority: 9 }],
      [skipped, { skipper_ids: [me.id], priority: 9 }],
    ]),
  )
  const asset = async (id: number) => (await rowOf(server, project_id, id)).asset_id
  const next = async () => (await me.api.get_upcoming({ project_id, kind: 'label' })).asset_ids
  const before = await rowsOf(server, project_id)
  expect(await next()).toEqual([await asset(returned), await asset(mine)])
  expect(await rowsOf(server, project_id)).toEqual(before)

  const first = await claim(me.api, project_id)
  expect(first.task_id).toBe(returned)
  expect(await next()).toEqual([await asset(mine), await asset(pool)])
  await me.api.submit_task(first)
  const second = await claim(me.api, project_id)
  expect(second.task_id).toBe(mine)
  await me.api.submit_task(second)
  expect((await claim(me.api, project_id)).task_id).toBe(pool)
  expect(await next()).toEqual([])
})

test('nobody’s own work is next for review', async () => {
  const p = await server.project()
  const { project_id } = p
  const [task_id = 0] = await p.tasks(1, { stage_id: p.stage('review') })
  const [me, another] = [await p.member('reviewer', 'me'), await p.member('reviewer', 'another')]
  await arrange(server, project_id, new Map([[task_id, { labelled_by_id: me.id }]]))
  expect((await me.api.get_upcoming({ project_id, kind: 'review' })).asset_ids).toEqual([])
  expect((await another.api.get_upcoming({ project_id, kind: 'review' })).asset_ids).toHaveLength(1)
  const labeler = await p.member('labeler')
  expect((await labeler.api.get_upcoming({ project_id, kind: 'review' })).asset_ids).toEqual([])
})

test('the image is shown to whom it is next for, and to no other labeler', async () => {
  const p = await server.project()
  const { project_id } = p
  const [task_id = 0] = await p.tasks(1, { stage_id: p.stage('label') })
  const [me, other] = [await p.member('labeler', 'me'), await p.member('labeler', 'other')]
  await arrange(server, project_id, new Map([[task_id, { assignee_id: me.id }]]))
  const { asset_id } = await rowOf(server, project_id, task_id)
  const get = (cookie: string) =>
    server.inject({
      method: 'GET',
      url: `/api/projects/${project_id}/queue/upcoming/${asset_id}/image?kind=label`,
      headers: { cookie: `pixlhub_session=${cookie}` },
    })
  // These tasks have no files: the right is granted, the file is missing.
  expect((await get(me.cookie)).body).toContain('missing from the data folder')
  expect((await get(other.cookie)).body).not.toContain('missing from the data folder')
  expect((await get(other.cookie)).statusCode).toBe(404)
})

test('of the pool a labeler is told two images and no task; who may see all tasks sees them in the queue', async () => {
  const p = await server.project()
  const { project_id } = p
  const ids = await p.tasks(3, { stage_id: p.stage('label') })
  const assets = await Promise.all(ids.map(async (id) => (await rowOf(server, project_id, id)).asset_id))
  const [labeler, reviewer] = [await p.member('labeler'), await p.member('reviewer')]
  const queueOf = async ({ api }: typeof labeler) =>
    (await api.list_queue({ project_id, kind: 'label' })).tasks.map((t) => t.id)
  expect(await labeler.api.get_upcoming({ project_id, kind: 'label' })).toEqual({ asset_ids: assets.slice(0, 2) })
  expect([await queueOf(labeler), await queueOf(reviewer)]).toEqual([[], ids])

  const status = async (path: string) => {
    const headers = { cookie: `pixlhub_session=${labeler.cookie}` }
    const reply = await server.inject({ method: 'GET', url: `/api/projects/${project_id}/${path}`, headers })
    return reply.body.includes('missing from the data folder') ? 'granted' : reply.statusCode
  }
  const ahead = (asset_id: number | undefined) => status(`queue/upcoming/${asset_id}/image?kind=label`)
  expect(await Promise.all(assets.map(ahead))).toEqual(['granted', 'granted', 404])
  expect(await status(`assets/${assets[0]}/image`)).toBe(404)
  expect(await status(`tasks/${ids[0]}`)).toBe(404)

  // What is claimed is theirs, also by the way that was told before; the images ahead move on by one.
  const { task_id } = await claim(labeler.api, project_id)
  expect([task_id, await queueOf(labeler)]).toEqual([ids[0], [ids[0]]])
  expect(await Promise.all(assets.map(ahead))).toEqual(['granted', 'granted', 'granted'])
})

test('what was told to come next is shown, however many tasks the person has open', async () => {
  const p = await server.project()
  const { project_id } = p
  const ids = await p.tasks(6, { stage_id: p.stage('label') })
  const labeler = await p.member('labeler')
  await arrange(server, project_id, new Map(ids.slice(0, 4).map((id) => [id, { assignee_id: labeler.id }])))
  for (const id of ids.slice(0, 4)) await openIt(labeler.api, project_id, id)
  const { asset_ids } = await labeler.api.get_upcoming({ project_id, kind: 'label' })
  expect(asset_ids).toHaveLength(2)
  for (const asset_id of asset_ids) {
    const url = `/api/projects/${project_id}/queue/upcoming/${asset_id}/image?kind=label`
    const reply = await server.inject({ method: 'GET', url, headers: { cookie: `pixlhub_session=${labeler.cookie}` } })
    expect(reply.body).toContain('missing from the data folder')
  }
})
