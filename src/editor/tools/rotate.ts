// Turns a box or ellipse about its centre. With Shift in steps of 15°.
import type { AnnotationObject } from '../../model/annotation.ts'
import { angleOf, centreOf } from '../../model/shapes/frame.ts'
import type { XY } from '../../model/shapes/geometry.ts'
import type { Framed } from '../../model/shapes/index.ts'
import { changing } from '../document.ts'
import { turnedTo } from '../shape-edit.ts'
import { CLICK_SLOP, type Desk, type Gesture, screenDistance, type ToolEvent } from './tool.ts'

const STEP = 15

export function startRotate(desk: Desk, object: AnnotationObject, press: ToolEvent): Gesture {
  const frame = object.shape as Framed
  const image = desk.state().image
  const [cx, cy] = centreOf(frame)
  const direction = ([x, y]: XY) => (Math.atan2(y - cy, x - cx) * 180) / Math.PI
  let result: Framed = frame
  let isDrag = false

  return {
    move(event) {
      isDrag ||= screenDistance(press, event) >= CLICK_SLOP
      if (!isDrag) return
      const angle = angleOf(frame) + direction(event.image) - direction(press.image)
      result = turnedTo(frame, event.shift ? Math.round(angle / STEP) * STEP : angle, image)
      desk.preview(new Map([[object.id, result]]))
    },
    release() {
      desk.preview(null)
      if (angleOf(result) !== angleOf(frame))
        desk.commit(changing(desk.state().document, [object.id], (o) => ({ ...o, shape: result })))
    },
    cancel: () => desk.preview(null),
    cursor: 'grabbing',
  }
}
