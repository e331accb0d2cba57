import { expect, test } from 'vitest'
import { placeSigns, type Sign } from './compare-signs.ts'

const sign = (x: number, y: number, isChosen = false): Sign => ({ kind: 'added', x, y, isChosen })
const screen = { width: 300, height: 200 }

test('where two signs would lie upon each other the first stays, but never instead of the chosen one', () => {
  const places = (signs: Sign[]) => placeSigns(signs, screen, 8).map((s) => s.x)
  expect(places([sign(50, 50), sign(60, 50), sign(90, 50)])).toEqual([90, 50])
  expect(places([sign(50, 50), sign(60, 50, true)])).toEqual([60])
  // Across the border of two cells.
  expect(places([sign(15, 50), sign(17, 50)])).toEqual([15])
})

test('at the edges of the screen they stay whole', () => {
  expect(placeSigns([sign(-5, 100), sign(150, -3), sign(299, 199)], screen, 8).map(({ x, y }) => [x, y])).toEqual([[292, 192], [150, 8], [8, 100]]) // biome-ignore format: one line
})
