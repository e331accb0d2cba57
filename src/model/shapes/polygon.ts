// A polygon: one closed ring of at least three points, in pixels of the upright image.
import { type Static, Type } from 'typebox'
import { Fields } from '../schema.ts'
import { PointsSchema, type XY } from './geometry.ts'

export const PolygonSchema = Fields({
  type: Type.Literal('polygon'),
  points: PointsSchema(3),
})
export type Polygon = Static<typeof PolygonSchema>

/** Square pixels, by the shoelace formula (Meister 1769); the sign of the winding is dropped. */
export function ringArea(points: readonly XY[]): number {
  let twice = 0
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [x1, y1] = points[j] as XY
    const [x2, y2] = points[i] as XY
    twice += x1 * y2 - x2 * y1
  }
  return Math.abs(twice) / 2
}
export const polygonArea = (p: Polygon): number => ringArea(p.points as XY[])

/** Whether a point lies inside a ring (even-odd rule, ray to the right). */
export function isInRing([x, y]: XY, points: readonly XY[]): boolean {
  let inside = false
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [xi, yi] = points[i] as XY
    const [xj, yj] = points[j] as XY
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}
