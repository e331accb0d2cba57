// What differs between two documents of a task, object by object. Who drew an object is no difference.
import type { AnnotationDocument, AnnotationObject } from './annotation.ts'
import type { AttributeValues } from './label-schema.ts'
import { isSameValue } from './same-value.ts'

/** Parts of an object that a person changes. */
export type Part = 'shape' | 'class' | 'attributes'
export type ObjectChange = {
  readonly before: AnnotationObject
  readonly after: AnnotationObject
  /** At least one. */
  readonly parts: readonly Part[]
}

export type Comparison = {
  /** In the order of the newer document. */
  readonly added: readonly AnnotationObject[]
  /** In the order of the older document. */
  readonly removed: readonly AnnotationObject[]
  /** In the order of the newer document. */
  readonly changed: readonly ObjectChange[]
  readonly unchanged_count: number
  /** Ids of the newer document from back to front, if what was kept does not simply stand before what is new. */
  readonly order: readonly string[] | null
  readonly globals: { readonly before: Readonly<AttributeValues>; readonly after: Readonly<AttributeValues> } | null
}

type Document = { readonly objects: readonly AnnotationObject[]; readonly global_attributes: Readonly<AttributeValues> }

export function compare(before: Document, after: Document): Comparison {
  const old = new Map(before.objects.map((o) => [o.id, o]))
  const added: AnnotationObject[] = []
  const changed: ObjectChange[] = []
  const kept = new Set<string>()
  for (const o of after.objects) {
    const was = old.get(o.id)
    if (!was) {
      added.push(o)
      continue
    }
    kept.add(o.id)
    const parts = partsThatDiffer(was, o)
    if (parts.length > 0) changed.push({ before: was, after: o, parts })
  }
  const survivors = before.objects.filter((o) => kept.has(o.id))
  const isInPlace = [...survivors, ...added].every((o, i) => o.id === after.objects[i]?.id)
  return {
    added,
    removed: before.objects.filter((o) => !kept.has(o.id)),
    changed,
    unchanged_count: kept.size - changed.length,
    order: isInPlace ? null : after.objects.map((o) => o.id),
    globals: isSameValue(before.global_attributes, after.global_attributes)
      ? null
      : { before: before.global_attributes, after: after.global_attributes },
  }
}

/** The newer document, from the older one and what differs. */
export function withDifferences(document: Document, { added, removed, changed, order, globals }: Comparison) {
  const gone = new Set(removed.map((o) => o.id))
  const edited = new Map(changed.map((c) => [c.after.id, c.after]))
  const objects = [...document.objects.filter((o) => !gone.has(o.id)).map((o) => edited.get(o.id) ?? o), ...added]
  const byId = order && new Map(objects.map((o) => [o.id, o]))
  const result: AnnotationDocument = {
    objects: byId ? (order as string[]).map((id) => byId.get(id) as AnnotationObject) : objects,
    global_attributes: { ...(globals ? globals.after : document.global_attributes) },
  }
  return result
}

export function partsThatDiffer(a: AnnotationObject, b: AnnotationObject): Part[] {
  const parts: Part[] = []
  if (!isSameValue(a.shape, b.shape)) parts.push('shape')
  if (a.class_id !== b.class_id) parts.push('class')
  if (!isSameValue(a.attributes, b.attributes)) parts.push('attributes')
  return parts
}

/** How many objects and values a person would have to look at. */
export const differenceCount = ({ added, removed, changed, globals }: Comparison): number =>
  added.length + removed.length + changed.length + (globals ? 1 : 0)
