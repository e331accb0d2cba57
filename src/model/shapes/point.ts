// A single point, in pixels of the upright image.
import { Type } from 'typebox'
import { Fields } from '../schema.ts'

export const PointSchema = Fields({
  type: Type.Literal('point'),
  x: Type.Number(),
  y: Type.Number(),
})
