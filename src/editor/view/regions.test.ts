import { expect, test } from 'vitest'
import { around, common, grown, holds, isEmpty, moved } from './regions.ts'

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height })
const area = (parts: { width: number; height: number }[]) => parts.reduce((sum, p) => sum + p.width * p.height, 0)

test('what lies in both', () => {
  expect(common(box(0, 0, 10, 10), box(4, -2, 10, 10))).toEqual(box(4, 0, 6, 8))
  expect(isEmpty(common(box(0, 0, 10, 10), box(10, 0, 5, 5)))).toBe(true)
})

test('one holds another up to its edges; nothing is held by all', () => {
  expect(holds(box(0, 0, 10, 10), box(0, 2, 10, 8))).toBe(true)
  expect(holds(box(0, 0, 10, 10), box(0, 2, 10, 9))).toBe(false)
  expect(holds(box(0, 0, 10, 10), box(50, 50, 0, 9))).toBe(true)
})

test('it grows only where it has to, and there some way ahead', () => {
  expect(grown(box(0, 0, 100, 50), box(-3, 5, 60, 40), 20)).toEqual(box(-23, 0, 123, 50))
  expect(grown(box(0, 0, 100, 50), box(60, 20, 60, 40), 20)).toEqual(box(0, 0, 140, 80))
})

test('the strips around what is painted fill the rest, once', () => {
  const [outer, inner] = [box(-20, -10, 140, 80), box(0, 0, 100, 50)]
  const strips = around(outer, inner)
  expect(area(strips) + area([inner])).toBe(area([outer]))
  for (const [i, strip] of strips.entries()) {
    expect(holds(outer, strip)).toBe(true)
    for (const other of [inner, ...strips.slice(i + 1)]) expect(isEmpty(common(strip, other))).toBe(true)
  }
  expect(around(outer, outer)).toEqual([])
  expect(around(outer, moved(box(0, 0, 0, 0), 5, 5))).toEqual([outer])
})
