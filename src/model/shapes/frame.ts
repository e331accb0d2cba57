// What box and ellipse share: a rectangle that may be turned about its centre. x and y are its top left corner before
// turning; `angle` is in degrees, clockwise as seen on the screen, and left out when it is 0.
import { Type } from 'typebox'
import { type Bounds, boundsOf, CoordinateSchema, LengthSchema, type XY } from './geometry.ts'

export const FRAME_FIELDS = {
  x: CoordinateSchema,
  y: CoordinateSchema,
  width: LengthSchema,
  height: LengthSchema,
  angle: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
}
export type Frame = { x: number; y: number; width: number; height: number; angle?: number }

export const angleOf = (frame: Frame): number => frame.angle ?? 0
export const centreOf = (f: Frame): XY => [f.x + f.width / 2, f.y + f.height / 2]

/** A point turned about another, degrees clockwise as seen on the screen. */
export function turned([x, y]: XY, [cx, cy]: XY, degrees: number): XY {
  if (degrees === 0) return [x, y]
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const [dx, dy] = [x - cx, y - cy]
  return [cx + dx * cos - dy * sin, cy + dx * sin + dy * cos]
}

/** A point of the image in the frame's own axes: there the frame is not turned. */
export const intoFrame = (frame: Frame, at: XY): XY => turned(at, centreOf(frame), -angleOf(frame))
export const outOfFrame = (frame: Frame, at: XY): XY => turned(at, centreOf(frame), angleOf(frame))

/** Corners clockwise from the one that is the top left when not turned. */
export function frameCorners(f: Frame): XY[] {
  const corners: XY[] = [
    [f.x, f.y],
    [f.x + f.width, f.y],
    [f.x + f.width, f.y + f.height],
    [f.x, f.y + f.height],
  ]
  return angleOf(f) === 0 ? corners : corners.map((c) => outOfFrame(f, c))
}

export const frameBounds = (f: Frame): Bounds =>
  angleOf(f) === 0 ? { x: f.x, y: f.y, width: f.width, height: f.height } : boundsOf(frameCorners(f))

/** The same angle in −180 (exclusive) … 180 degrees. */
export function normalAngle(degrees: number): number {
  const rest = ((degrees % 360) + 360) % 360
  return rest > 180 ? rest - 360 : rest
}

/** The frame with this angle, in hundredths of a degree; 0 is left out. */
export function withAngle<F extends Frame>(frame: F, degrees: number): F {
  // Rounded last: to bring an angle into range adds and takes away whole turns, which leaves crumbs.
  const rounded = Math.round(normalAngle(degrees) * 100) / 100
  const angle = rounded === -180 ? 180 : rounded
  const { angle: _, ...rest } = frame
  return (angle === 0 ? rest : { ...rest, angle }) as F
}
