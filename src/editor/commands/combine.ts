// Makes polygons of polygons: merge, subtract, split by a line. Holes and parts are kept. Loaded when it is first used.
import type { AnnotationObject } from '../../model/annotation.ts'
import { isSameValue } from '../../model/same-value.ts'
import type { XY } from '../../model/shapes/geometry.ts'
import { MAX_POINTS } from '../../model/shapes/geometry.ts'
import { MAX_RINGS, type Polygon, polygonRings } from '../../model/shapes/polygon.ts'
import { cut, united, without } from '../../model/shapes/polygon-boolean.ts'
import { type ChangeSet, changing, type EditorDocument, objectsById } from '../document.ts'
import { deleteObjects } from './delete-objects.ts'

type PolygonObject = AnnotationObject & { shape: Polygon }

const isPolygon = (object: AnnotationObject): object is PolygonObject => object.shape.type === 'polygon'

/** The polygons of these ids, in the order of the ids. */
function polygonsOf(document: EditorDocument, ids: readonly string[]): PolygonObject[] {
  const byId = objectsById(document)
  return ids.flatMap((id) => {
    const object = byId.get(id)
    return object && isPolygon(object) ? [object] : []
  })
}

/** The first polygon gets what all of them cover, and keeps its class and attributes; the others go. */
export function merge(document: EditorDocument, ids: readonly string[]): ChangeSet | null {
  const [first, ...others] = polygonsOf(document, ids)
  if (!first || others.length === 0) return null
  const shape = fitting(united([first, ...others].map((o) => o.shape)))
  const changed = shape && changing(document, [first.id], (o) => ({ ...o, shape }))
  const removed = deleteObjects(
    document,
    others.map((o) => o.id),
  )
  return changed && removed && { ...removed, changed: changed.changed }
}

/** Takes what the other polygons cover out of the first one; they stay. Null too if that is nothing, or all of it. */
export function subtract(document: EditorDocument, ids: readonly string[]): ChangeSet | null {
  const [first, ...others] = polygonsOf(document, ids)
  if (!first || others.length === 0) return null
  const shape = fitting(
    without(
      first.shape,
      others.map((o) => o.shape),
    ),
  )
  if (!shape || isSameValue(shape, without(first.shape, []))) return null
  return changing(document, [first.id], (o) => ({ ...o, shape }))
}

/** Each polygon becomes its largest piece; the other pieces are new objects on top of it, with its class and attributes. */
export function split(
  document: EditorDocument,
  ids: readonly string[],
  [from, to]: readonly [XY, XY],
  made: { createId: () => string; authorId: number | null },
): ChangeSet | null {
  const changed: ChangeSet['changed'][number][] = []
  const added: ChangeSet['added'][number][] = []
  const wanted = new Set(ids)
  for (const [index, before] of document.objects.entries()) {
    if (!wanted.has(before.id) || !isPolygon(before)) continue
    const [largest, ...others] = cut(before.shape, from, to)?.map(fitting) ?? []
    if (!largest || others.length === 0 || others.includes(null)) continue
    changed.push({ before, after: { ...before, shape: largest } })
    const { prediction_id: _, ...like } = before
    for (const shape of others as Polygon[])
      added.push({
        index: index + 1 + added.length,
        object: { ...like, id: made.createId(), shape, author_id: made.authorId },
      })
  }
  return changed.length === 0 ? null : { removed: [], added, changed, globals: null }
}

/** A polygon that the model holds; else null. */
function fitting(shape: Polygon | null): Polygon | null {
  if (!shape || (shape.rings?.length ?? 0) > MAX_RINGS) return null
  return polygonRings(shape).every((ring) => ring.length <= MAX_POINTS) ? shape : null
}
