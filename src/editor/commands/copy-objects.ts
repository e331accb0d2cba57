// Copies of objects: for paste, and for duplicate. They get new ids and belong to the person who copies.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { LabelSchema } from '../../model/label-schema.ts'
import { classOf, fits } from '../class-keys.ts'
import type { Size } from '../coordinates.ts'
import { allowedMove, boundsAround, clipped, hasMask, moved } from '../shape-edit.ts'

export type CopyPlace = {
  readonly image: Size
  readonly schema: LabelSchema
  /** How far to the right and down of the original, image pixels. */
  readonly offset: number
  readonly authorId: number | null
  readonly createId: () => string
}

/**
 * The objects again, beside the originals and as one piece inside the image; those are left out whose class this
 * project does not have, or of which nothing lies in this image (they may come from another, larger one).
 */
export function copyObjects(objects: readonly AnnotationObject[], place: CopyPlace): AnnotationObject[] {
  const fitting = objects.flatMap((o) => {
    const labelClass = classOf(place.schema, o.class_id)
    const shape = clipped(o.shape, place.image)
    return labelClass && fits(labelClass, o.shape) && shape ? [{ ...o, shape }] : []
  })
  if (fitting.length === 0) return []
  const shapes = fitting.map((o) => o.shape)
  const bounds = boundsAround(shapes)
  // At the far edge the copy goes to the near side, so that it never lies exactly on the original.
  const beside = (after: number) => (after >= place.offset ? place.offset : -place.offset)
  const across = beside(place.image.width - bounds.x - bounds.width)
  const down = beside(place.image.height - bounds.y - bounds.height)
  const [dx, dy] = allowedMove(bounds, across, down, place.image, hasMask(shapes))
  // A copy was drawn by hand: only its original is what a model suggested.
  return fitting.map(({ prediction_id: _, ...o }) => ({
    ...o,
    id: place.createId(),
    shape: moved(o.shape, dx, dy, place.image),
    author_id: place.authorId,
  }))
}
