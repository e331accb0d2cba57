// Turns a box or ellipse about its centre. With Shift in steps of 15°.
import type { AnnotationObject } from '../../model/annotation.ts'
import { angleOf, centreOf } from '../../model/shapes/frame.ts'
import type { XY } from '../../model/shapes/geometry.ts'
import type { Framed } from '../../model/shapes/index.ts'
import { turnedTo } from '../shape-edit.ts'
import { reshaping } from './reshape.ts'
import type { Desk, Gesture, ToolEvent } from './tool.ts'

const STEP = 15

export function startRotate(desk: Desk, object: AnnotationObject, press: ToolEvent): Gesture {
  const frame = object.shape as Framed
  const image = desk.state().image
  const [cx, cy] = centreOf(frame)
  const direction = ([x, y]: XY) => (Math.atan2(y - cy, x - cx) * 180) / Math.PI
  return reshaping(desk, object, press, 'grabbing', (event) => {
    const angle = angleOf(frame) + direction(event.image) - direction(press.image)
    const turned = turnedTo(frame, event.shift ? Math.round(angle / STEP) * STEP : angle, image)
    return angleOf(turned) === angleOf(frame) ? frame : turned
  })
}
