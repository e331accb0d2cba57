import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rawZip, zip } from './test-zips.ts'
import { zipEntries } from './zip-entries.ts'

const LIMITS = { zip_entries: 10, zip_unpacked_bytes: 100_000_000, image_bytes: 50_000_000 }
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixlhub-zip-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** path → its content, or `refused: …`, or `broken: …` when its stream fails. */
async function unpack(bytes: Buffer, limits = LIMITS): Promise<Record<string, string>> {
  const path = join(folder, 'a.zip')
  await writeFile(path, bytes)
  const found: Record<string, string> = {}
  for await (const entry of zipEntries(path, limits)) {
    if ('refusal' in entry) found[entry.path] = `refused: ${entry.refusal}`
    else found[entry.path] = await read(entry.open).catch((error: Error) => `broken: ${error.message}`)
  }
  return found
}

async function read(open: () => Promise<AsyncIterable<Buffer>>): Promise<string> {
  let text = ''
  for await (const chunk of await open()) text += chunk.toString()
  return text
}

const content = Buffer.from('pixels')

test('files of all folders; folders and leftovers are passed over', async () => {
  const archive = rawZip([
    { path: 'a.jpg', content: Buffer.from('one') },
    { path: 'sub/', content: Buffer.alloc(0) },
    { path: 'sub/b.jpg', content: Buffer.from('two') },
    ...['__MACOSX/sub/._b.jpg', 'sub/.DS_Store', 'Thumbs.db'].map((path) => ({ path, content })),
  ])
  expect(await unpack(archive)).toEqual({ 'a.jpg': 'one', 'sub/b.jpg': 'two' })
})

test('one bad name does not spoil the archive: hostile paths come through and are judged by their reader', async () => {
  const archive = rawZip([
    { path: '../evil.jpg', content },
    { path: '/abs.jpg', content },
    { path: 'good.jpg', content },
  ])
  expect(Object.keys(await unpack(archive))).toEqual(['../evil.jpg', '/abs.jpg', 'good.jpg'])
})

test('links, devices, encrypted and strangely packed files are refused, the others go in', async () => {
  const archive = rawZip([
    { path: 'link.jpg', content: Buffer.from('/etc/passwd'), mode: 0o120777 },
    { path: 'device.jpg', content, mode: 0o060644 },
    { path: 'secret.jpg', content, flags: 0x801 },
    { path: 'lzma.jpg', content, method: 14 },
    { path: 'good.jpg', content },
    { path: 'dos.jpg', content, mode: 0 },
  ])
  const found = await unpack(archive)
  expect(found['link.jpg']).toContain('refused: A link')
  expect(found['device.jpg']).toContain('refused: A link or special file')
  expect(found['secret.jpg']).toContain('encrypted')
  expect(found['lzma.jpg']).toContain('method 14')
  expect([found['good.jpg'], found['dos.jpg']]).toEqual(['pixels', 'pixels'])
})

test('a bomb by its ratio', async () => {
  const found = await unpack(
    rawZip([
      { path: 'bomb.bmp', content: Buffer.alloc(20_000_000) },
      { path: 'good.jpg', content },
    ]),
  )
  expect(found['bomb.bmp']).toContain('decompression bombs')
  expect(found['good.jpg']).toBe('pixels')
})

test('a file larger than one image may be', async () => {
  expect((await unpack(rawZip([{ path: 'a.jpg', content }]), { ...LIMITS, image_bytes: 3 }))['a.jpg']).toContain(
    'refused: The file unpacks to',
  )
})

test('a file that unpacks to more, or less, than its header says', async () => {
  const big = Buffer.alloc(100_000, 'x')
  const found = await unpack(
    rawZip([
      { path: 'more.jpg', content: big, claimedSize: 10 },
      { path: 'less.jpg', content: big, claimedSize: 1_000_000 },
    ]),
  )
  expect(found['more.jpg']).toContain('broken: too many bytes')
  expect(found['less.jpg']).toContain('broken: not enough bytes')
})

test('too many entries', async () => {
  const entries = Array.from({ length: 11 }, (_, i) => ({ path: `${i}.jpg`, content }))
  expect(await unpack(rawZip(entries))).toEqual({ '': 'refused: The archive has 11 entries. At most 10 are unpacked.' })
})

test('too much in all: what came before is in', async () => {
  const found = await unpack(rawZip(['a', 'b', 'c'].map((path) => ({ path, content }))), {
    ...LIMITS,
    zip_unpacked_bytes: 12,
  })
  expect(Object.keys(found)).toEqual(['a', 'b', ''])
  expect(found['']).toContain('“c”')
})

test('a damaged archive says so', async () => {
  const archive = await zip({ 'a.jpg': 'one', 'b.jpg': 'two' })
  expect(await unpack(archive.subarray(0, archive.length - 10))).toEqual({ '': expect.stringContaining('damaged') })
  const second = archive.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'))
  archive.write('XX', second, 'latin1')
  expect(await unpack(archive)).toEqual({ 'a.jpg': 'one', '': expect.stringContaining('damaged') })
})
