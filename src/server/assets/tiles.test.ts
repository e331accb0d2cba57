// Large images by tiles: upright, only for who may see the image, and made once.
import { readdir } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestProject, type TestServer, testServer } from '../testing.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const [WIDTH, HEIGHT] = [7000, 6000]

/** Grey with a red corner at the left top of the file; turned by EXIF as a camera held upright does it. */
async function largePhoto(): Promise<Buffer> {
  const red = await sharp({ create: { width: 600, height: 600, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer()
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#808080' } })
    .composite([{ input: red, left: 0, top: 0 }])
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}

async function upload({ manager, project_id }: TestProject, name: string, bytes: Buffer): Promise<number> {
  const { id: import_id } = await manager.api.create_import({ project_id, kind: 'images' })
  const { items } = await manager.api.upload_file({ project_id, import_id, name }, { bytes })
  return items[0]?.asset_id as number
}

const tile = ({ project_id }: TestProject, asset_id: number, place: string, cookie: string) =>
  server.inject({
    url: `/api/projects/${project_id}/assets/${asset_id}/tiles/${place}`,
    headers: { cookie: `pixlhub_session=${cookie}` },
  })

test('a photograph of 42 megapixels, turned by EXIF, is shown upright by its tiles', async () => {
  const p = await server.project()
  const asset_id = await upload(p, 'large.jpg', await largePhoto())
  const { cookie } = p.manager
  const meanOf = async (place: string) => {
    const reply = await tile(p, asset_id, place, cookie)
    expect(reply.statusCode).toBe(200)
    expect(reply.headers).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' })
    const { width, height } = await sharp(reply.rawPayload).metadata()
    const { channels } = await sharp(reply.rawPayload).stats()
    return { width, height, red: Math.round((channels[0]?.mean ?? 0) - (channels[1]?.mean ?? 0)) }
  }
  // Upright it is 6000 × 7000, with the red corner at the right top.
  const [first, corner, last] = await Promise.all(['0/0/0', '0/11/0', '4/0/0'].map(meanOf))
  expect(first).toMatchObject({ width: 512, height: 512, red: 0 })
  expect(corner).toMatchObject({ width: 6000 - 11 * 512, height: 512 })
  expect(corner?.red).toBeGreaterThan(250)
  expect(last).toMatchObject({ width: 375, height: 438 })
  expect(await readdir(await server.app.files.temporaryFolder())).toEqual([])

  for (const place of ['0/12/0', '0/0/14', '5/0/0', '0/-1/0', '0/x/0', '99/0/0'])
    expect((await tile(p, asset_id, place, cookie)).statusCode).toBe(400)

  const other = await server.project()
  const stranger = await other.member('labeler', 'stranger')
  expect((await tile(p, asset_id, '0/0/0', stranger.cookie)).statusCode).toBe(404)
})

test('a small image has no tiles', async () => {
  const p = await server.project()
  const small = await sharp({ create: { width: 600, height: 600, channels: 3, background: '#808080' } })
    .png()
    .toBuffer()
  const asset_id = await upload(p, 'small.png', small)
  expect((await tile(p, asset_id, '0/0/0', p.manager.cookie)).statusCode).toBe(400)
})
