// What the assisted tools find, with the real OpenCV and without a browser.
import { loadOpenCV, type OpenCV } from '@opencvjs/web'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Bounds, XY } from '../../model/shapes/geometry.ts'
import { type Mask, maskArea, maskProblem, maskSpans } from '../../model/shapes/mask.ts'
import { type Polygon, polygonArea, polygonOf } from '../../model/shapes/polygon.ts'
import { polygonSpans } from '../../model/shapes/polygon-spans.ts'
import type { Span } from '../../model/shapes/rle.ts'
import type { CutRequest } from './assist.ts'
import { cropAround, intoCrop, outOfCrop, type Pixels } from './crop.ts'
import { cropOf, cutOut } from './grab-cut.ts'
import { wireCrop, wireFrom } from './live-wire.ts'
import { type Grid, gridSpans, simplifiedLine, simplifiedRing, withoutSpecks } from './trace.ts'

let cv: typeof OpenCV
beforeAll(async () => {
  cv = await loadOpenCV()
}, 60_000)

const IMAGE = { width: 400, height: 300 }
const CENTRE: XY = [200, 150]
const RADIUS = 60
const isDisc = (x: number, y: number) => Math.hypot(x + 0.5 - CENTRE[0], y + 0.5 - CENTRE[1]) < RADIUS
/** A purple disc on a speckled light ground. */
const scene = (x: number, y: number): readonly [number, number, number] => {
  const noise = ((x * 7919 + y * 104729) % 23) - 11
  return isDisc(x, y) ? [120 + noise, 60 + noise, 150 + noise] : [225 + noise, 205 + noise, 210 + noise]
}

/** The scene as a camera of the crop's size would see it. */
function shown(area: Bounds, size: { width: number; height: number }): Pixels {
  const data = new Uint8ClampedArray(size.width * size.height * 4)
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const at: XY = [area.x + ((x + 0.5) * area.width) / size.width, area.y + ((y + 0.5) * area.height) / size.height]
      data.set([...scene(Math.floor(at[0]), Math.floor(at[1])), 255], (y * size.width + x) * 4)
    }
  return { ...size, data }
}

const pixelsOf = (spans: Iterable<Span>) => {
  const all = new Set<number>()
  for (const { x, from, to } of spans) for (let y = from; y < to; y++) all.add(y * 100_000 + x)
  return all
}
function overlap(a: Set<number>, b: Set<number>): number {
  let both = 0
  for (const p of a) if (b.has(p)) both++
  return both / (a.size + b.size - both)
}
const disc = new Set<number>()
for (let y = 0; y < IMAGE.height; y++) for (let x = 0; x < IMAGE.width; x++) if (isDisc(x, y)) disc.add(y * 100_000 + x)

describe('outlines of pixels', () => {
  const grid = fc
    .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
    .chain(({ width, height }) =>
      fc
        .array(fc.constantFrom(0, 1), { minLength: width * height, maxLength: width * height })
        .map((bits): Grid => ({ width, height, data: Uint8Array.from(bits) })),
    )

  test('the stretches of columns are the pixels of the grid', () => {
    fc.assert(
      fc.property(grid, (g) => {
        const wanted = new Set(
          [...g.data].flatMap((v, i) => (v ? [Math.floor(i / g.width) * 100_000 + (i % g.width)] : [])),
        )
        expect(pixelsOf(gridSpans(g))).toEqual(wanted)
      }),
    )
  })

  test('a simpler line keeps its ends and stays near; a straight one is its ends', () => {
    const straight = Array.from({ length: 50 }, (_, i): XY => [i, 2 * i])
    expect(simplifiedLine(straight, 0.01)).toEqual([[0, 0], [49, 98]]) // biome-ignore format: a list
    const stairs = Array.from({ length: 60 }, (_, i): XY => [Math.ceil(i / 2), Math.floor(i / 2)])
    expect(simplifiedLine(stairs, 1)).toHaveLength(2)
    const round = Array.from(
      { length: 360 },
      (_, i): XY => [100 * Math.cos((i * Math.PI) / 180), 100 * Math.sin((i * Math.PI) / 180)],
    )
    const ring = simplifiedRing(round, 1)
    expect(ring.length).toBeLessThan(40)
    expect(polygonArea(polygonOf([ring])) / polygonArea(polygonOf([round]))).toBeGreaterThan(0.97)
  })

  test('specks go, the largest ring stays', () => {
    const square = (x: number, side: number): XY[] => [[x, 0], [x + side, 0], [x + side, side], [x, side]] // biome-ignore format: a list
    expect(withoutSpecks([square(0, 1), square(5, 30), square(50, 10)], 0.05)).toHaveLength(2)
    expect(withoutSpecks([], 0.05)).toEqual([])
  })
})

