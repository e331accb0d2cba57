// The outline of any shape as lines: for hit tests, drawings, and formats that know only rings of points.
import { ellipseRing } from './ellipse.ts'
import { frameCorners } from './frame.ts'
import type { XY } from './geometry.ts'
import type { Shape } from './index.ts'
import { polygonRings } from './polygon.ts'

/** Closed rings, but for the line of a polyline. A point is a ring of one, also of a skeleton; of a mask only the bounding box. */
export function outlineOf(shape: Shape): XY[][] {
  switch (shape.type) {
    case 'box':
      return [frameCorners(shape)]
    case 'ellipse':
      return [ellipseRing(shape)]
    case 'polygon':
      return polygonRings(shape)
    case 'polyline':
      return [shape.points as XY[]]
    case 'skeleton':
      return shape.points.map(({ x, y }): XY[] => [[x, y]])
    case 'mask':
      return [frameCorners(shape)]
    case 'point':
      return [[[shape.x, shape.y]]]
  }
}

/** The topmost point; of an upright box, and of a mask, the top left corner. */
export const topOf = (shape: Shape): XY =>
  outlineOf(shape)
    .flat()
    .reduce((top, p) => (p[1] < top[1] ? p : top))
