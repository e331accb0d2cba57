import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinedRing } from './joined-ring.ts'
import { maskArea, maskOfSpans, maskSpans } from './mask.ts'
import { maskRings } from './mask-outline.ts'
import { polygonOf, ringArea, signedArea } from './polygon.ts'
import { polygonSpans } from './polygon-spans.ts'

/** A mask as it looks, `#` for each pixel. */
function drawn(...rows: string[]) {
  const spans = Array.from({ length: rows[0]?.length ?? 0 }, (_, x) =>
    rows.flatMap((row, y) => (row[x] === '#' ? [{ x, from: y, to: y + 1 }] : [])),
  ).flat()
  const mask = maskOfSpans(spans)
  if (!mask) throw new Error('an empty drawing')
  return mask
}

describe('the outline of a mask', () => {
  test('goes along the edges of its pixels, only corners, clockwise', () => {
    expect(maskRings(drawn('.....', '.##..', '.###.'))).toEqual([[[1, 1], [3, 1], [3, 2], [4, 2], [4, 3], [1, 3]]]) // biome-ignore format: short
  })

  test('has a ring for each part, and for each hole one that goes the other way', () => {
    const rings = maskRings(drawn('###.#', '#.#..', '###..'))
    expect(rings).toHaveLength(3)
    expect(rings.map(signedArea).sort((a, b) => a - b)).toEqual([-1, 1, 9])
  })

  test('keeps pixels apart that touch at a corner', () => {
    expect(maskRings(drawn('#.', '.#')).map(ringArea)).toEqual([1, 1])
  })

  test('of twenty thousand specks is one ring too', () => {
    const specks = Array.from({ length: 20_000 }, (_, i) => ({
      x: Math.floor(i / 100),
      from: 2 * (i % 100) + (Math.floor(i / 100) % 2),
    }))
    const mask = maskOfSpans(specks.map(({ x, from }) => ({ x, from, to: from + 1 })))
    if (!mask) throw new Error('no specks')
    expect(ringArea(joinedRing(maskRings(mask)))).toBe(20_000)
  })

  test('law: it encloses the very pixels, also as one ring', () => {
    const grids = fc.array(fc.stringMatching(/^[#.]{9}$/), { minLength: 7, maxLength: 7 }).filter((rows) => rows.join('').includes('#')) // biome-ignore format: short
    fc.assert(
      fc.property(grids, (rows) => {
        const mask = drawn(...rows)
        const rings = maskRings(mask)
        expect(rings.reduce((sum, ring) => sum + signedArea(ring), 0)).toBe(maskArea(mask))
        const joined = joinedRing(rings)
        expect(ringArea(joined)).toBe(maskArea(mask))
        for (const shape of [rings, [joined]])
          expect(maskOfSpans(polygonSpans(polygonOf(shape), { width: 9, height: 7 }))).toEqual(mask)
        expect([...maskSpans(mask)].length).toBeGreaterThan(0)
      }),
    )
  })
})
