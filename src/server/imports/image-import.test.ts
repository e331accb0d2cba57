// Images over HTTP: what goes in, what is refused with which reason, and what a repeat does.
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bmpPicture, HEIGHT, picture, pngClaiming, WIDTH } from '../images/test-images.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { rawZip, zip } from './test-zips.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer({ PIXLHUB_IMAGE_MEGAPIXELS: '20' })
})
afterAll(() => server.close())

/** A project with an open import, and a way to upload into it. */
async function open(
  options: { settings?: object; import?: { total?: number; batch_name?: string; priority?: number } } = {},
) {
  const project = await server.project(options.settings ? { settings: options.settings } : {})
  const { api } = project.manager
  const { project_id } = project
  const { id: import_id } = await api.create_import({ project_id, kind: 'images', ...options.import })
  const upload = (name: string, bytes: Buffer | string) =>
    api.upload_file({ project_id, import_id, name }, { bytes: Buffer.from(bytes as string) })
  return { ...project, api, import_id, upload }
}

const tasksOf = (p: TestProject) =>
  server.app.db.selectFrom('task').selectAll().where('project_id', '=', p.project_id).orderBy('id').execute()
/** Thumbnails under way have temporary files too, so this waits. */
const expectNoTemporaryFiles = () =>
  expect.poll(async () => readdir(await server.app.files.temporaryFolder()), { timeout: 10_000 }).toEqual([])
const bytesOf = async (url: string, cookie: string) =>
  server.inject({ url, headers: { cookie: `pixlhub_session=${cookie}` } })

describe('one image', () => {
  test('becomes an asset and a task in Prepare, with batch and priority of the import', async () => {
    const p = await open({ import: { batch_name: ' Night drive ', priority: 7 } })
    const { items, import: run } = await p.upload('ride/day 1/Straße.jpg', await picture('jpeg', { orientation: 6 }))
    expect(items).toMatchObject([{ name: 'ride/day 1/Straße.jpg', outcome: 'created', reason: null }])
    expect(run).toMatchObject({ state: 'running', created_count: 1, duplicate_count: 0, rejected_count: 0 })
    const [task] = await tasksOf(p)
    expect(task).toMatchObject({
      name: 'Straße.jpg',
      folder: 'ride/day 1',
      width: HEIGHT,
      height: WIDTH,
      stage_id: p.stage('prepare'),
      priority: 7,
      queued_at: null,
    })
    const batches = await p.api.list_batches({ project_id: p.project_id })
    expect(batches).toMatchObject([{ id: task?.batch_id, name: 'Night drive' }])
  })

  test('goes straight to Label, into the queue, when the project releases on import', async () => {
    const p = await open({ settings: { release_on_import: true } })
    await p.upload('a.png', await picture('png'))
    const [task] = await tasksOf(p)
    expect(task).toMatchObject({ stage_id: p.stage('label'), queued_at: expect.any(String) })
    const queue = await server.app.db
      .selectFrom('queue_entry')
      .select('task_id')
      .where('project_id', '=', p.project_id)
      .execute()
    expect(queue).toEqual([{ task_id: task?.id }])
  })

  test('of every format is taken, and can be looked at in every form', async () => {
    const p = await open()
    const formats = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const
    for (const format of formats) await p.upload(`a.${format}`, await picture(format))
    await p.upload('a.bmp', bmpPicture(WIDTH, HEIGHT, 1))
    const { assets, total } = await p.api.list_assets({ project_id: p.project_id })
    expect(total).toBe(7)
    expect(assets.map((a) => a.name)).toEqual(['a.avif', 'a.bmp', 'a.gif', 'a.jpeg', 'a.png', 'a.tiff', 'a.webp'])
    for (const asset of assets) {
      const at = `/api/projects/${p.project_id}/assets/${asset.id}`
      const image = await bytesOf(`${at}/image`, p.manager.cookie)
      const isConverted = ['image/tiff', 'image/bmp'].includes(asset.mime_type)
      expect(image.headers, asset.name).toMatchObject({
        'content-type': isConverted ? 'image/png' : asset.mime_type,
        'x-content-type-options': 'nosniff',
        'cache-control': expect.stringContaining('immutable'),
      })
      expect(await sharp(image.rawPayload).metadata()).toMatchObject({ width: WIDTH, height: HEIGHT })
      const original = await bytesOf(`${at}/original`, p.manager.cookie)
      expect(createHash('sha256').update(original.rawPayload).digest('hex')).toBe(asset.content_hash)
      expect(original.headers['content-disposition']).toContain(`attachment; filename="${asset.name}"`)
      const thumbnail = await bytesOf(`${at}/thumbnail`, p.manager.cookie)
      expect(await sharp(thumbnail.rawPayload).metadata()).toMatchObject({
        format: 'webp',
        width: WIDTH,
        height: HEIGHT,
      })
    }
  })

  test('gets its thumbnail in the background', async () => {
    const p = await open()
    await p.upload('a.png', await picture('png', { seed: 5 }))
    await expect
      .poll(
        () =>
          server.app.db.selectFrom('asset').select('thumbnail_state').where('project_id', '=', p.project_id).execute(),
        { timeout: 20_000 },
      )
      .toEqual([{ thumbnail_state: 'ready' }])
  })
})

