// The list of shapes. A new geometry is one file beside this one and one line in each list here.
import { type Static, Type } from 'typebox'
import { type Box, BoxSchema, boxArea, boxBounds } from './box.ts'
import { type Bounds, boundsOf, type XY } from './geometry.ts'
import { PointSchema } from './point.ts'
import { PolygonSchema, polygonArea } from './polygon.ts'
import { PolylineSchema } from './polyline.ts'

export const SHAPE_TYPES = ['box', 'polygon', 'polyline', 'point'] as const
export type ShapeType = (typeof SHAPE_TYPES)[number]

export const ShapeSchema = Type.Union([BoxSchema, PolygonSchema, PolylineSchema, PointSchema])
export type Shape = Static<typeof ShapeSchema>

export function shapeBounds(shape: Shape): Bounds {
  switch (shape.type) {
    case 'box':
      return boxBounds(shape as Box)
    case 'point':
      return { x: shape.x, y: shape.y, width: 0, height: 0 }
    default:
      return boundsOf(shape.points as XY[])
  }
}

/** Square pixels; 0 for lines and points. */
export function shapeArea(shape: Shape): number {
  if (shape.type === 'box') return boxArea(shape)
  if (shape.type === 'polygon') return polygonArea(shape)
  return 0
}
