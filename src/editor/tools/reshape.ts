// A drag that gives one object another shape: shown while it goes on, committed once, given up by Escape.
import type { AnnotationObject } from '../../model/annotation.ts'
import { isSameValue } from '../../model/same-value.ts'
import type { Shape } from '../../model/shapes/index.ts'
import { changing } from '../document.ts'
import { CLICK_SLOP, type Desk, type Gesture, screenDistance, type ToolEvent } from './tool.ts'

/**
 * @param shapeAt the shape while the pointer is there: the object's own where nothing changes, null where it would be
 *   none, so that the last one stays
 * @param onClick  what a press without a drag means
 */
export function reshaping(
  desk: Desk,
  object: AnnotationObject,
  press: ToolEvent,
  cursor: Gesture['cursor'],
  shapeAt: (event: ToolEvent) => Shape | null,
  onClick = () => {},
): Gesture {
  let result = object.shape
  let isDrag = false

  return {
    move(event) {
      isDrag ||= screenDistance(press, event) >= CLICK_SLOP
      if (!isDrag) return
      result = shapeAt(event) ?? result
      desk.preview(new Map([[object.id, result]]))
    },
    release() {
      desk.preview(null)
      if (!isDrag) onClick()
      else if (!isSameValue(result, object.shape))
        desk.commit(changing(desk.state().document, [object.id], (o) => ({ ...o, shape: result })))
    },
    cancel: () => desk.preview(null),
    cursor,
  }
}
