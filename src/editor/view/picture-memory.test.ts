// What is not shown any more gives its memory back, and nothing else does.
import { beforeEach, expect, test, vi } from 'vitest'
import { closePicture, type Picture } from './picture.ts'
import { preparePicture, takePicture } from './ready-pictures.ts'
import { openTiled } from './tiled-picture.ts'

const { loaded, open } = vi.hoisted(() => ({ loaded: [] as string[], open: new Set<string>() }))
vi.mock(import('./picture.ts'), async (original) => ({
  ...(await original()),
  async loadPicture(url) {
    const name = `${url}#${loaded.filter((other) => other.startsWith(`${url}#`)).length + 1}`
    loaded.push(name)
    open.add(name)
    const bitmap = { width: 1, height: 1, close: () => open.delete(name) }
    return { levels: [bitmap as never], width: 1, height: 1 }
  },
}))

const settle = () => new Promise<void>((done) => setTimeout(done))
beforeEach(() => {
  loaded.length = 0
  open.clear()
})

test('of the images made ready the oldest goes; one that is taken stays until whoever took it closes it', async () => {
  preparePicture('a', 'a')
  await settle()
  const shown = takePicture('a')?.picture as Picture
  for (const url of ['b', 'c', 'd', 'a']) preparePicture(url, url)
  await settle()
  expect([...open]).toEqual(['a#1', 'd#1', 'a#2'])

  const again = takePicture('a')?.picture as Picture
  closePicture(shown)
  expect([...open]).toEqual(['d#1', 'a#2'])
  closePicture(again)
  expect([...open]).toEqual(['d#1'])
})

test('a tile goes with being kept, the others with their image, also those that were on their way', async () => {
  const picture = await openTiled({ width: 30_000, height: 30_000 }, ({ level, column, row }) => `${level}/${column}/${row}`) // biome-ignore format: one line
  const { tiles } = picture
  for (let column = 0; column < 201; column++) {
    tiles?.ask({ level: 0, column, row: 0 })
    await settle()
  }
  expect(open.size).toBe(1 + 200)
  expect(open.has('0/0/0#1')).toBe(false)
  expect(tiles?.get({ level: 0, column: 0, row: 0 })).toBeNull()
  expect(tiles?.get({ level: 0, column: 1, row: 0 })).not.toBeNull()

  const came = vi.fn()
  if (tiles) tiles.onCome = came
  tiles?.ask({ level: 0, column: 0, row: 1 })
  closePicture(picture)
  await settle()
  expect([open.size, came.mock.calls.length]).toEqual([0, 0])
  expect(tiles?.get({ level: 0, column: 1, row: 0 })).toBeNull()
})
