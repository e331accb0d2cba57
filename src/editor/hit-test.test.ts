import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { objectsAt, objectsIn, objectsTouching } from './hit-test.ts'
import { box, object, polygon } from './test-editor.ts'

const ids = (objects: { id: string }[]) => objects.map((o) => o.id)

describe('under the cursor', () => {
  const objects = [
    object('large', box(0, 0, 200, 200)),
    object('small', box(50, 50, 20, 20)),
    object('ring', polygon([100, 100], [180, 100], [100, 180])),
    object('line', {
      type: 'polyline',
      points: [
        [0, 60],
        [200, 60],
      ],
    }),
    object('dot', { type: 'point', x: 60, y: 62 }),
  ]

  test('small before large, lines and points first by distance', () => {
    expect(ids(objectsAt(objects, [60, 61.5], 5))).toEqual(['dot', 'line', 'small', 'large'])
    expect(ids(objectsAt(objects, [120, 120], 5))).toEqual(['ring', 'large'])
    expect(ids(objectsAt(objects, [175, 175], 5))).toEqual(['large'])
  })
  test('a little beside an edge still counts', () => {
    expect(ids(objectsAt(objects, [204, 20], 5))).toEqual(['large'])
    expect(ids(objectsAt(objects, [206, 20], 5))).toEqual([])
  })
  test('of two alike the one on top', () =>
    expect(ids(objectsAt([object('a', box(0, 0, 9, 9)), object('b', box(0, 0, 9, 9))], [4, 4], 1))).toEqual(['b', 'a']))
  test('a marquee in the empty corner of a polygon’s bounds does not catch it', () => {
    const area = { x: 165, y: 165, width: 14, height: 14 }
    expect(ids(objectsIn(objects, area))).toEqual(['large'])
    expect(ids(objectsIn(objects, { x: 110, y: 110, width: 4, height: 4 }))).toEqual(['large', 'ring'])
    expect(ids(objectsIn(objects, { x: 120, y: 95, width: 4, height: 99 }))).toEqual(['large', 'ring'])
  })
})

test('many objects: the tree answers what a plain scan would, which answers until it has come', async () => {
  const many = Array.from({ length: 201 }, (_, i) => object(`o${i}`, box(i, i, 5, 5)))
  expect(objectsTouching(many, { x: 0, y: 0, width: 1, height: 1 })).toHaveLength(2)
  await vi.dynamicImportSettled()
  const side = fc.integer({ min: 1, max: 60 })
  const at = fc.integer({ min: 0, max: 1000 })
  const boxes = fc.array(fc.tuple(at, at, side, side), { minLength: 201, maxLength: 400 })
  fc.assert(
    fc.property(boxes, at, at, side, (list, x, y, size) => {
      const objects = list.map(([bx, by, w, h], i) => object(`o${i}`, box(bx, by, w, h)))
      const area = { x, y, width: size, height: size }
      const scanned = objects.flatMap((o) => objectsTouching([o], area))
      expect(ids(objectsTouching(objects, area))).toEqual(ids(scanned))
    }),
    { numRuns: 50 },
  )
})
