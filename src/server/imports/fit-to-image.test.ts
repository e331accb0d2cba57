import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Frame, frameCorners } from '../../model/shapes/frame.ts'
import { shapeArea, shapeBounds } from '../../model/shapes/index.ts'
import { clip, fitToImage, turnUpright } from './fit-to-image.ts'
import type { ParsedImage, ParsedObject } from './format.ts'

const image = { width: 640, height: 480 }
const box = (x: number, y: number, width: number, height: number) => ({ type: 'box', x, y, width, height }) as const
const parsed = (shape: ParsedObject['shape'], size = image): ParsedImage => ({
  names: ['a.jpg'],
  folders: [],
  ...size,
  objects: [{ class_name: 'a', shape }],
  left_out: [],
})

describe('clipping', () => {
  test('leaves alone what lies inside, cuts what reaches out, leaves out what lies outside', () => {
    expect(fitToImage(parsed(box(0, 0, 640, 480)), image, 1)).toMatchObject({
      objects: [{ shape: box(0, 0, 640, 480) }],
      adjusted: [],
      left_out: [],
    })
    expect(fitToImage(parsed(box(-5, 470, 20, 20)), image, 1)).toMatchObject({
      objects: [{ shape: box(0, 470, 15, 10) }],
      adjusted: ['1 object clipped to the image'],
    })
    expect(fitToImage(parsed(box(640, 0, 20, 20)), image, 1)).toMatchObject({
      objects: [],
      left_out: ['object 1 (a): outside the image'],
    })
  })

  test('a polygon keeps exactly the area that lies inside', () => {
    const clipped = clip(
      {
        type: 'polygon',
        points: [
          [-10, 0],
          [10, 0],
          [10, 10],
          [-10, 10],
        ],
      },
      image,
    )
    expect(clipped && shapeArea(clipped)).toBe(100)
    expect(
      clip(
        {
          type: 'polygon',
          points: [
            [-10, 0],
            [-1, 0],
            [-1, 10],
          ],
        },
        image,
      ),
    ).toBeNull()
  })

  test('law: what is left lies inside the image and is no larger than before', () => {
    const at = fc.double({ min: -1000, max: 1500, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(at, at), { minLength: 3, maxLength: 12 }), (points) => {
        const whole = { type: 'polygon', points } as const
        const left = clip(whole, image)
        if (!left) return
        const b = shapeBounds(left)
        expect(b.x).toBeGreaterThanOrEqual(0)
        expect(b.y).toBeGreaterThanOrEqual(0)
        expect(b.x + b.width).toBeLessThanOrEqual(image.width + 1e-9)
        expect(b.y + b.height).toBeLessThanOrEqual(image.height + 1e-9)
      }),
    )
  })
})

describe('orientation', () => {
  test('boxes in stored pixels are turned upright where the file measured the stored image', () => {
    // Stored 640 × 480, shown 480 × 640 after a quarter turn clockwise: the top left corner becomes the top right one.
    const upright = { width: 480, height: 640 }
    expect(fitToImage(parsed(box(0, 0, 10, 20)), upright, 6)).toMatchObject({
      objects: [{ shape: box(460, 0, 20, 10) }],
      adjusted: ['turned upright (EXIF orientation 6)'],
    })
    expect(fitToImage(parsed(box(0, 0, 10, 20)), upright, 8)).toMatchObject({
      objects: [{ shape: box(0, 630, 20, 10) }],
    })
  })

  test('another size is told, and nothing is turned without an orientation that says so', () => {
    expect(fitToImage(parsed(box(0, 0, 10, 20)), { width: 480, height: 640 }, 1).adjusted[0]).toContain(
      'made for an image of 640 × 480',
    )
    expect(fitToImage(parsed(box(0, 0, 10, 20)), { width: 1280, height: 960 }, 6)).toMatchObject({
      objects: [{ shape: box(0, 0, 10, 20) }],
    })
    expect(fitToImage({ ...parsed(box(0, 0, 10, 20)), width: null, height: null }, image, 1).adjusted).toEqual([])
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'law: orientation %i keeps areas and stays inside the upright image',
    (orientation) => {
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 600 }),
          fc.integer({ min: 0, max: 440 }),
          fc.integer({ min: 1, max: 40 }),
          fc.integer({ min: 1, max: 40 }),
          (x, y, w, h) => {
            const turned = turnUpright(box(x, y, w, h), image, orientation)
            const upright = orientation >= 5 ? { width: 480, height: 640 } : image
            expect(shapeArea(turned)).toBe(w * h)
            expect(clip(turned, upright)).toBe(turned)
            expect(shapeBounds(turned).width).toBe(orientation >= 5 ? h : w)
          },
        ),
        { numRuns: 50 },
      )
    },
  )
})

test('a turned box turns upright like its corners do, and is not cut', () => {
  const corners = (s: object) => frameCorners(s as Frame).map((c) => c.map((v) => v.toFixed(6)).join())
  const given = { ...box(100, 100, 40, 20), angle: 30 }
  const turned = turnUpright(given, image, 6)
  // Orientation 6: (x, y) → (h − y, x).
  const expected = frameCorners(given).map(([x, y]) => [480 - y, x].map((v) => v.toFixed(6)).join())
  expect(corners(turned).sort()).toEqual(expected.sort())
  const half = { ...box(-15, 100, 40, 20), angle: 30 }
  expect(clip(half, image)).toBe(half)
  expect(clip({ ...box(-25, 100, 40, 20), angle: 30 }, image)).toBeNull()
})

test('class names that a label schema cannot hold leave their objects out', () => {
  const long = {
    ...parsed(box(1, 1, 2, 2)),
    objects: [
      { class_name: '', shape: box(1, 1, 2, 2) },
      { class_name: 'x'.repeat(101), shape: box(1, 1, 2, 2) },
    ],
  }
  expect(fitToImage(long, image, 1)).toMatchObject({
    objects: [],
    left_out: [expect.stringContaining('class name'), expect.stringContaining('class name')],
  })
})
