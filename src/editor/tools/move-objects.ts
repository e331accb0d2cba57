// Drags the selection. It stops at the edge of the image, as one piece; a point alone goes to what is near, as when it is put.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { XY } from '../../model/shapes/geometry.ts'
import { changing } from '../document.ts'
import { allowedMove, boundsAround, hasMask, moved } from '../shape-edit.ts'
import { CLICK_SLOP, type Desk, type Gesture, screenDistance, type ToolEvent } from './tool.ts'

/** @param onClick  what a press without a drag means */
export function startMove(
  desk: Desk,
  objects: readonly AnnotationObject[],
  press: ToolEvent,
  onClick: () => void,
): Gesture {
  const shapes = objects.map((o) => o.shape)
  const [bounds, isWhole] = [boundsAround(shapes), hasMask(shapes)]
  const image = desk.state().image
  const [first] = objects
  const point = first?.shape.type === 'point' && objects.length === 1 ? { id: first.id, ...first.shape } : null
  const wanted = (event: ToolEvent): XY => {
    const [x, y] = [event.image[0] - press.image[0], event.image[1] - press.image[1]]
    if (!point) return [x, y]
    const to = desk.snap([point.x + x, point.y + y], point.id)
    return [to[0] - point.x, to[1] - point.y]
  }
  let isDrag = false
  let [dx, dy] = [0, 0]

  return {
    move(event) {
      isDrag ||= screenDistance(press, event) >= CLICK_SLOP
      if (!isDrag) return
      ;[dx, dy] = allowedMove(bounds, ...wanted(event), image, isWhole)
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
