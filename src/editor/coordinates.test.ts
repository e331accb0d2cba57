import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fitted,
  heldInSight,
  MAX_SCALE,
  minScale,
  resized,
  showing,
  toImage,
  toScreen,
  type View,
  visibleBounds,
  zoomedAt,
} from './coordinates.ts'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const views = fc.record({ scale: number(0.01, 64), x: number(-1e5, 1e5), y: number(-1e5, 1e5) })
const sizes = fc.record({ width: fc.integer({ min: 1, max: 20_000 }), height: fc.integer({ min: 1, max: 20_000 }) })
const points = fc.tuple(number(-2e4, 2e4), number(-2e4, 2e4))
const near = (a: readonly number[], b: readonly number[], digits = 4) =>
  a.forEach((v, i) => {
    expect(v).toBeCloseTo(b[i] as number, digits)
  })

describe('between image and screen', () => {
  test('there and back is nothing', () =>
    fc.assert(fc.property(views, points, (view, p) => near(toImage(view, toScreen(view, p)), p, 3))))

  test('zooming holds the point under the cursor still, within the limits of the scale', () =>
    fc.assert(
      fc.property(views, points, number(0.1, 10), sizes, sizes, (view, at, factor, image, screen) => {
        const after = zoomedAt(view, at, factor, image, screen)
        near(toScreen(after, toImage(view, at)), at, 2)
        expect(after.scale).toBeLessThanOrEqual(MAX_SCALE)
        expect(after.scale).toBeGreaterThanOrEqual(minScale(image, screen))
      }),
    ))

  test('a fitted image is wholly on the screen', () =>
    fc.assert(
      fc.property(sizes, sizes, (image, screen) => {
        fc.pre(screen.width > 60 && screen.height > 60)
        const view = fitted(image, screen)
        near(toScreen(view, [image.width / 2, image.height / 2]), [screen.width / 2, screen.height / 2])
        expect(view.x).toBeGreaterThanOrEqual(0)
        expect(view.y).toBeGreaterThanOrEqual(0)
      }),
    ))

  test('the image never leaves the screen, and holding it twice changes nothing more', () =>
    fc.assert(
      fc.property(views, sizes, sizes, (view, image, screen) => {
        const held = heldInSight(view, image, screen)
        const seen = visibleBounds(held, screen)
        expect(seen.x).toBeLessThan(image.width)
        expect(seen.y).toBeLessThan(image.height)
        expect(seen.x + seen.width).toBeGreaterThan(0)
        expect(seen.y + seen.height).toBeGreaterThan(0)
        expect(heldInSight(held, image, screen)).toEqual(held)
      }),
    ))

  test('what was in the middle stays there when the window changes', () => {
    const view: View = { scale: 2, x: 10, y: 20 }
    const after = resized(view, { width: 100, height: 100 }, { width: 300, height: 200 })
    expect(toImage(after, [150, 100])).toEqual(toImage(view, [50, 50]))
  })

  test('a tiny object is shown large enough to work on, a large one wholly', () => {
    const [image, screen] = [
      { width: 4000, height: 3000 },
      { width: 1000, height: 800 },
    ]
    const view = fitted(image, screen)
    expect(showing(view, { x: 10, y: 10, width: 4, height: 4 }, image, screen).scale).toBeCloseTo(12)
    const large = showing({ ...view, scale: 10 }, { x: 0, y: 0, width: 2000, height: 100 }, image, screen)
    expect(large.scale * 2000).toBeLessThan(800)
  })
})