describe('files that are refused, each with its reason; the import goes on', () => {
  test('no image, cut off, false extension, bomb, bad path', async () => {
    const p = await open()
    const jpeg = await picture('jpeg')
    const cases: [string, Buffer | string, string][] = [
      ['notes.txt', 'just text', 'not an image'],
      ['empty.jpg', '', 'empty'],
      ['cut.jpg', jpeg.subarray(0, jpeg.length / 2), 'cut off'],
      ['photo.png', jpeg, 'The name ends in .png, but the content is JPEG.'],
      ['bomb.png', pngClaiming(60_000, 60_000), 'At most 20 megapixels'],
      ['../../etc/a.jpg', jpeg, 'leads out of the upload'],
      ['/etc/a.jpg', jpeg, 'absolute'],
      ['archive.rar', 'Rar!\x1a\x07\x00', 'only ZIP'],
      ['page.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'SVG'],
    ]
    for (const [name, bytes, reason] of cases) {
      const { items } = await p.upload(name, bytes)
      expect(items, name).toMatchObject([
        { outcome: 'rejected', reason: expect.stringContaining(reason), asset_id: null, task_id: null },
      ])
    }
    await p.upload('good.jpg', jpeg)
    const run = await p.api.finish_import({ project_id: p.project_id, import_id: p.import_id })
    expect(run).toMatchObject({
      state: 'done',
      created_count: 1,
      rejected_count: cases.length,
      finished_at: expect.any(String),
    })
    await expectNoTemporaryFiles()
  })

  test('an upload above the limit of bytes is 413 and leaves nothing', async () => {
    const p = await open()
    const limits = server.app.config.limits
    const before = limits.upload_bytes
    limits.upload_bytes = 1000
    try {
      await expect(p.upload('a.png', Buffer.alloc(2000))).rejects.toMatchObject({ status: 413, code: 'too_large' })
    } finally {
      limits.upload_bytes = before
    }
    await expectNoTemporaryFiles()
  })

  test('leftovers of operating systems are passed over and not counted', async () => {
    const p = await open({ import: { total: 2 } })
    expect((await p.upload('a/.DS_Store', 'x')).items).toEqual([])
    const { import: run } = await p.upload('a/b.png', await picture('png'))
    expect(run).toMatchObject({ total: 1, created_count: 1, rejected_count: 0 })
  })
})

describe('the same bytes twice', () => {
  test('are a duplicate that names the asset; another project does not know them', async () => {
    const p = await open()
    const other = await open()
    const bytes = await picture('png')
    const first = await p.upload('one/a.png', bytes)
    const second = await p.upload('two/b.png', bytes)
    expect(second.items).toMatchObject([
      {
        outcome: 'duplicate',
        reason: 'The same bytes are here as “one/a.png”.',
        asset_id: first.items[0]?.asset_id,
        task_id: first.items[0]?.task_id,
      },
    ])
    expect((await other.upload('a.png', bytes)).items).toMatchObject([{ outcome: 'created' }])
    expect(await tasksOf(p)).toHaveLength(1)
  })

  test('are one asset also when many uploads race', async () => {
    const p = await open()
    const bytes = await picture('png', { seed: 9 })
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => p.upload(`${i}.png`, bytes)))
    const outcomes = answers.map((a) => a.items[0]?.outcome).sort()
    expect(outcomes).toEqual(['created', ...Array.from({ length: 7 }, () => 'duplicate')])
    expect(await tasksOf(p)).toHaveLength(1)
    expect(await p.api.get_import({ project_id: p.project_id, import_id: p.import_id })).toMatchObject({
      created_count: 1,
      duplicate_count: 7,
    })
  })
})

test('two zips with the same files in opposite order, at the same time: one asset each, no deadlock', async () => {
  const p = await open()
  const files = await Promise.all(
    Array.from(
      { length: 60 },
      async (_, i) => [`${i}.png`, await picture('png', { seed: i, width: 6, height: 6 })] as const,
    ),
  )
  const there = await zip(Object.fromEntries(files.map(([name, bytes]) => [`a${name}`, bytes])))
  const back = await zip(Object.fromEntries(files.toReversed().map(([name, bytes]) => [`b${name}`, bytes])))
  await Promise.all([p.upload('there.zip', there), p.upload('back.zip', back), p.upload('again.zip', there)])
  const run = await p.api.get_import({ project_id: p.project_id, import_id: p.import_id })
  expect(run).toMatchObject({ created_count: 60, duplicate_count: 120, rejected_count: 0 })
  expect(await tasksOf(p)).toHaveLength(60)
})

