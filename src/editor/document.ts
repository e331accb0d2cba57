// editor/: the annotation editor. The core knows no React, no fetch and no page; view/ is the thin part that does.
// This file: what a task's objects are while they are edited, and changes to them as plain data.
import type { AnnotationDocument, AnnotationObject } from '../model/annotation.ts'
import type { AttributeValues } from '../model/label-schema.ts'
import { REJECTED_MAX } from '../model/prediction.ts'

/** Never written in place: every change makes a new document that shares the untouched objects. */
export type EditorDocument = {
  readonly objects: readonly AnnotationObject[]
  readonly global_attributes: Readonly<AttributeValues>
  /** Keys of predictions that a person did not want. */
  readonly rejected_predictions?: readonly string[]
}

export type Placed = { readonly index: number; readonly object: AnnotationObject }
export type Changed = { readonly before: AnnotationObject; readonly after: AnnotationObject }

/** One step of work. Holds both sides, so that it can be turned around without looking at a document. */
export type ChangeSet = {
  /** With their places before the change, ascending. */
  readonly removed: readonly Placed[]
  /** With their places after the change, ascending. */
  readonly added: readonly Placed[]
  readonly changed: readonly Changed[]
  readonly globals: { readonly before: Readonly<AttributeValues>; readonly after: Readonly<AttributeValues> } | null
  /** Left out: the same predictions are rejected as before. */
  readonly rejected?: { readonly before: readonly string[]; readonly after: readonly string[] } | undefined
}

const NOTHING: ChangeSet = { removed: [], added: [], changed: [], globals: null }
export const EMPTY_DOCUMENT: EditorDocument = { objects: [], global_attributes: {} }

const lookups = new WeakMap<readonly AnnotationObject[], Map<string, AnnotationObject>>()

/** id → object. Built once per document. */
export function objectsById(document: EditorDocument): ReadonlyMap<string, AnnotationObject> {
  let lookup = lookups.get(document.objects)
  if (!lookup) {
    lookup = new Map(document.objects.map((o) => [o.id, o]))
    lookups.set(document.objects, lookup)
  }
  return lookup
}

/** The objects of these ids, in document order; unknown ids are left out. */
export function objectsOf(document: EditorDocument, ids: Iterable<string>): AnnotationObject[] {
  const wanted = new Set(ids)
  return wanted.size === 0 ? [] : document.objects.filter((o) => wanted.has(o.id))
}

export function adding(document: EditorDocument, objects: readonly AnnotationObject[]): ChangeSet | null {
  if (objects.length === 0) return null
  const end = document.objects.length
  return { ...NOTHING, added: objects.map((object, i) => ({ index: end + i, object })) }
}

export function removing(document: EditorDocument, ids: Iterable<string>): ChangeSet | null {
  const wanted = new Set(ids)
  const removed = document.objects.flatMap((object, index) => (wanted.has(object.id) ? [{ index, object }] : []))
  return removed.length === 0 ? null : { ...NOTHING, removed }
}

/** `edit` answers the object as it shall be, or the same object to leave it alone. */
export function changing(
  document: EditorDocument,
  ids: Iterable<string>,
  edit: (object: AnnotationObject) => AnnotationObject,
): ChangeSet | null {
  const changed = objectsOf(document, ids)
    .map((before) => ({ before, after: edit(before) }))
    .filter((c) => c.before !== c.after)
  return changed.length === 0 ? null : { ...NOTHING, changed }
}

export function changingGlobals(document: EditorDocument, after: AttributeValues): ChangeSet {
  return { ...NOTHING, globals: { before: document.global_attributes, after } }
}

/** Rejects predictions, besides what else changes. */
export function rejecting(document: EditorDocument, keys: readonly string[], changes: ChangeSet = NOTHING): ChangeSet {
  const before = document.rejected_predictions ?? []
  const after = [...new Set([...before, ...keys])].slice(-REJECTED_MAX)
  return { ...changes, rejected: { before, after } }
}

export function invert(changes: ChangeSet): ChangeSet {
  return {
    removed: changes.added,
    added: changes.removed,
    changed: changes.changed.map((c) => ({ before: c.after, after: c.before })),
    globals: changes.globals && { before: changes.globals.after, after: changes.globals.before },
    rejected: changes.rejected && { before: changes.rejected.after, after: changes.rejected.before },
  }
}

export function apply(document: EditorDocument, changes: ChangeSet): EditorDocument {
  let objects = document.objects
  if (changes.changed.length > 0) {
    const after = new Map(changes.changed.map((c) => [c.after.id, c.after]))
    objects = objects.map((o) => after.get(o.id) ?? o)
  }
  if (changes.removed.length > 0) {
    const gone = new Set(changes.removed.map((p) => p.object.id))
    objects = objects.filter((o) => !gone.has(o.id))
  }
  if (changes.added.length > 0) objects = inserted(objects, changes.added)
  const global_attributes = changes.globals ? changes.globals.after : document.global_attributes
  const rejected = changes.rejected ? changes.rejected.after : document.rejected_predictions
  return { objects, global_attributes, ...(rejected ? { rejected_predictions: rejected } : {}) }
}

/** Merges places into a list in one pass: undoing the removal of 20,000 objects must not be quadratic. */
function inserted(objects: readonly AnnotationObject[], added: readonly Placed[]): AnnotationObject[] {
  const result: AnnotationObject[] = []
  let next = 0
  for (const place of added) {
    while (result.length < place.index && next < objects.length) result.push(objects[next++] as AnnotationObject)
    result.push(place.object)
  }
  while (next < objects.length) result.push(objects[next++] as AnnotationObject)
  return result
}

/** The document as it is saved. The caller may keep it: later edits do not touch it. */
export function toSaved(document: EditorDocument): AnnotationDocument {
  const { objects, global_attributes, rejected_predictions: rejected } = document
  return {
    objects: [...objects],
    global_attributes: { ...global_attributes },
    ...(rejected ? { rejected_predictions: [...rejected] } : {}),
  }
}
