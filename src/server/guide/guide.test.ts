// The guide over HTTP: who writes and reads it, no lost update, what was read, and its images.
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { urlOf } from '../../contract/client.ts'
import { GUIDE_IMAGES_MAX, GUIDE_TEXT_MAX } from '../../model/guide.ts'
import { picture, pngClaiming } from '../images/test-images.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'

let server: TestServer
let p: TestProject
let at: { project_id: number }
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

async function newProject() {
  p = await server.project()
  at = { project_id: p.project_id }
}
const upload = (bytes: Buffer) => p.manager.api.upload_guide_image(at, { bytes })

describe('the text', () => {
  beforeAll(newProject)

  test('before anybody wrote one it is empty, of version 0', async () => {
    const labeler = await p.member('labeler')
    expect(await labeler.api.get_guide(at)).toEqual({
      text: '', version: 0, updated_at: null, updated_by_name: null, read_version: 0, images: [],
    }) // biome-ignore format: one value
  })

  test('a manager writes it, everybody in the project reads it, nobody else writes it', async () => {
    expect(await p.manager.api.put_guide({ ...at, version: 0, text: '# Cells' })).toMatchObject({
      version: 1,
      read_version: 1,
      updated_by_name: 'Manager',
    })
    for (const role of ['reviewer', 'labeler'] as const) {
      const { api } = await p.member(role)
      expect(await api.get_guide(at)).toMatchObject({ text: '# Cells', version: 1, read_version: 0 })
      await expect(api.put_guide({ ...at, version: 1, text: 'mine' })).rejects.toMatchObject({ code: 'not_allowed' })
    }
  })

  test('who saves upon an old version is told who was faster, and overwrites nothing', async () => {
    await server.owner.put_guide({ ...at, version: 1, text: 'Of the owner' })
    for (const version of [0, 1, 3])
      await expect(p.manager.api.put_guide({ ...at, version, text: 'Of the manager' })).rejects.toMatchObject({
        status: 409,
        code: 'stale_guide',
        fields: { changed_by: 'Olga Owner', version: 2 },
      })
    expect(await p.manager.api.get_guide(at)).toMatchObject({ text: 'Of the owner', version: 2 })
  })

  test('of two who save at once, one is told', async () => {
    const saves = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((text) => p.manager.api.put_guide({ ...at, version: 2, text })),
    )
    expect(saves.map((s) => s.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected'])
    expect((await p.manager.api.get_guide(at)).version).toBe(3)
  })

  test('the first of two who write the first one wins too', async () => {
    const { project_id } = await server.project()
    const saves = await Promise.allSettled(
      ['a', 'b', 'c'].map((text) => server.owner.put_guide({ project_id, version: 0, text })),
    )
    expect(saves.filter((s) => s.status === 'fulfilled')).toHaveLength(1)
    expect((await server.owner.get_guide({ project_id })).version).toBe(1)
  })

  test('its bound is bytes, not characters', async () => {
    const put = (text: string) => p.manager.api.put_guide({ ...at, version: 3, text })
    await expect(put('é'.repeat(GUIDE_TEXT_MAX / 2 + 1))).rejects.toMatchObject({ status: 413, code: 'too_large' })
    await expect(put('e'.repeat(GUIDE_TEXT_MAX + 1))).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await put('é'.repeat(GUIDE_TEXT_MAX / 2))).toMatchObject({ version: 4 })
  })
})

describe('what was read', () => {
  beforeAll(newProject)

  test('is remembered per person, never goes back, and never beyond what exists', async () => {
    const labeler = await p.member('labeler')
    const other = await p.member('labeler', 'other labeler')
    const read = async (version: number) => {
      await labeler.api.mark_guide_read({ ...at, version })
      return (await labeler.api.get_guide(at)).read_version
    }
    expect(await read(1)).toBe(0)
    for (const version of [0, 1, 2]) await p.manager.api.put_guide({ ...at, version, text: `text ${version}` })
    expect(await read(2)).toBe(2)
    expect(await read(1)).toBe(2)
    expect(await read(999)).toBe(3)
    expect((await other.api.get_guide(at)).read_version).toBe(0)
  })
})

