import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspectImage } from './inspect.ts'
import { bmpPicture, HEIGHT, picture, pngClaiming, type SharpFormat, WIDTH } from './test-images.ts'

const LIMITS = { image_bytes: 1_000_000, image_pixels: 10_000_000 }
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixlhub-inspect-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function inspect(bytes: Buffer | string, name: string, limits = LIMITS) {
  const path = join(folder, 'file')
  await writeFile(path, bytes)
  return inspectImage(path, name, limits)
}

describe('images that go in', () => {
  test.each<[SharpFormat, string, string]>([
    ['jpeg', 'a.JPG', 'image/jpeg'],
    ['png', 'a.png', 'image/png'],
    ['webp', 'a.webp', 'image/webp'],
    ['gif', 'a.gif', 'image/gif'],
    ['tiff', 'a.tif', 'image/tiff'],
    ['avif', 'a.avif', 'image/avif'],
  ])('%s', async (format, name, mime_type) => {
    expect(await inspect(await picture(format), name)).toEqual({ mime_type, width: WIDTH, height: HEIGHT })
  })

  test('BMP', async () => {
    expect(await inspect(bmpPicture(), 'a.bmp')).toEqual({ mime_type: 'image/bmp', width: WIDTH, height: HEIGHT })
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'EXIF orientation %i: width and height are those of the upright image',
    async (orientation) => {
      const upright = orientation <= 4 ? { width: WIDTH, height: HEIGHT } : { width: HEIGHT, height: WIDTH }
      for (const format of ['jpeg', 'png', 'webp', 'tiff'] as const)
        expect(await inspect(await picture(format, { orientation }), 'a'), format).toMatchObject(upright)
    },
  )

  test('a name without an extension, or with one that promises nothing', async () => {
    for (const name of ['scan', 'scan.2026-11', '.hidden'])
      expect(await inspect(await picture('png'), name)).toHaveProperty('width')
  })
})

describe('files that are refused, each with its reason', () => {
  const refusal = async (bytes: Buffer | string, name: string, limits = LIMITS) => {
    const result = await inspect(bytes, name, limits)
    return 'refusal' in result ? result.refusal : 'went in'
  }

  test('an empty file', async () => expect(await refusal('', 'a.jpg')).toBe('The file is empty.'))
  test('text called .jpg', async () =>
    expect(await refusal('hello world, no pixels here', 'a.jpg')).toContain('not an image'))
  test('a text that begins with BM', async () =>
    expect(await refusal('BMW is a maker of cars, and of motorcycles.', 'a.bmp')).toContain('not an image'))
  test('PNG bytes in a .jpg', async () => {
    expect(await refusal(await picture('png'), 'a.jpg')).toBe('The name ends in .jpg, but the content is PNG.')
  })
  test('JPEG bytes in a .txt', async () =>
    expect(await refusal(await picture('jpeg'), 'a.txt')).toContain('but the content is JPEG'))
  test('a zip called .png', async () =>
    expect(await refusal(Buffer.from('PK\x03\x04 and so on'), 'a.png')).toContain('a ZIP archive'))
  test('SVG', async () =>
    expect(await refusal('<?xml version="1.0"?>\n<svg xmlns="x"/>', 'a.svg')).toContain('SVG, which is not supported'))
  test('HEIC', async () => {
    const head = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')
    expect(await refusal(head, 'a.heic')).toContain('HEIC, which is not supported')
  })

  test.each<SharpFormat>(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'])(
    'a %s that is cut off anywhere',
    async (format) => {
      const whole = await picture(format)
      for (const share of [0.1, 0.5, 0.9, 0.98]) {
        const reason = await refusal(whole.subarray(0, Math.floor(whole.length * share)), 'a')
        expect(reason, `${share}`).toContain('damaged or cut off')
      }
    },
  )
  test('a BMP that is cut off', async () => {
    const whole = bmpPicture()
    for (const length of [30, 60, whole.length - 1])
      expect(await refusal(whole.subarray(0, length), 'a.bmp')).toContain('cut off')
  })

  test('a PNG header that claims 60,000 × 60,000', async () => {
    expect(await refusal(pngClaiming(60_000, 60_000), 'a.png')).toBe(
      'The image claims 60,000 × 60,000 pixels. At most 10 megapixels are decoded.',
    )
  })
  test('a BMP header that claims too much', async () => {
    const bytes = bmpPicture()
    bytes.writeInt32LE(2_000_000_000, 18)
    expect(await refusal(bytes, 'a.bmp')).toContain('claims 2,000,000,000 × 48 pixels')
  })
  test('an image without pixels', async () => {
    const bytes = bmpPicture()
    bytes.writeInt32LE(0, 22)
    expect(await refusal(bytes, 'a.bmp')).toBe('The image has no pixels (64 × 0).')
    expect(await refusal(pngClaiming(0, 10), 'a.png')).toContain('damaged')
  })
  test('a file above the limit of bytes', async () => {
    expect(await refusal(await picture('png'), 'a.png', { ...LIMITS, image_bytes: 100 })).toContain(
      'One image may have',
    )
  })
})