test('a crop is whole pixels inside the image, bounded, there and back', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -50, max: 399, noNaN: true }),
      fc.double({ min: -50, max: 299, noNaN: true }),
      fc.double({ min: 1, max: 900, noNaN: true }),
      fc.integer({ min: 10, max: 100_000 }),
      (x, y, side, most) => {
        const crop = cropAround({ x, y, width: side, height: side }, 10, IMAGE, most)
        const { area, size } = crop
        expect(area.x >= 0 && area.y >= 0 && area.x + area.width <= 400 && area.y + area.height <= 300).toBe(true)
        expect(size.width * size.height).toBeLessThanOrEqual(most * 1.5 + 400)
        const [bx, by] = outOfCrop(crop, intoCrop(crop, [area.x + 1, area.y + 1]))
        expect(Math.hypot(bx - area.x - 1, by - area.y - 1)).toBeLessThan(0.02)
      },
    ),
  )
})

describe('GrabCut', () => {
  const box = { x: 130, y: 80, width: 140, height: 140 }
  const cut = (request: CutRequest, factor = 1) => {
    const whole = { width: IMAGE.width * factor, height: IMAGE.height * factor }
    const crop = cropOf(request.box, whole)
    const { area } = crop
    const seen = { x: area.x / factor, y: area.y / factor, width: area.width / factor, height: area.height / factor }
    return cutOut(cv, request, crop, shown(seen, crop.size), whole)
  }

  test('finds a disc in a box around it, as a mask and as a polygon of few points', () => {
    const mask = cut({ box, hints: [], as: 'mask' }) as Mask
    expect([mask.type, maskProblem(mask, IMAGE)]).toEqual(['mask', null])
    expect(overlap(pixelsOf(maskSpans(mask)), disc)).toBeGreaterThan(0.98)
    const polygon = cut({ box, hints: [], as: 'polygon' }) as Polygon
    expect(overlap(pixelsOf(polygonSpans(polygon, IMAGE)), disc)).toBeGreaterThan(0.97)
    expect(polygon.points.length).toBeLessThan(60)
  })

  test('looks at a large object made smaller, and answers in pixels of the image', () => {
    const large = { x: box.x * 10, y: box.y * 10, width: box.width * 10, height: box.height * 10 }
    const mask = cut({ box: large, hints: [], as: 'mask' }, 10) as Mask
    expect(maskArea(mask) / (Math.PI * (10 * RADIUS) ** 2)).toBeCloseTo(1, 1)
  })

  test('hears what is painted', () => {
    const hint = { isObject: false, points: [[170, 150], [230, 150]] as XY[], size: 30 } // biome-ignore format: a line
    const mask = cut({ box, hints: [hint], as: 'mask' }) as Mask
    const pixels = pixelsOf(maskSpans(mask))
    expect([pixels.has(150 * 100_000 + 200), pixels.has(110 * 100_000 + 200)]).toEqual([false, true])
    const more = { isObject: true, points: [[200, 215]] as XY[], size: 8 }
    const grown = cut({ box, hints: [more], as: 'mask' }) as Mask
    expect(pixelsOf(maskSpans(grown)).has(214 * 100_000 + 200)).toBe(true)
  })

  test('a box around the whole image is no trouble', () => {
    // The middle of the box counts as object, so far too large a box finds more than the disc.
    const mask = cut({ box: { x: 0, y: 0, ...IMAGE }, hints: [], as: 'mask' }) as Mask
    expect(overlap(pixelsOf(maskSpans(mask)), disc)).toBeGreaterThan(0.4)
  })

  test('what is one pixel thin has an outline too', () => {
    const painted = (y: number) => ({ isObject: false, points: [[90, y], [310, y]] as XY[], size: 80 }) // biome-ignore format: a line
    const polygon = cut({ box, hints: [painted(109), painted(190)], as: 'polygon' }) as Polygon
    expect(polygon.points.length).toBeGreaterThan(2)
    expect(polygonArea(polygon)).toBeCloseTo(2 * RADIUS, -1)
  })

  test('nothing is found where everything is said to be background', () => {
    const all = { isObject: false, points: [[130, 150], [270, 150]] as XY[], size: 400 } // biome-ignore format: a line
    expect(cut({ box, hints: [all], as: 'mask' })).toBeNull()
  })
})

describe('intelligent scissors', () => {
  test('follow the edge of a disc half around it, from click to click', () => {
    const area = { x: 0, y: 0, ...IMAGE }
    const from: XY = [CENTRE[0] - RADIUS, CENTRE[1]]
    const crop = wireCrop(from, area, IMAGE)
    const wire = wireFrom(cv, from, crop, shown(crop.area, crop.size))
    const path = wire.to([CENTRE[0], CENTRE[1] - RADIUS])
    expect([path[0], path.at(-1)]).toEqual([from, [CENTRE[0], CENTRE[1] - RADIUS]])
    expect(path.length).toBeGreaterThan(4)
    for (const [x, y] of path) expect(Math.abs(Math.hypot(x - CENTRE[0], y - CENTRE[1]) - RADIUS)).toBeLessThan(4)
    // Beyond what was looked at it is a straight line.
    expect(wire.to([5000, 5000])).toEqual([from, [5000, 5000]])
    wire.delete()
  })
})
