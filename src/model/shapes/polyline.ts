// A polyline: an open line of at least two points, in pixels of the upright image.
import { Type } from 'typebox'
import { Fields } from '../schema.ts'
import { PointsSchema } from './geometry.ts'

export const PolylineSchema = Fields({
  type: Type.Literal('polyline'),
  points: PointsSchema(2),
})
