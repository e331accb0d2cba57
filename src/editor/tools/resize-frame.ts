// Pulls one edge or corner of a box or ellipse, in its own axes: the opposite edge or corner stays where it is on the
// image. Pulled past it, the frame turns over.
import type { AnnotationObject } from '../../model/annotation.ts'
import { centreOf, intoFrame, outOfFrame } from '../../model/shapes/frame.ts'
import { hundredths, type XY } from '../../model/shapes/geometry.ts'
import type { Framed } from '../../model/shapes/index.ts'
import type { Size } from '../coordinates.ts'
import { type FrameHandle, handleCursor, type PlacedHandle } from '../handles.ts'
import { boxBetween, isCut, isInside } from '../shape-edit.ts'
import { reshaping } from './reshape.ts'
import type { Desk, Gesture, ToolEvent } from './tool.ts'

export function startResize(
  desk: Desk,
  object: AnnotationObject,
  { handle, at }: PlacedHandle<FrameHandle>,
  press: ToolEvent,
): Gesture {
  const frame = object.shape as Framed
  const held: XY = [at[0] - press.image[0], at[1] - press.image[1]]
  return reshaping(desk, object, press, handleCursor(handle, frame), (event) => {
    const to: XY = [event.image[0] + held[0], event.image[1] + held[1]]
    return pulled(frame, handle, desk.snap(to, object.id), desk.state().image)
  })
}

/** With a handle at `to`, image pixels; null if that has no area or its centre is not in the image. */
function pulled(frame: Framed, { across, down }: FrameHandle, to: XY, image: Size): Framed | null {
  const [x, y] = intoFrame(frame, to)
  const a: XY = [across === -1 ? x : frame.x, down === -1 ? y : frame.y]
  const b: XY = [across === 1 ? x : frame.x + frame.width, down === 1 ? y : frame.y + frame.height]
  if (isCut(frame)) return boxBetween(a, b, image)
  const [width, height] = [hundredths(Math.abs(b[0] - a[0])), hundredths(Math.abs(b[1] - a[1]))]
  // The new centre turns about the old one; the frame then turns about its own.
  const [cx, cy] = outOfFrame(frame, centreOf({ x: Math.min(a[0], b[0]), y: Math.min(a[1], b[1]), width, height }))
  if (width === 0 || height === 0 || !isInside([cx, cy], image)) return null
  return { ...frame, x: hundredths(cx - width / 2), y: hundredths(cy - height / 2), width, height }
}