describe('a zip', () => {
  test('gives an item for each file; hostile ones are refused, the others go in', async () => {
    const p = await open({ import: { total: 1 } })
    const png = await picture('png')
    const archive = rawZip([
      { path: 'a.png', content: png, method: 0 },
      { path: 'sub/b.jpg', content: await picture('jpeg') },
      { path: 'sub/', content: Buffer.alloc(0) },
      { path: '__MACOSX/._a.png', content: Buffer.from('x') },
      { path: '../evil.png', content: png },
      { path: '/abs.png', content: png },
      { path: 'link.png', content: Buffer.from('a.png'), mode: 0o120777 },
      { path: 'inner.zip', content: await zip({ 'x.png': png }) },
      { path: 'flipped.png', content: png, crc: 1 },
      { path: 'again.png', content: png },
    ])
    const { items, import: run } = await p.upload('set/photos.zip', archive)
    expect(items.map((i) => [i.name, i.outcome])).toEqual([
      ['set/a.png', 'created'],
      ['set/sub/b.jpg', 'created'],
      ['set/../evil.png', 'rejected'],
      ['set//abs.png', 'rejected'],
      ['set/link.png', 'rejected'],
      ['set/inner.zip', 'rejected'],
      ['set/flipped.png', 'rejected'],
      ['set/again.png', 'duplicate'],
    ])
    expect(items[5]?.reason).toContain('inside an archive')
    expect(items[6]?.reason).toContain('damaged')
    expect(run).toMatchObject({ total: 8, created_count: 2, duplicate_count: 1, rejected_count: 5 })
    expect((await tasksOf(p)).map((t) => [t.folder, t.name])).toEqual([
      ['set', 'a.png'],
      ['set/sub', 'b.jpg'],
    ])
    await expectNoTemporaryFiles()
  })

  test('of 120 files goes in in the order of the archive, counted on the way; its items are paged', async () => {
    const p = await open()
    const names = Array.from({ length: 120 }, (_, i) => `${String(i).padStart(3, '0')}.png`)
    const files = Object.fromEntries(
      await Promise.all(
        names.map(async (name, i) => [name, await picture('png', { seed: i, width: 8, height: 8 })] as const),
      ),
    )
    const { import: run } = await p.upload('all.zip', await zip(files))
    expect(run).toMatchObject({ created_count: 120, total: null })
    expect((await tasksOf(p)).map((t) => t.name)).toEqual(names)
    const seen: string[] = []
    for (let after: number | null = 0; after !== null; ) {
      const page: { items: { name: string }[]; next_after: number | null } = await p.api.list_import_items({
        project_id: p.project_id,
        import_id: p.import_id,
        after,
        limit: 50,
      })
      seen.push(...page.items.map((i) => i.name))
      after = page.next_after
    }
    expect(seen).toEqual(names)
  })

  test('that is damaged, or none, says so', async () => {
    const p = await open()
    const archive = await zip({ 'a.png': await picture('png') })
    expect((await p.upload('cut.zip', archive.subarray(0, 60))).items).toMatchObject([
      { name: 'cut.zip', outcome: 'rejected', reason: expect.stringContaining('damaged') },
    ])
    expect((await p.upload('no.zip', await picture('png'))).items).toMatchObject([
      { reason: 'The name ends in .zip, but the content is PNG.' },
    ])
    expect((await p.upload('a.png', archive)).items).toMatchObject([
      { reason: 'The name ends in .png, but the content is a ZIP archive.' },
    ])
  })
})

