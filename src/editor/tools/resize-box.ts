// Pulls one edge or corner of a box. Pulled past the opposite side, the box turns over.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { Box } from '../../model/shapes/box.ts'
import type { XY } from '../../model/shapes/geometry.ts'
import { changing } from '../document.ts'
import { type BoxHandle, boxHandleAt, handleCursor } from '../handles.ts'
import { boxBetween } from '../shape-edit.ts'
import { CLICK_SLOP, type Desk, type Gesture, screenDistance, type ToolEvent } from './tool.ts'

export function startResize(desk: Desk, object: AnnotationObject, handle: BoxHandle, press: ToolEvent): Gesture {
  const box = object.shape as Box
  const grip = boxHandleAt(box, handle.across, handle.down)
  const held: XY = [grip[0] - press.image[0], grip[1] - press.image[1]]
  const [right, bottom] = [box.x + box.width, box.y + box.height]
  let result: Box = box
  let isDrag = false

  return {
    move(event) {
      isDrag ||= screenDistance(press, event) >= CLICK_SLOP
      if (!isDrag) return
      const [x, y] = [event.image[0] + held[0], event.image[1] + held[1]]
      const a: XY = [handle.across === -1 ? x : box.x, handle.down === -1 ? y : box.y]
      const b: XY = [handle.across === 1 ? x : right, handle.down === 1 ? y : bottom]
      // Where the box would have no area, the last one that had stays.
      result = boxBetween(a, b, desk.state().image) ?? result
      desk.preview(new Map([[object.id, result]]))
    },
    release() {
      desk.preview(null)
      if (result !== box) desk.commit(changing(desk.state().document, [object.id], (o) => ({ ...o, shape: result })))
    },
    cancel: () => desk.preview(null),
    cursor: handleCursor(handle),
  }
}
