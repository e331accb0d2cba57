import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFaultOfImage } from './decoding.ts'
import { displayOf } from './display.ts'
import { FileStore } from './file-store.ts'
import { bmpPicture, HEIGHT, picture, pixels, tiff16, WIDTH } from './test-images.ts'
import { ensureThumbnail } from './thumbnail.ts'

const MAX = 10_000_000
let root: string
let files: FileStore
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pixlhub-display-'))
  files = new FileStore(root)
})
afterAll(() => rm(root, { recursive: true, force: true }))

let stored = 0
async function store(bytes: Buffer, mime_type: string) {
  const content_hash = String(++stored).padStart(64, '0')
  const temporary = join(await files.temporaryFolder(), 'x')
  await writeFile(temporary, bytes)
  await files.adopt('originals', content_hash, temporary)
  return { content_hash, mime_type }
}
const shown = async (image: { content_hash: string; mime_type: string }) => {
  const display = await displayOf(files, image, MAX)
  return { display, path: files.path(display.kind, image.content_hash) }
}

test('what browsers show goes out as it is', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
    const image = await store(await picture(format), `image/${format}`)
    expect(await displayOf(files, image, MAX)).toEqual({ kind: 'originals', mime_type: `image/${format}` })
  }
})

test('TIFF and BMP become a PNG with the same pixels, also when two ask at once', async () => {
  for (const image of [await store(await picture('tiff'), 'image/tiff'), await store(bmpPicture(), 'image/bmp')]) {
    const [one, two] = await Promise.all([shown(image), shown(image)])
    expect(one.display).toEqual({ kind: 'displays', mime_type: 'image/png' })
    expect(two).toEqual(one)
    expect(await sharp(one.path).raw().toBuffer()).toEqual(pixels())
  }
})

test('16 bits per sample stay 16 bits', async () => {
  const samples = new Uint16Array(WIDTH * HEIGHT).map((_, i) => i * 21)
  const { path } = await shown(await store(tiff16(WIDTH, HEIGHT, samples), 'image/tiff'))
  const raw = await sharp(path).toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer()
  expect([...new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2)]).toEqual([...samples])
})

test('a PNG that is turned by EXIF is shown upright to every browser', async () => {
  const { display, path } = await shown(await store(await picture('png', { orientation: 6 }), 'image/png'))
  expect(display.kind).toBe('displays')
  expect(await sharp(path).metadata()).toMatchObject({ width: HEIGHT, height: WIDTH })
  expect((await sharp(path).metadata()).orientation).toBeUndefined()
})

test('a thumbnail is upright, at most 320 px, and never larger than the image', async () => {
  const cases = [
    [await store(await picture('jpeg', { width: 800, height: 400, orientation: 6 }), 'image/jpeg'), 160, 320],
    [await store(await picture('png'), 'image/png'), WIDTH, HEIGHT],
    [await store(bmpPicture(640, 320), 'image/bmp'), 320, 160],
  ] as const
  for (const [image, width, height] of cases) {
    await ensureThumbnail(files, image, MAX, 'later')
    expect(await sharp(files.path('thumbnails', image.content_hash)).metadata()).toMatchObject({
      format: 'webp',
      width,
      height,
    })
  }
})

test('temporary files that a killed process left are removed, younger ones stay', async () => {
  const path = join(await files.temporaryFolder(), 'left')
  await writeFile(path, 'x')
  await files.discardStale(60_000)
  expect(existsSync(path)).toBe(true)
  await files.discardStale(-1)
  expect(existsSync(path)).toBe(false)
})

test('tiles that somebody else made a moment ago stay, and are no mistake', async () => {
  const hash = 'ab'.repeat(32)
  const made = async (text: string) => {
    const folder = join(await files.temporaryFolder(), text)
    await mkdir(folder)
    await writeFile(join(folder, 'tile'), text)
    return folder
  }
  await files.adopt('tiles', hash, await made('first'))
  const second = await made('second')
  await files.adopt('tiles', hash, second)
  expect(await readFile(join(files.path('tiles', hash), 'tile'), 'utf8')).toBe('first')
  expect(existsSync(second)).toBe(false)
})

test('only what is wrong with the image is its fault', async () => {
  const image = await store(await picture('png'), 'image/png')
  const path = files.path('originals', image.content_hash)
  const damaged = join(await files.temporaryFolder(), 'damaged')
  await writeFile(damaged, 'no image')
  const isFault = (message: string, of = path) => isFaultOfImage(new Error(message), of)
  expect(await isFault('vipspng: libpng read error')).toBe(true)
  expect(await isFault('Input file contains unsupported image format', damaged)).toBe(true)
  // As libvips says it without a free file handle, of an image that it reads otherwise.
  expect(await isFault('Input file contains unsupported image format')).toBe(false)
  expect(await isFault('Input file contains unsupported image format', `${path}-gone`)).toBe(false)
  expect(await isFault(`Input file is missing: ${path}`)).toBe(false)
  expect(await isFault('/data/x: write error\nsystem error: No space left on device')).toBe(false)
  expect(await isFaultOfImage(Object.assign(new Error('x'), { code: 'ENOSPC' }), path)).toBe(false)
})
