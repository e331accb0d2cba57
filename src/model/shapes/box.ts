// An axis-aligned box: top left corner, width and height, in pixels of the upright image.
import { type Static, Type } from 'typebox'
import { Fields } from '../schema.ts'
import type { Bounds, XY } from './geometry.ts'

export const BoxSchema = Fields({
  type: Type.Literal('box'),
  x: Type.Number(),
  y: Type.Number(),
  width: Type.Number({ exclusiveMinimum: 0 }),
  height: Type.Number({ exclusiveMinimum: 0 }),
})
export type Box = Static<typeof BoxSchema>

/** Square pixels. */
export const boxArea = (b: Box): number => b.width * b.height
export const boxBounds = (b: Box): Bounds => ({ x: b.x, y: b.y, width: b.width, height: b.height })
/** Corners clockwise from the top left. */
export const boxCorners = (b: Box): XY[] => [
  [b.x, b.y],
  [b.x + b.width, b.y],
  [b.x + b.width, b.y + b.height],
  [b.x, b.y + b.height],
]
/** The box spanned by two corners; null if it has no area. */
export function boxFrom(a: XY, b: XY): Box | null {
  const width = Math.abs(a[0] - b[0])
  const height = Math.abs(a[1] - b[1])
  if (width === 0 || height === 0) return null
  return { type: 'box', x: Math.min(a[0], b[0]), y: Math.min(a[1], b[1]), width, height }
}
