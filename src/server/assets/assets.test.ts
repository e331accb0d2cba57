import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture } from '../images/test-images.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { thumbnailJob } from './thumbnail-job.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

async function upload(p: TestProject, names: string[]) {
  const { api } = p.manager
  const { id: import_id } = await api.create_import({ project_id: p.project_id, kind: 'images' })
  for (const [i, name] of names.entries())
    await api.upload_file(
      { project_id: p.project_id, import_id, name },
      { bytes: await picture('png', { seed: i, width: 8, height: 8 }) },
    )
}

test('the list is paged by name, ties by id, with an exact total', async () => {
  const p = await server.project()
  await upload(p, ['b.png', 'x/a.png', 'y/a.png', 'c.png', 'z/a.png'])
  const seen: { id: number; name: string }[] = []
  let cursor: string | undefined
  do {
    const page = await p.manager.api.list_assets({ project_id: p.project_id, limit: 2, ...(cursor ? { cursor } : {}) })
    expect(page.total).toBe(5)
    seen.push(...page.assets)
    cursor = page.next_cursor ?? undefined
  } while (cursor)
  expect(seen.map((a) => a.name)).toEqual(['a.png', 'a.png', 'a.png', 'b.png', 'c.png'])
  const ties = seen.slice(0, 3).map((a) => a.id)
  expect(ties).toEqual([...new Set(ties)].sort((a, b) => a - b))
})

test('the name filter takes % and _ as they are', async () => {
  const p = await server.project()
  await upload(p, ['100%.png', '100x.png', 'a_b.png', 'AXB.png'])
  const named = async (name: string) => {
    const { assets, total } = await p.manager.api.list_assets({ project_id: p.project_id, name })
    expect(total).toBe(assets.length)
    return assets.map((a) => a.name)
  }
  expect(await named('0%')).toEqual(['100%.png'])
  expect(await named('A_')).toEqual(['a_b.png'])
  expect((await named('xb')).sort()).toEqual(['AXB.png'])
  expect(await named('\\')).toEqual([])
})

test('a damaged cursor is told', async () => {
  const p = await server.project()
  for (const cursor of [
    'x',
    Buffer.from('["a"]').toString('base64url'),
    Buffer.from('["a\\u0000",1]').toString('base64url'),
  ])
    await expect(p.manager.api.list_assets({ project_id: p.project_id, cursor })).rejects.toMatchObject({
      status: 400,
      code: 'invalid_cursor',
    })
})

test('a labeler sees the image of an own task only, and no list', async () => {
  const p = await server.project({ settings: { release_on_import: true } })
  await upload(p, ['a.png', 'b.png'])
  const labeler = await p.member('labeler')
  const claimed = await labeler.api.claim_task({ project_id: p.project_id, kind: 'label', session_id: 'session-1' })
  const { assets } = await p.manager.api.list_assets({ project_id: p.project_id })
  const status = async (asset_id: number, form: string) =>
    (
      await server.inject({
        url: `/api/projects/${p.project_id}/assets/${asset_id}/${form}`,
        headers: { cookie: `pixlhub_session=${labeler.cookie}` },
      })
    ).statusCode
  const own = assets.find((a) => a.task_id === claimed.opened?.task.id)
  const others = assets.find((a) => a.id !== own?.id)
  for (const form of ['image', 'original', 'thumbnail']) {
    expect(await status(own?.id as number, form)).toBe(200)
    expect(await status(others?.id as number, form)).toBe(404)
  }
  await expect(labeler.api.list_assets({ project_id: p.project_id })).rejects.toMatchObject({ status: 403 })
})

test('an asset of another project, or none, is not found', async () => {
  const p = await server.project()
  const other = await server.project()
  await upload(p, ['a.png'])
  const { assets } = await p.manager.api.list_assets({ project_id: p.project_id })
  for (const asset_id of [assets[0]?.id, 999_999]) {
    const reply = await server.inject({
      url: `/api/projects/${other.project_id}/assets/${asset_id}/image`,
      headers: { cookie: `pixlhub_session=${other.manager.cookie}` },
    })
    expect(reply.statusCode).toBe(404)
  }
})

