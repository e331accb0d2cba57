import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { XY } from './geometry.ts'
import { isInMask, type Mask, maskArea, maskMeets, maskOfSpans, maskProblem, maskSpans, maskWithin } from './mask.ts'
import { isInPolygon, polygonArea, polygonOf } from './polygon.ts'
import { polygonSpans } from './polygon-spans.ts'
import { countsOf, countsOfSpans, countsText, spansOf } from './rle.ts'

const IMAGE = { width: 100_000, height: 100_000 }
const mask = (x: number, y: number, width: number, height: number, counts: number[]): Mask => ({
  type: 'mask',
  x,
  y,
  width,
  height,
  counts: countsText(counts),
})

describe('run lengths', () => {
  test('are written as pycocotools writes them', () => {
    // What frPyObjects of pycocotools 2.0 answers for these counts.
    expect(countsText([1, 4, 7])).toBe('147')
    expect(countsText([0, 3, 2, 1])).toBe('032N')
    expect(countsText([100, 50, 100, 50, 101, 1000])).toBe('T3b1T301fm0')
    expect(countsText([0, 1_000_000, 5, 2_000_000, 100, 7])).toBe('0Pb`n05Pb`n0o2WlnRN')
  })
  test('law: text and back', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x7fffffff }), { maxLength: 50 }), (counts) => {
        expect(countsOf(countsText(counts))).toEqual(counts)
      }),
    ))
  test('law: spans and back, whatever the height', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (raw, height) => {
        const sum = raw.reduce((a, b) => a + b, 0)
        const width = Math.ceil(sum / height)
        const rest = width * height - sum
        const counts = raw.length % 2 === 1 ? [...raw.slice(0, -1), (raw.at(-1) as number) + rest] : rest > 0 ? [...raw, rest] : raw
        expect(countsOfSpans(spansOf(counts, height), { width, height })).toEqual(counts)
      }),
    )) // biome-ignore format: short
  test.each(['', '~', 'P', 'PPPPPPPP0', '0O', 'ooooooo', '/'])('%j is no list of counts, or has none', (text) =>
    expect(countsOf(text) ?? []).toEqual([]),
  )
})

describe('a mask', () => {
  const l = mask(10, 20, 2, 3, [0, 3, 2, 1])
  test('knows its area and its pixels', () => {
    expect([maskArea(l), maskProblem(l, IMAGE)]).toEqual([4, null])
    const inside = [[10, 20], [10.9, 22.9], [11.5, 22.5]] as XY[] // biome-ignore format: short
    const outside = [[11, 21], [9.9, 20], [12, 22], [10, 23]] as XY[] // biome-ignore format: short
    expect(inside.every((p) => isInMask(p, l)) && !outside.some((p) => isInMask(p, l))).toBe(true)
    expect([...maskSpans(l)]).toEqual([
      { x: 10, from: 20, to: 23 },
      { x: 11, from: 22, to: 23 },
    ])
  })
  test('a part of it has its own tight bounds', () => {
    expect(maskWithin(l, { x: 11, y: 0, width: 50, height: 50 })).toEqual(mask(11, 22, 1, 1, [0, 1]))
    expect(maskWithin(l, { x: 11, y: 0, width: 50, height: 22 })).toBeNull()
    expect([maskMeets(l, { x: 11.2, y: 21.2, width: 0.2, height: 0.2 }), maskMeets(l, { x: 11.2, y: 21.9, width: 0.2, height: 0.2 })]).toEqual([false, true]) // biome-ignore format: short
  })
  test('a small mask on a hundred megapixels is small', () => {
    const disc = Array.from({ length: 60 }, (_, x) => {
      const half = Math.round(Math.sqrt(900 - (x - 29.5) ** 2))
      return { x: 11_000 + x, from: 8000 - half, to: 8000 + half }
    }).filter((s) => s.from < s.to)
    expect(JSON.stringify(maskOfSpans(disc)).length).toBeLessThan(300)
  })
  test.each<[Partial<Mask>, string]>([
    [{ counts: '~~' }, 'no COCO run lengths'],
    [{ counts: countsText([0, 3, 2]) }, 'counts of 5 pixels for 2 × 3'],
    [{ counts: countsText([6]) }, 'covers no pixel'],
    [{ counts: countsText([0, 3, 0, 3]) }, 'counts of 0'],
    [{ width: 100_000, height: 100_000 }, 'more than'],
  ])('%j: %s', (fields, problem) => expect(maskProblem({ ...l, x: 0, y: 0, ...fields }, IMAGE)).toContain(problem))
})

describe('polygon to pixels', () => {
  const size = { width: 100, height: 80 }
  const point = fc.tuple(fc.integer({ min: -20, max: 120 }), fc.integer({ min: -20, max: 100 })) as fc.Arbitrary<XY>
  const ring = fc.array(point, { minLength: 3, maxLength: 8 })
  test('law: exactly the pixels of the image whose middle lies in it', () =>
    fc.assert(
      fc.property(fc.array(ring, { minLength: 1, maxLength: 3 }), (rings) => {
        const polygon = polygonOf(rings.map((r) => r.map(([x, y], i): XY => [x + 0.01 * i, y + 0.03])))
        const found = maskOfSpans(polygonSpans(polygon, size))
        for (let x = 0; x < 100; x += 7)
          for (let y = 0; y < 80; y += 3)
            expect(found !== null && isInMask([x, y], found)).toBe(isInPolygon([x + 0.5, y + 0.5], polygon))
      }),
    ))
  test('the area is that of the polygon, its hole left out', () => {
    const polygon = polygonOf([
      [[10, 10], [90, 10], [90, 70], [10, 70]],
      [[30, 30], [50, 30], [50, 50], [30, 50]],
    ]) // biome-ignore format: short
    expect(maskArea(maskOfSpans(polygonSpans(polygon, size)) as Mask)).toBe(polygonArea(polygon))
  })
})
