// The list of shapes. A new geometry is one file beside this one and one line in each list here.
import { type Static, Type } from 'typebox'
import { type Box, BoxSchema, boxArea } from './box.ts'
import { type Ellipse, EllipseSchema, ellipseArea, ellipseBounds } from './ellipse.ts'
import { type Frame, frameBounds } from './frame.ts'
import { type Bounds, boundsOf, type XY } from './geometry.ts'
import { type Mask, MaskSchema, maskArea, maskBounds } from './mask.ts'
import { PointSchema } from './point.ts'
import { PolygonSchema, polygonArea, polygonRings } from './polygon.ts'
import { PolylineSchema } from './polyline.ts'
import { type Skeleton, SkeletonSchema, skeletonBounds } from './skeleton.ts'

export const SHAPE_TYPES = ['box', 'polygon', 'polyline', 'point', 'ellipse', 'mask', 'skeleton'] as const
export type ShapeType = (typeof SHAPE_TYPES)[number]
export const isShapeType = (name: string): name is ShapeType => (SHAPE_TYPES as readonly string[]).includes(name)

export const ShapeSchema = Type.Union([
  BoxSchema,
  PolygonSchema,
  PolylineSchema,
  PointSchema,
  EllipseSchema,
  MaskSchema,
  SkeletonSchema,
])
export type Shape = Static<typeof ShapeSchema>

/** Shapes with a frame: a rectangle that can be turned. */
export type Framed = Box | Ellipse
export const isFramed = (shape: Shape): shape is Framed => shape.type === 'box' || shape.type === 'ellipse'

export function shapeBounds(shape: Shape): Bounds {
  switch (shape.type) {
    case 'box':
      return frameBounds(shape as Frame)
    case 'ellipse':
      return ellipseBounds(shape)
    case 'mask':
      return maskBounds(shape as Mask)
    case 'point':
      return { x: shape.x, y: shape.y, width: 0, height: 0 }
    case 'polygon':
      return boundsOf(shape.rings ? polygonRings(shape).flat() : (shape.points as XY[]))
    case 'skeleton':
      return skeletonBounds(shape as Skeleton)
    case 'polyline':
      return boundsOf(shape.points as XY[])
  }
}

/** Square pixels; 0 for lines and points. */
export function shapeArea(shape: Shape): number {
  switch (shape.type) {
    case 'box':
      return boxArea(shape)
    case 'ellipse':
      return ellipseArea(shape)
    case 'polygon':
      return polygonArea(shape)
    case 'mask':
      return maskArea(shape as Mask)
    default:
      return 0
  }
}
