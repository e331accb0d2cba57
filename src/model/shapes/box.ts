// A box, also a turned one: see frame.ts.
import { type Static, Type } from 'typebox'
import { Fields } from '../schema.ts'
import { FRAME_FIELDS } from './frame.ts'
import type { XY } from './geometry.ts'

export const BoxSchema = Fields({ type: Type.Literal('box'), ...FRAME_FIELDS })
export type Box = Static<typeof BoxSchema>

/** Square pixels. */
export const boxArea = (b: Box): number => b.width * b.height
/** The upright box spanned by two corners; null if it has no area. */
export function boxFrom(a: XY, b: XY): Box | null {
  const width = Math.abs(a[0] - b[0])
  const height = Math.abs(a[1] - b[1])
  if (width === 0 || height === 0) return null
  return { type: 'box', x: Math.min(a[0], b[0]), y: Math.min(a[1], b[1]), width, height }
}
