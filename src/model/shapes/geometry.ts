// What all shapes share: coordinates and bounds. Pixels of the upright image, origin at the top left.
import { Type } from 'typebox'

/** Far beyond any image; keeps sums and products of coordinates exact enough. */
const FARTHEST = 10_000_000
export const CoordinateSchema = Type.Number({ minimum: -FARTHEST, maximum: FARTHEST })
export const LengthSchema = Type.Number({ exclusiveMinimum: 0, maximum: 2 * FARTHEST })

export const XYSchema = Type.Unsafe<XY>({
  type: 'array',
  items: { type: 'number', minimum: -FARTHEST, maximum: FARTHEST },
  minItems: 2,
  maxItems: 2,
})
export type XY = [number, number]

/** The most points in one ring or line, so that one object cannot fill the database. */
export const MAX_POINTS = 10_000

/** A list of at least `min` points. */
export const PointsSchema = (min: number) => Type.Array(XYSchema, { minItems: min, maxItems: MAX_POINTS })

/** Hundredths of a pixel: finer than a screen pixel at the highest zoom, and short in JSON. */
export const hundredths = (value: number): number => Math.round(value * 100) / 100

export type Bounds = { x: number; y: number; width: number; height: number }

export function boundsOf(points: readonly XY[]): Bounds {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    if (x < x0) x0 = x
    if (y < y0) y0 = y
    if (x > x1) x1 = x
    if (y > y1) y1 = y
  }
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 }
}
