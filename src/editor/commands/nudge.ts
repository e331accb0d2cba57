// Moves objects by a few pixels, as one piece and not out of the image.

import type { Size } from '../coordinates.ts'
import { type ChangeSet, changing, type EditorDocument, objectsOf } from '../document.ts'
import { allowedMove, boundsAround, hasMask, moved } from '../shape-edit.ts'

/** @param dx,dy  image pixels */
export function nudge(
  document: EditorDocument,
  ids: Iterable<string>,
  dx: number,
  dy: number,
  image: Size,
): ChangeSet | null {
  const objects = objectsOf(document, ids)
  if (objects.length === 0) return null
  const shapes = objects.map((o) => o.shape)
  const [x, y] = allowedMove(boundsAround(shapes), dx, dy, image, hasMask(shapes))
  if (x === 0 && y === 0) return null
  const moving = objects.map((o) => o.id)
  return changing(document, moving, (o) => ({ ...o, shape: moved(o.shape, x, y, image) }))
}