describe('an interrupted upload', () => {
  test('leaves nothing when the connection breaks in the middle of a file; the file can be sent again', async () => {
    const p = await open()
    const address = new URL(await server.server.listen({ port: 0, host: '127.0.0.1' }))
    const bytes = await picture('png', { width: 400, height: 400 })
    const headers = {
      cookie: `pixlhub_session=${p.manager.cookie}`,
      'content-type': 'application/octet-stream',
      'content-length': bytes.length,
    }
    const path = `/api/projects/${p.project_id}/imports/${p.import_id}/files?name=a.png`
    const sending = request({ port: address.port, host: address.hostname, method: 'POST', path, headers })
    sending.on('error', () => {})
    sending.write(bytes.subarray(0, bytes.length / 2))
    const temporary = async () => readdir(await server.app.files.temporaryFolder())
    await expect.poll(temporary, { timeout: 10_000 }).not.toEqual([])
    // However long it takes, bulk work does not make way for it.
    expect(server.app.quiet.isDisturbed).toBe(false)
    sending.destroy()
    await expectNoTemporaryFiles()
    expect(await p.api.get_import({ project_id: p.project_id, import_id: p.import_id })).toMatchObject({
      created_count: 0,
      rejected_count: 0,
    })
    expect((await p.upload('a.png', bytes)).items).toMatchObject([{ outcome: 'created' }])
  })

  test('of 1,000 files is repeated: known hashes need no second upload, what is sent again is a duplicate', async () => {
    const p = await open({ import: { total: 1000 } })
    const files = Array.from({ length: 1000 }, (_, i) => ({ name: `set/${i}.bmp`, bytes: bmpPicture(4, 3, i) }))
    for (let i = 0; i < files.length; i++) (files[i] as { bytes: Buffer }).bytes.writeUInt32LE(i, 38)
    const hashes = files.map((f) => createHash('sha256').update(f.bytes).digest('hex'))
    // 700 came as a zip and 100 one by one; then the connection went.
    await p.upload('set.zip', await zip(Object.fromEntries(files.slice(0, 700).map((f) => [f.name, f.bytes]))))
    for (let i = 700; i < 800; i += 4) await Promise.all(files.slice(i, i + 4).map((f) => p.upload(f.name, f.bytes)))

    const { known } = await p.api.find_known_assets({ project_id: p.project_id, hashes })
    expect(new Set(known)).toEqual(new Set(hashes.slice(0, 800)))

    const again = await p.api.create_import({ project_id: p.project_id, kind: 'images', total: 201 })
    const send = (f: { name: string; bytes: Buffer }) =>
      p.api.upload_file({ project_id: p.project_id, import_id: again.id, name: f.name }, { bytes: f.bytes })
    // One that is here is sent again all the same.
    await Promise.all(files.slice(799).map(send))
    const run = await p.api.finish_import({ project_id: p.project_id, import_id: again.id })
    expect(run).toMatchObject({ created_count: 200, duplicate_count: 1, rejected_count: 0 })
    expect((await p.api.list_assets({ project_id: p.project_id, limit: 1 })).total).toBe(1000)
  }, 60_000)
})

describe('an import', () => {
  test('that is cancelled or finished refuses further files; what is in stays in', async () => {
    for (const end of ['cancel_import', 'finish_import'] as const) {
      const p = await open()
      await p.upload('a.png', await picture('png'))
      const ended = await p.api[end]({ project_id: p.project_id, import_id: p.import_id })
      expect(ended.state).toBe(end === 'cancel_import' ? 'cancelled' : 'done')
      await expect(p.upload('b.png', await picture('png', { seed: 2 }))).rejects.toMatchObject({
        status: 409,
        code: 'already_finished',
      })
      await expect(p.api.finish_import({ project_id: p.project_id, import_id: p.import_id })).rejects.toMatchObject({
        code: 'already_finished',
      })
      expect(await tasksOf(p)).toHaveLength(1)
    }
  })

  test('of a zip that is cancelled on the way stops between two chunks', async () => {
    const p = await open()
    const files: Record<string, Buffer> = {}
    for (let i = 0; i < 400; i++) files[`${i}.png`] = await picture('png', { seed: i, width: 300, height: 300 })
    const upload = p.upload('all.zip', await zip(files)).then(
      () => 'went through',
      (error) => error.code,
    )
    const created = async () =>
      (await p.api.get_import({ project_id: p.project_id, import_id: p.import_id })).created_count
    await expect.poll(created, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0)
    await p.api.cancel_import({ project_id: p.project_id, import_id: p.import_id })
    const atCancel = await created()
    expect(await upload).toBe('already_finished')
    expect(await created()).toBe(atCancel)
    expect(await tasksOf(p)).toHaveLength(atCancel)
    await expectNoTemporaryFiles()
  }, 60_000)

  test('asks for what fits its kind', async () => {
    const { project_id, manager } = await server.project()
    const create = manager.api.create_import
    await expect(create({ project_id, kind: 'annotations' })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('format'),
    })
    await expect(create({ project_id, kind: 'images', format: 'voc' })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('format'),
    })
    await expect(create({ project_id, kind: 'annotations', format: 'voc', priority: 3 })).rejects.toMatchObject({
      status: 400,
    })
    await expect(create({ project_id, kind: 'images', priority: 1001 })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('priority'),
    })
  })

  test('of another project is not found', async () => {
    const p = await open()
    const other = await server.project()
    const at = { project_id: other.project_id, import_id: p.import_id }
    await expect(other.manager.api.get_import(at)).rejects.toMatchObject({ status: 404 })
    await expect(
      other.manager.api.upload_file({ ...at, name: 'a.png' }, { bytes: await picture('png') }),
    ).rejects.toMatchObject({ status: 404 })
    await expect(other.manager.api.list_import_items(at)).rejects.toMatchObject({ status: 404 })
  })
})
