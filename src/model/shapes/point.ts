// A single point, in pixels of the upright image.
import { Type } from 'typebox'
import { Fields } from '../schema.ts'
import { CoordinateSchema } from './geometry.ts'

export const PointSchema = Fields({
  type: Type.Literal('point'),
  x: CoordinateSchema,
  y: CoordinateSchema,
})
