// Pulls a vertex of a polygon or polyline; pulling a middle handle first makes a vertex there.
import type { AnnotationObject } from '../../model/annotation.ts'
import { handleCursor, type PlacedHandle, type VertexHandle } from '../handles.ts'
import { sound, withInsertedVertex, withVertex } from '../shape-edit.ts'
import { reshaping } from './reshape.ts'
import type { Desk, Gesture, ToolEvent } from './tool.ts'

export function startVertexMove(
  desk: Desk,
  object: AnnotationObject,
  { handle, at }: PlacedHandle<VertexHandle>,
  press: ToolEvent,
  onClick?: () => void,
): Gesture {
  const image = desk.state().image
  const start = handle.kind === 'middle' ? withInsertedVertex(object.shape, handle, at, image) : object.shape
  const pulled = (event: ToolEvent) => {
    const x = at[0] + event.image[0] - press.image[0]
    const y = at[1] + event.image[1] - press.image[1]
    return sound(withVertex(start, handle, desk.snap([x, y], object.id), image))
  }
  return reshaping(desk, object, press, handleCursor(handle, object.shape), pulled, onClick)
}
