import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bmpChannels, bmpProblem, bmpRows, parseBmpHeader } from './bmp.ts'
import { writePng } from './png-writer.ts'
import { type BmpOptions, bmp, bmpPicture, pixels } from './test-images.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixlhub-bmp-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** BMP → PNG by the own writer → pixels by the image library. */
async function decoded(bytes: Buffer): Promise<{ data: number[]; channels: number }> {
  const header = parseBmpHeader(bytes.subarray(0, 2048))
  if (typeof header === 'string') throw new Error(header)
  expect(bmpProblem(header, bytes.length)).toBeNull()
  const path = join(folder, 'a.bmp')
  await writeFile(path, bytes)
  const target = join(folder, 'a.png')
  await writePng(target, { ...header, channels: bmpChannels(header) }, bmpRows(path, header))
  const { data, info } = await sharp(target).raw().toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([header.width, header.height])
  return { data: [...data], channels: info.channels }
}

const RED = [255, 0, 0]
const GREEN = [0, 255, 0]
const BLUE = [0, 0, 255]
const both = (options: BmpOptions) => [bmp(options), bmp({ ...options, isTopDown: true })]

test('1, 4 and 8 bits with a palette, rows from below or from above', async () => {
  const size = { width: 3, height: 2, palette: [RED, GREEN, BLUE] }
  const expected = [RED, GREEN, RED, GREEN, RED, GREEN].flat()
  const cases = [
    ...both({ ...size, bits: 1, rows: [Buffer.from([0b01000000]), Buffer.from([0b10100000])] }),
    ...both({ ...size, bits: 4, rows: [Buffer.from([0x01, 0x00]), Buffer.from([0x10, 0x10])] }),
    ...both({ ...size, bits: 8, rows: [Buffer.from([0, 1, 0]), Buffer.from([1, 0, 1])] }),
  ]
  for (const bytes of cases) expect((await decoded(bytes)).data).toEqual(expected)
})

test('24 bits, odd widths with padding, many strips', async () => {
  for (const [width, height] of [
    [5, 3],
    [1023, 700],
  ] as const)
    expect(Buffer.from((await decoded(bmpPicture(width, height, 3))).data).equals(pixels(width, height, 3))).toBe(true)
})

test('16 and 32 bits: plain, by masks, with alpha', async () => {
  const row16 = Buffer.from(new Uint16Array([0x7c00, 0x3e0]).buffer)
  const row32 = Buffer.from([0, 0, 255, 7, 0, 255, 0, 9])
  const size = { width: 2, height: 1 }
  expect((await decoded(bmp({ ...size, bits: 16, rows: [row16] }))).data).toEqual([...RED, ...GREEN])
  expect((await decoded(bmp({ ...size, bits: 32, rows: [row32] }))).data).toEqual([...RED, ...GREEN])
  const masked = await decoded(bmp({ ...size, bits: 32, rows: [row32], masks: [0xff0000, 0xff00, 0xff, 0xff000000] }))
  expect(masked).toEqual({ channels: 4, data: [...RED, 7, ...GREEN, 9] })
})

test('a palette index beyond the declared colours is black, not a crash', async () => {
  expect(
    (await decoded(bmp({ width: 1, height: 1, bits: 8, rows: [Buffer.from([200])], palette: [RED] }))).data,
  ).toEqual([0, 0, 0])
})

test('what is not read says why', () => {
  const base = { width: 1, height: 1, rows: [Buffer.alloc(4)], palette: [] }
  expect(parseBmpHeader(bmp({ ...base, bits: 8, compression: 1, palette: [RED] }))).toContain('compressed')
  expect(parseBmpHeader(bmp({ ...base, bits: 2 }))).toContain('2 bits')
  expect(parseBmpHeader(bmp({ ...base, bits: 24 }).subarray(0, 20))).toContain('cut off')
})
