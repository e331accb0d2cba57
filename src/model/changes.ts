// What a save sends when the server has the document that the work began with: what is different, object by object.
import { type Static, Type } from 'typebox'
import {
  type AnnotationDocument,
  type AnnotationObject,
  DocumentSchema,
  OBJECTS_MAX,
  ObjectSchema,
} from './annotation.ts'
import { Fields } from './schema.ts'

const ids = Type.Array(ObjectSchema.properties.id, { maxItems: OBJECTS_MAX })

export const ChangesSchema = Fields({
  /** Gone; first of all. */
  removed: ids,
  /** Whole objects: those the document has take their old place, new ones come in front. */
  put: DocumentSchema.properties.objects,
  /** All from back to front, where they would not stand like that anyway. */
  order: Type.Optional(ids),
  /** As in a document; left out: as they were. */
  global_attributes: Type.Optional(DocumentSchema.properties.global_attributes),
  rejected_predictions: DocumentSchema.properties.rejected_predictions,
})
export type Changes = Static<typeof ChangesSchema>

type Document = {
  readonly objects: readonly AnnotationObject[]
  readonly global_attributes: Readonly<AnnotationDocument['global_attributes']>
  readonly rejected_predictions?: readonly string[] | undefined
}

/** What makes the newer document out of the older. Objects are told apart by identity: an untouched one is the same. */
export function changesOf(before: Document, after: Document): Changes {
  const known = new Map(before.objects.map((o) => [o.id, o]))
  const kept = new Set(after.objects.map((o) => o.id))
  const { global_attributes, rejected_predictions: rejected } = after
  const changes: Changes = {
    removed: before.objects.filter((o) => !kept.has(o.id)).map((o) => o.id),
    put: after.objects.filter((o) => known.get(o.id) !== o),
    ...(global_attributes === before.global_attributes ? {} : { global_attributes }),
    ...(rejected && rejected !== before.rejected_predictions ? { rejected_predictions: [...rejected] } : {}),
  }
  const isInPlace = withChanges(before, changes).objects.every((o, i) => o === after.objects[i])
  return isInPlace ? changes : { ...changes, order: [...kept] }
}

/** Shares the untouched objects with the older document. Any changes give a document in which every id occurs once. */
export function withChanges(before: Document, { removed, put, order, ...others }: Changes): AnnotationDocument {
  const byId = new Map(before.objects.map((o) => [o.id, o]))
  for (const id of removed) byId.delete(id)
  for (const o of put) byId.set(o.id, o)
  const objects = [...byId.values()]
  if (order) {
    const places = new Map(order.map((id, i) => [id, i]))
    const placeOf = (o: AnnotationObject) => places.get(o.id) ?? order.length
    objects.sort((a, b) => placeOf(a) - placeOf(b))
  }
  return { ...(before as AnnotationDocument), ...others, objects }
}
