// Drags the selection. It stops at the edge of the image, as one piece.
import type { AnnotationObject } from '../../model/annotation.ts'
import { changing } from '../document.ts'
import { allowedMove, boundsAround, moved } from '../shape-edit.ts'
import { CLICK_SLOP, type Desk, type Gesture, screenDistance, type ToolEvent } from './tool.ts'

/** @param onClick  what a press without a drag means */
export function startMove(
  desk: Desk,
  objects: readonly AnnotationObject[],
  press: ToolEvent,
  onClick: () => void,
): Gesture {
  const bounds = boundsAround(objects.map((o) => o.shape))
  const image = desk.state().image
  let isDrag = false
  let [dx, dy] = [0, 0]

  return {
    move(event) {
      isDrag ||= screenDistance(press, event) >= CLICK_SLOP
      if (!isDrag) return
      ;[dx, dy] = allowedMove(bounds, event.image[0] - press.image[0], event.image[1] - press.image[1], image)
      desk.preview(new Map(objects.map((o) => [o.id, moved(o.shape, dx, dy, image)])))
    },
    release() {
      desk.preview(null)
      if (!isDrag) return onClick()
      if (dx === 0 && dy === 0) return
      const ids = objects.map((o) => o.id)
      desk.commit(changing(desk.state().document, ids, (o) => ({ ...o, shape: moved(o.shape, dx, dy, image) })))
    },
    cancel: () => desk.preview(null),
    cursor: 'move',
  }
}
