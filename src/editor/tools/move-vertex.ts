// Pulls a vertex of a polygon or polyline; pulling a middle handle first makes a vertex there.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { Shape } from '../../model/shapes/index.ts'
import { changing } from '../document.ts'
import { handleCursor, type PlacedHandle, type VertexHandle } from '../handles.ts'
import { sound, withInsertedVertex, withVertex } from '../shape-edit.ts'
import { CLICK_SLOP, type Desk, type Gesture, screenDistance, type ToolEvent } from './tool.ts'

export function startVertexMove(
  desk: Desk,
  object: AnnotationObject,
  { handle, at }: PlacedHandle<VertexHandle>,
  press: ToolEvent,
): Gesture {
  const image = desk.state().image
  const start = handle.kind === 'middle' ? withInsertedVertex(object.shape, handle, at, image) : object.shape
  let result: Shape = object.shape
  let isDrag = false

  return {
    move(event) {
      isDrag ||= screenDistance(press, event) >= CLICK_SLOP
      if (!isDrag) return
      const x = at[0] + event.image[0] - press.image[0]
      const y = at[1] + event.image[1] - press.image[1]
      result = sound(withVertex(start, handle, desk.snap([x, y], object.id), image)) ?? result
      desk.preview(new Map([[object.id, result]]))
    },
    release() {
      desk.preview(null)
      if (result !== object.shape)
        desk.commit(changing(desk.state().document, [object.id], (o) => ({ ...o, shape: result })))
    },
    cancel: () => desk.preview(null),
    cursor: handleCursor(handle, object.shape),
  }
}
