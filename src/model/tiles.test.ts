import { expect, test } from 'vitest'
import { hasTile, isTiled, lastLevel, levelSize, tilesIn } from './tiles.ts'

const SIZE = { width: 12_000, height: 9000 }

test('an image of 108 megapixels has six levels, the last of them one tile', () => {
  expect(isTiled(SIZE)).toBe(true)
  expect(isTiled({ width: 8000, height: 5000 })).toBe(false)
  expect(lastLevel(SIZE)).toBe(5)
  expect(levelSize(SIZE, 5)).toEqual({ width: 375, height: 282 })
  expect(lastLevel({ width: 512, height: 1 })).toBe(0)
})

test('the tiles of the whole image are those that there are, and no others', () => {
  for (let level = 0; level <= lastLevel(SIZE); level++) {
    const tiles = tilesIn(SIZE, level, { x: -50, y: -50, width: 20_000, height: 20_000 })
    expect(tiles.every((tile) => hasTile(SIZE, tile))).toBe(true)
    const { width, height } = levelSize(SIZE, level)
    expect(tiles).toHaveLength(Math.ceil(width / 512) * Math.ceil(height / 512))
  }
  expect(hasTile(SIZE, { level: 0, column: 24, row: 0 })).toBe(false)
  expect(hasTile(SIZE, { level: 6, column: 0, row: 0 })).toBe(false)
})

test('a part takes what it touches', () => {
  expect(tilesIn(SIZE, 0, { x: 511, y: 0, width: 2, height: 512 })).toEqual([
    { level: 0, column: 0, row: 0 },
    { level: 0, column: 1, row: 0 },
  ])
  expect(tilesIn(SIZE, 1, { x: 1024, y: 1024, width: 10, height: 10 })).toEqual([{ level: 1, column: 1, row: 1 }])
})
