// Whether two documents say the same. The order of keys does not count (the database writes its own), nor who drew an
// object: the server decides that when it saves.
import type { AnnotationDocument } from '../../../model/annotation.ts'

type Document = {
  readonly objects: readonly unknown[]
  readonly global_attributes: Readonly<AnnotationDocument['global_attributes']>
}

export const sameDocument = (a: Document, b: Document): boolean =>
  isSame(a.objects, b.objects) && isSame(a.global_attributes, b.global_attributes)

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = keysOf(a)
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>]
  return keys.length === keysOf(b).length && keys.every((key) => key in y && isSame(x[key], y[key]))
}

const keysOf = (value: object) => Object.keys(value).filter((key) => key !== 'author_id')
