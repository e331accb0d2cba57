import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { unzip } from './test-archives.ts'
import { zipStream } from './zip-writer.ts'

const MOMENT = new Date('2026-11-24T12:00:00Z')
async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

test('what was written comes out, in order, long and short, and the same bytes every time', async () => {
  const write = () =>
    zipStream(MOMENT, async (archive) => {
      await archive.text(
        'first.json',
        (async function* () {
          for (let i = 0; i < 3000; i++) yield `line ${i}\n`
        })(),
      )
      for (let i = 0; i < 300; i++) {
        await archive.text(`labels/${i}.txt`, [i % 2 === 0 ? '' : `label ${i}\n`])
        await archive.file(`images/ü ${i}.jpg`, Readable.from([Buffer.alloc(5000, i)]))
      }
    })
  const bytes = await bytesOf(write())
  const files = await unzip(bytes)
  expect(files.size).toBe(601)
  expect([...files.keys()].slice(0, 3)).toEqual(['first.json', 'labels/0.txt', 'images/ü 0.jpg'])
  expect(files.get('first.json')?.toString().split('\n')).toHaveLength(3001)
  expect(files.get('labels/299.txt')?.toString()).toBe('label 299\n')
  expect(files.get('images/ü 299.jpg')).toEqual(Buffer.alloc(5000, 299))
  expect((await bytesOf(write())).equals(bytes)).toBe(true)
})

test('nobody is kept waiting when the reader leaves: writing stops and open files are closed', async () => {
  let written = 0
  const opened: Readable[] = []
  const stream = zipStream(MOMENT, async (archive) => {
    for (let i = 0; i < 10_000; i++) {
      const file = Readable.from([Buffer.alloc(100_000)])
      opened.push(file)
      await archive.file(`${i}.bin`, file)
      written++
    }
  })
  await new Promise((resolve) => stream.once('data', resolve))
  stream.destroy()
  await expect.poll(() => opened.every((file) => file.destroyed)).toBe(true)
  const soFar = written
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(written).toBe(soFar)
  expect(written).toBeLessThan(10_000)
})

test('an error breaks the download off, so that half an archive is not taken for a whole one', async () => {
  const failing = zipStream(MOMENT, async (archive) => {
    await archive.text('a.txt', ['fine'])
    throw new Error('the database is gone')
  })
  await expect(bytesOf(failing)).rejects.toThrow('the database is gone')
  const broken = zipStream(MOMENT, async (archive) => {
    await archive.text(
      'a.txt',
      (async function* () {
        yield 'half'
        throw new Error('a page could not be read')
      })(),
    )
  })
  await expect(bytesOf(broken)).rejects.toThrow('a page could not be read')
})
