// What all shapes share: coordinates and bounds. Pixels of the upright image, origin at the top left.
import { Type } from 'typebox'

export const XYSchema = Type.Unsafe<XY>({
  type: 'array',
  items: { type: 'number' },
  minItems: 2,
  maxItems: 2,
})
export type XY = [number, number]

/** A list of at least `min` points; 10,000 at most, so that one object cannot fill the database. */
export const PointsSchema = (min: number) => Type.Array(XYSchema, { minItems: min, maxItems: 10_000 })

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
