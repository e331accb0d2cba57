// An ellipse: the one that touches the middles of the sides of its frame (frame.ts), so that it can be turned like a box.
import { type Static, Type } from 'typebox'
import { Fields } from '../schema.ts'
import { angleOf, centreOf, FRAME_FIELDS, intoFrame, turned } from './frame.ts'
import type { Bounds, XY } from './geometry.ts'

export const EllipseSchema = Fields({ type: Type.Literal('ellipse'), ...FRAME_FIELDS })
export type Ellipse = Static<typeof EllipseSchema>

/** Square pixels. */
export const ellipseArea = (e: Ellipse): number => (Math.PI * e.width * e.height) / 4

/** The tightest upright bounds, which for a turned ellipse are smaller than those of its frame. */
export function ellipseBounds(e: Ellipse): Bounds {
  if (angleOf(e) === 0) return { x: e.x, y: e.y, width: e.width, height: e.height }
  const turn = (angleOf(e) * Math.PI) / 180
  const [a, b] = [e.width / 2, e.height / 2]
  const across = Math.hypot(a * Math.cos(turn), b * Math.sin(turn))
  const down = Math.hypot(a * Math.sin(turn), b * Math.cos(turn))
  const [x, y] = centreOf(e)
  return { x: x - across, y: y - down, width: 2 * across, height: 2 * down }
}

export function isInEllipse(e: Ellipse, at: XY): boolean {
  const [x, y] = intoFrame(e, at)
  const [cx, cy] = centreOf(e)
  return ((x - cx) / (e.width / 2)) ** 2 + ((y - cy) / (e.height / 2)) ** 2 <= 1
}

/** The ellipse as a ring of `count` points, for formats that know only polygons. It lies inside, so it is a little smaller. */
export function ellipseRing(e: Ellipse, count = 64): XY[] {
  const [cx, cy] = centreOf(e)
  return Array.from({ length: count }, (_, i) => {
    const t = (2 * Math.PI * i) / count
    return turned([cx + (e.width / 2) * Math.cos(t), cy + (e.height / 2) * Math.sin(t)], [cx, cy], angleOf(e))
  })
}
