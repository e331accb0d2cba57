import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameCorners, intoFrame } from './frame.ts'
import type { XY } from './geometry.ts'
import { smallestFrame } from './smallest-frame.ts'

const near = (n: number) => expect.closeTo(n, 6)

test('around a square on its corner it is turned by 45 degrees, and half of the upright one', () => {
  const found = smallestFrame([[10, 0], [20, 10], [10, 20], [0, 10], [10, 10]]) // biome-ignore format: short
  const side = Math.SQRT2 * 10
  expect(found).toEqual({
    x: near(10 - side / 2),
    y: near(10 - side / 2),
    width: near(side),
    height: near(side),
    angle: 45,
  })
})

test('there is none around a line or a point', () => {
  expect(smallestFrame([[1, 1], [5, 5], [9, 9]])).toBeNull() // biome-ignore format: short
  expect(smallestFrame([[1, 1], [1, 1]])).toBeNull() // biome-ignore format: short
  expect(smallestFrame([])).toBeNull()
})

test('law: the corners of a frame give that frame', () => {
  const number = (max: number) => fc.integer({ min: 100, max: max * 100 }).map((n) => n / 100)
  const angles = fc.integer({ min: -17999, max: 18000 }).map((n) => n / 100)
  fc.assert(
    fc.property(number(900), number(900), number(300), number(300), angles, (x, y, width, height, angle) => {
      const found = smallestFrame(frameCorners({ x, y, width, height, angle }))
      expect(found).toEqual({
        ...{ x: near(x), y: near(y), width: near(width), height: near(height) },
        ...(angle === 0 ? {} : { angle: expect.closeTo(angle, 1) }),
      })
    }),
  )
})

test('law: all points lie in it', () => {
  const points = fc.array(fc.tuple(fc.nat(500), fc.nat(500)), { minLength: 3, maxLength: 30 })
  fc.assert(
    fc.property(points, (given) => {
      const frame = smallestFrame(given as XY[])
      if (!frame) return
      for (const point of given as XY[]) {
        const [x, y] = intoFrame(frame, point)
        // The angle is in hundredths of a degree.
        const slack = 0.1
        expect(x).toBeGreaterThan(frame.x - slack)
        expect(x).toBeLessThan(frame.x + frame.width + slack)
        expect(y).toBeGreaterThan(frame.y - slack)
        expect(y).toBeLessThan(frame.y + frame.height + slack)
      }
    }),
  )
})