describe('images', () => {
  beforeAll(newProject)

  test('one of each kind that browsers show is taken, and served as nothing but an image', async () => {
    const labeler = await p.member('labeler')
    for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
      const bytes = await picture(format)
      const image = await upload(bytes)
      expect(image).toMatchObject({ width: 64, height: 48, byte_size: bytes.length })
      const url = urlOf('get_guide_image', { ...at, image_id: image.id })
      const reply = await server.inject({
        method: 'GET',
        url,
        headers: { cookie: `pixlhub_session=${labeler.cookie}` },
      })
      expect(reply.rawPayload).toEqual(bytes)
      expect(reply.headers).toMatchObject({
        'content-type': `image/${format}`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      })
    }
    expect((await labeler.api.get_guide(at)).images).toHaveLength(5)
  })

  test('the same bytes are the same image', async () => {
    const bytes = await picture('png', { seed: 3 })
    const [first, again] = [await upload(bytes), await upload(bytes)]
    expect(again).toEqual(first)
    const [a, b] = await Promise.all([
      upload(await picture('png', { seed: 4 })),
      upload(await picture('png', { seed: 4 })),
    ])
    expect(a).toEqual(b)
  })

  test('what is no image, could run, or is not shown everywhere is refused', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    const cut = (await picture('jpeg')).subarray(0, 300)
    for (const bytes of [svg, cut, Buffer.from('<html></html>'), await picture('tiff'), pngClaiming(40_000, 40_000)])
      await expect(upload(bytes)).rejects.toMatchObject({ status: 415, code: 'unsupported_media' })
    await expect(upload(Buffer.alloc(0))).rejects.toMatchObject({ code: 'unsupported_media' })
    await expect(upload(Buffer.alloc(10 * 1024 * 1024 + 1))).rejects.toMatchObject({ status: 413, code: 'too_large' })
  })

  test('an image belongs to its project', async () => {
    const { id: image_id } = await upload(await picture('png', { seed: 5 }))
    const { project_id } = await server.project()
    const get = await server.inject({
      method: 'GET',
      url: urlOf('get_guide_image', { project_id, image_id }),
      headers: { cookie: `pixlhub_session=${p.manager.cookie}` },
    })
    expect(get.statusCode).toBe(404)
    await expect(server.owner.delete_guide_image({ project_id, image_id })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('one that the text shows is kept; another one can be removed, and brought again', async () => {
    const bytes = await picture('png', { seed: 6 })
    const { id: image_id } = await upload(bytes)
    await p.manager.api.put_guide({ ...at, version: 0, text: `![a](image:${image_id})` })
    await expect(p.manager.api.delete_guide_image({ ...at, image_id })).rejects.toMatchObject({ code: 'image_in_use' })
    await p.manager.api.put_guide({ ...at, version: 1, text: 'none' })
    await p.manager.api.delete_guide_image({ ...at, image_id })
    expect((await p.manager.api.get_guide(at)).images.map((i) => i.id)).not.toContain(image_id)
    expect((await upload(bytes)).id).not.toBe(image_id)
  })

  test('no saved text shows one that is removed at the same moment', async () => {
    await newProject()
    const { api } = p.manager
    let version = 0
    for (let seed = 20; seed < 28; seed++) {
      const { id: image_id } = await upload(await picture('png', { seed }))
      const save = api.put_guide({ ...at, version, text: `![a](image:${image_id})` })
      const [saved, removed] = await Promise.allSettled([save, api.delete_guide_image({ ...at, image_id })])
      expect([saved.status, removed.status].sort()).toEqual(['fulfilled', 'rejected'])
      const refusal = [saved, removed].find((r) => r.status === 'rejected')?.reason
      expect(refusal.code).toBe(saved.status === 'rejected' ? 'invalid_input' : 'image_in_use')
      version = (await api.get_guide(at)).version
    }
  })

  test('a text that shows an unknown one is refused in words, as long as it did not show it before', async () => {
    await newProject()
    const { api } = p.manager
    const text = 'see image:7 ![a](image:999)'
    await expect(api.put_guide({ ...at, version: 0, text })).rejects.toMatchObject({
      status: 400,
      code: 'invalid_input',
      message: expect.stringContaining('no image 999'),
    })
    expect((await api.get_guide(at)).version).toBe(0)
    await server.app.db
      .insertInto('guide')
      .values({ ...at, text, updated_by_id: p.manager.id })
      .execute()
    expect(await api.put_guide({ ...at, version: 1, text: `more ${text}` })).toMatchObject({ version: 2 })
  })

  test('a guide has a bounded number of them', async () => {
    await newProject()
    const { app } = server
    const rows = Array.from({ length: GUIDE_IMAGES_MAX }, (_, i) => ({
      ...at, content_hash: String(i).padStart(64, '0'), mime_type: 'image/png', byte_size: 1, width: 1, height: 1, created_by_id: p.manager.id,
    })) // biome-ignore format: one value
    await app.db.insertInto('guide_image').values(rows).execute()
    const bytes = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    await expect(upload(bytes)).rejects.toMatchObject({ status: 409, code: 'too_many_images' })
  })
})
