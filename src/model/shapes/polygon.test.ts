import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundsOf, type XY } from './geometry.ts'
import { isInPolygon, type Polygon, polygonArea, polygonOf, polygonRings } from './polygon.ts'
import { cut, united, unitedRings, without } from './polygon-boolean.ts'

const square = (x: number, y: number, size: number): XY[] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
]
const polygon = (...rings: XY[][]): Polygon => polygonOf(rings)
const ring = polygon(square(0, 0, 100), square(30, 30, 40))

/** A star-shaped polygon around a point: never crosses itself. In hundredths of a pixel, as all stored points. */
const star = fc
  .tuple(
    fc.integer({ min: 60, max: 140 }),
    fc.integer({ min: 60, max: 140 }),
    fc.array(fc.integer({ min: 10, max: 60 }), { minLength: 3, maxLength: 24 }),
  )
  .map(([cx, cy, radii]) =>
    polygon(
      radii.map((r, i): XY => {
        const turn = (2 * Math.PI * i) / radii.length
        return [cx + r * Math.cos(turn), cy + r * Math.sin(turn)].map((v) => Math.round(v * 100) / 100) as XY
      }),
    ),
  )
const place = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }))
/** Points are rounded to a hundredth of a pixel: an area may be off by that times its outline. */
const slack = (...polygons: readonly Polygon[]) =>
  0.02 + 0.01 * polygons.flatMap(polygonRings).reduce((sum, r) => sum + r.length * 30, 0)

describe('a polygon with holes', () => {
  test('holes do not count, islands in them and parts beside do', () => {
    expect(polygonArea(ring)).toBe(10_000 - 1600)
    expect(polygonArea(polygon(square(0, 0, 100), square(30, 30, 40), square(40, 40, 10)))).toBe(8500)
    expect(polygonArea(polygon(square(0, 0, 10), square(50, 50, 10)))).toBe(200)
  })
  test('a place in a hole is not in it', () => {
    expect([isInPolygon([10, 10], ring), isInPolygon([50, 50], ring), isInPolygon([200, 5], ring)]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('union and difference', () => {
  test('of overlapping squares: one outline', () => {
    const both = united([polygon(square(0, 0, 10)), polygon(square(5, 0, 10))]) as Polygon
    expect([polygonArea(both), both.rings]).toEqual([150, undefined])
  })
  test('of squares apart: two parts of one polygon', () => {
    const both = united([polygon(square(0, 0, 10)), polygon(square(50, 0, 10))]) as Polygon
    expect([polygonArea(both), both.rings?.length]).toEqual([200, 1])
  })
  test('a hole stays, and is filled by what lies over it', () => {
    expect(polygonArea(united([ring, polygon(square(200, 0, 10))]) as Polygon)).toBe(8500)
    expect(polygonArea(united([ring, polygon(square(20, 20, 60))]) as Polygon)).toBe(10_000)
  })
  test('what is cut out of the middle is a hole; of nothing left comes null', () => {
    expect(without(polygon(square(0, 0, 100)), [polygon(square(30, 30, 40))])?.rings?.length).toBe(1)
    expect(without(polygon(square(0, 0, 10)), [polygon(square(0, 0, 10))])).toBeNull()
  })
  test('rings as COCO has them: nested ones are one area, not a hole', () => {
    expect(polygonArea(unitedRings([square(0, 0, 100), square(30, 30, 40)]) as Polygon)).toBe(10_000)
  })
  test('law: area(a ∪ b) + area(a ∩ b) = area(a) + area(b), with a ∩ b = a − (a − b)', () =>
    fc.assert(
      fc.property(star, star, (a, b) => {
        const rest = without(a, [b])
        const common = rest ? polygonArea(a) - polygonArea(rest) : polygonArea(a)
        const all = polygonArea(united([a, b]) as Polygon)
        expect(Math.abs(all + common - polygonArea(a) - polygonArea(b))).toBeLessThan(slack(a, b))
      }),
      { numRuns: 300 },
    ))
  test('law: a union covers the places that one of the polygons covers, and no others', () =>
    fc.assert(
      fc.property(star, star, place, (a, b, [x, y]) => {
        const at: XY = [x + 0.123, y + 0.457]
        // Beside an edge the rounding decides.
        fc.pre([a, b].every((p) => distanceToEdges(p, at) > 0.05))
        expect(isInPolygon(at, united([a, b]) as Polygon)).toBe(isInPolygon(at, a) || isInPolygon(at, b))
      }),
      { numRuns: 300 },
    ))
})

describe('cutting by a line', () => {
  test('through a ring: two halves, the hole opened', () => {
    const halves = cut(ring, [-5, 50], [105, 50]) as Polygon[]
    expect(halves.map(polygonArea)).toEqual([4200, 4200])
    expect(halves.every((h) => !h.rings)).toBe(true)
  })
  test('beside the hole: it stays in its piece', () => {
    const [big, small] = cut(ring, [10, 0], [10, 1]) as [Polygon, Polygon]
    expect([polygonArea(big), big.rings?.length, polygonArea(small)]).toEqual([7400, 1, 1000])
  })
  test('a part that it does not touch stays with the largest piece', () => {
    const pieces = cut(polygon(square(0, 0, 10), square(50, 50, 10)), [5, -1], [5, 11]) as Polygon[]
    expect(pieces.map(polygonArea)).toEqual([150, 50])
  })
  test('beside it, or of no length: nothing', () => {
    expect(cut(ring, [200, 0], [200, 1])).toBeNull()
    expect(cut(ring, [50, 50], [50, 50])).toBeNull()
  })
  test('law: the pieces together have the area of the whole', () =>
    fc.assert(
      fc.property(star, place, place, (whole, from, to) => {
        const pieces = cut(whole, from, to)
        if (!pieces) return
        const sum = pieces.reduce((area, p) => area + polygonArea(p), 0)
        expect(pieces.length).toBeGreaterThan(1)
        expect(Math.abs(sum - polygonArea(whole))).toBeLessThan(slack(whole))
        const bounds = boundsOf(polygonRings(whole).flat())
        for (const [x, y] of pieces.flatMap(polygonRings).flat()) {
          expect(x).toBeGreaterThanOrEqual(bounds.x - 0.01)
          expect(y).toBeLessThanOrEqual(bounds.y + bounds.height + 0.01)
        }
      }),
      { numRuns: 300 },
    ))
})

function distanceToEdges(p: Polygon, [x, y]: XY): number {
  const distances = polygonRings(p).flatMap((points) =>
    points.map(([ax, ay], i) => {
      const [bx, by] = points[(i + 1) % points.length] as XY
      const [dx, dy] = [bx - ax, by - ay]
      const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
      return Math.hypot(x - ax - t * dx, y - ay - t * dy)
    }),
  )
  return Math.min(...distances)
}
