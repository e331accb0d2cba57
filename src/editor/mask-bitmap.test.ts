import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { XY } from '../model/shapes/geometry.ts'
import { isInMask, type Mask, maskArea, maskProblem } from '../model/shapes/mask.ts'
import { createMaskBitmap } from './mask-bitmap.ts'

const image = { width: 120, height: 90 }
const coordinate = fc.double({ min: -40, max: 160, noNaN: true })
const point = fc.tuple(coordinate, coordinate) as fc.Arbitrary<XY>
const strokes = fc.array(
  fc.record({ from: point, to: point, size: fc.integer({ min: 1, max: 60 }), value: fc.constantFrom(0, 1, 1) }),
  { minLength: 1, maxLength: 6 },
)

const distance = ([px, py]: XY, [ax, ay]: XY, [bx, by]: XY) => {
  const [dx, dy] = [bx - ax, by - ay]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length2))
  return Math.hypot(px - ax - t * dx, py - ay - t * dy)
}

describe('a stroke', () => {
  test('law: covers the pixels whose middle the brush passes over, in the image only, and says what it changed', () =>
    fc.assert(
      fc.property(strokes, (list) => {
        const bitmap = createMaskBitmap(image, null)
        for (const { from, to, size, value } of list) bitmap.stroke(from, to, size, value as 0 | 1)
        const mask = bitmap.toMask()
        expect(mask && maskProblem(mask, { width: 4096, height: 4096 })).toBeNull()
        for (let x = 0; x < image.width; x += 3)
          for (let y = 0; y < image.height; y += 3) {
            const at: XY = [x + 0.5, y + 0.5]
            const over = list.map((s) => ({ ...s, gap: distance(at, s.from, s.to) - s.size / 2 }))
            // On the very rim, and where one pixel is painted in any case, rounding decides.
            if (over.some((s) => Math.abs(s.gap) < 0.75)) continue
            const last = over.findLast((s) => s.gap < 0)
            expect(mask !== null && isInMask([x, y], mask)).toBe(last?.value === 1)
          }
        if (mask) expect(bitmap.changedSince(0)).not.toBeNull()
        expect(bitmap.changedSince(bitmap.version)).toBeNull()
      }),
      { numRuns: 150 },
    ))
  test('law: to run lengths, back, and to run lengths again', () =>
    fc.assert(
      fc.property(strokes, (list) => {
        const bitmap = createMaskBitmap(image, null)
        for (const { from, to, size, value } of list) bitmap.stroke(from, to, size, value as 0 | 1)
        const mask = bitmap.toMask()
        if (mask) expect(createMaskBitmap(image, mask).toMask()).toEqual(mask)
      }),
    ))
  test('the smallest brush paints the pixel it points at', () => {
    const bitmap = createMaskBitmap(image, null)
    bitmap.stroke([10.99, 20.01], [10.99, 20.01], 1, 1)
    expect(bitmap.toMask()).toMatchObject({ x: 10, y: 20, width: 1, height: 1 })
  })
  test('grows far beyond what it began with and keeps what was there', () => {
    const bitmap = createMaskBitmap({ width: 5000, height: 4000 }, null)
    bitmap.stroke([10, 10], [10, 10], 4, 1)
    bitmap.stroke([4900, 3900], [4900, 3900], 4, 1)
    expect(bitmap.toMask()).toMatchObject({ x: 8, y: 8, width: 4894, height: 3894 })
    expect(maskArea(bitmap.toMask() as Mask)).toBe(24)
  })
  test('samples what is drawn, at full size and thinned out', () => {
    const bitmap = createMaskBitmap(image, null)
    bitmap.stroke([20, 20], [20, 20], 8, 1)
    const out = new Uint8Array(16)
    bitmap.sampler({ x0: 18, y0: 16, columns: 2, rows: 8, step: 1 }, out)
    expect([...out]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    const thin = new Uint8Array(9)
    bitmap.sampler({ x0: 10, y0: 10, columns: 3, rows: 3, step: 10 }, thin)
    expect([...thin]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0])
  })
})

describe('filling', () => {
  const ring = () => {
    const bitmap = createMaskBitmap(image, null)
    const corners: XY[] = [[20, 20], [60, 20], [60, 60], [20, 60], [20, 20]] // biome-ignore format: short
    for (const [i, c] of corners.entries()) bitmap.stroke(corners[Math.max(0, i - 1)] as XY, c, 4, 1)
    return bitmap
  }
  test('a hole becomes covered', () => {
    const bitmap = ring()
    expect(bitmap.fillHole([40, 40])).toBe(true)
    const mask = bitmap.toMask() as Mask
    expect([isInMask([40, 40], mask), isInMask([23, 57], mask), isInMask([10, 10], mask)]).toEqual([true, true, false])
    expect(maskArea(mask)).toBeGreaterThan(44 * 44 - 20)
  })
  test('outside, on the mask, or through a gap nothing is filled', () => {
    const bitmap = ring()
    const before = bitmap.toMask()
    expect([bitmap.fillHole([5, 5]), bitmap.fillHole([20, 20]), bitmap.fillHole([-5, 5])]).toEqual([
      false,
      false,
      false,
    ])
    expect(bitmap.toMask()).toEqual(before)
    bitmap.stroke([60, 40], [60, 40], 8, 0)
    expect(bitmap.fillHole([40, 40])).toBe(false)
  })
})