test('a restart goes on with thumbnails that are missing; one that cannot be made is marked and told', async () => {
  const p = await server.project()
  await upload(p, ['a.png', 'b.png', 'c.png'])
  const { db, files } = server.app
  const states = () =>
    db
      .selectFrom('asset')
      .select(['name', 'thumbnail_state'])
      .where('project_id', '=', p.project_id)
      .orderBy('name')
      .execute()
  await expect
    .poll(states, { timeout: 20_000 })
    .toMatchObject([{ thumbnail_state: 'ready' }, { thumbnail_state: 'ready' }, { thumbnail_state: 'ready' }])
  // As a killed server leaves it: rows that wait. The bytes of b are lost, those of c are damaged.
  const { assets } = await p.manager.api.list_assets({ project_id: p.project_id })
  const [a, b, c] = assets.map((asset) => asset.content_hash) as [string, string, string]
  for (const hash of [a, b, c]) await rm(files.path('thumbnails', hash))
  await rename(files.path('originals', b), `${files.path('originals', b)}-lost`)
  await writeFile(files.path('originals', c), 'damaged')
  await db.updateTable('asset').set({ thumbnail_state: 'pending' }).where('project_id', '=', p.project_id).execute()
  const run = () => thumbnailJob(server.app).run(new AbortController().signal)
  expect(await run()).toBe(false)
  expect((await states()).map((s) => s.thumbnail_state)).toEqual(['ready', 'pending', 'failed'])
  expect(await files.has('thumbnails', a)).toBe(true)
  for (const { id } of assets.slice(1)) {
    const reply = await server.inject({
      url: `/api/projects/${p.project_id}/assets/${id}/thumbnail`,
      headers: { cookie: `pixlhub_session=${p.manager.cookie}` },
    })
    expect(reply.statusCode).toBe(404)
  }
  // Once the folder is restored, what was lost is made.
  await rename(`${files.path('originals', b)}-lost`, files.path('originals', b))
  await run()
  expect((await states()).map((s) => s.thumbnail_state)).toEqual(['ready', 'ready', 'failed'])
})

test('a full disk marks no thumbnail as failed, and what comes after those that wait has its turn', async () => {
  const p = await server.project()
  const { db, files, config } = server.app
  const ofProject = () => db.selectFrom('asset').where('project_id', '=', p.project_id)
  // Thirty-two whose bytes are lost, and one after them.
  await p.tasks(32, { prefix: 'lost' })
  await upload(p, ['z.png'])
  const pending = () => db.selectFrom('asset').select('name').where('thumbnail_state', '=', 'pending').execute()
  await expect.poll(pending, { timeout: 20_000 }).toEqual([])
  const { content_hash } = await ofProject()
    .select('content_hash')
    .where('name', '=', 'z.png')
    .executeTakeFirstOrThrow()
  await rm(files.path('thumbnails', content_hash))
  const temporary = join(config.data_dir, 'files', 'temporary')
  await rm(temporary, { recursive: true })
  await writeFile(temporary, 'no folder: nothing can be written')
  await db.updateTable('asset').set({ thumbnail_state: 'pending' }).where('project_id', '=', p.project_id).execute()
  const job = thumbnailJob(server.app)
  const run = () => job.run(new AbortController().signal)
  expect([await run(), await run()]).toEqual([false, false])
  expect(await pending()).toHaveLength(33)
  await rm(temporary)
  expect([await run(), await run()]).toEqual([false, false])
  expect(await pending()).toHaveLength(32)
  expect(await files.has('thumbnails', content_hash)).toBe(true)
})

test('metadata: merged key by key, by id, name or path; filters find it at once; what fits nothing is listed', async () => {
  const p = await server.project()
  const { project_id } = p
  const { api } = p.manager
  await upload(p, ['left/a.png', 'right/a.png', 'b.png'])
  const all = async () => {
    const { assets } = await api.list_assets({ project_id })
    return Object.fromEntries(assets.map((a) => [`${a.folder}/${a.name}`, a.metadata]))
  }
  const set = (...assets: Parameters<typeof api.set_asset_metadata>[0]['assets']) =>
    api.set_asset_metadata({ project_id, assets })
  expect(
    await set(
      { name: 'a.png', metadata: { patient: '7', note: 'x' } },
      { name: 'left/a.png', metadata: { side: 'left', note: null } },
      { name: 'c.png', metadata: { patient: '8' } },
    ),
  ).toEqual({ changed: 2, unmatched: ['c.png'] })
  const [left, right, b] = [{ patient: '7', side: 'left' }, { patient: '7', note: 'x' }, {}]
  expect(await all()).toEqual({ 'left/a.png': left, 'right/a.png': right, '/b.png': b })
  const { assets } = await api.list_assets({ project_id, name: 'b.png' })
  const asset_id = assets[0]?.id as number
  expect(await set({ asset_id, metadata: { patient: '9' } })).toEqual({ changed: 1, unmatched: [] })
  expect(await set({ asset_id, metadata: { patient: '9' } })).toEqual({ changed: 0, unmatched: [] })
  expect((await api.list_metadata_keys({ project_id })).keys).toEqual(['note', 'patient', 'side'])
  const filter = JSON.stringify({ conditions: [{ field: 'metadata', op: 'equals', value: ['patient', '7'] }] })
  expect((await api.list_tasks({ project_id, filter })).tasks.map((t) => t.folder).sort()).toEqual(['left', 'right'])
  await expect(set({ metadata: { a: '1' } })).rejects.toMatchObject({ status: 400 })
  const other = await server.project()
  await expect(
    other.manager.api.set_asset_metadata({
      project_id: other.project_id,
      assets: [{ asset_id, metadata: { a: '1' } }],
    }),
  ).resolves.toEqual({ changed: 0, unmatched: [`asset ${asset_id}`] })
})
