// Whether two documents say the same. The order of keys does not count (the database writes its own), nor who drew or
// changed an object: the server decides that when it saves.
import type { AnnotationDocument } from '../../../model/annotation.ts'
import { isSameValue } from '../../../model/same-value.ts'

type Document = {
  readonly objects: readonly unknown[]
  readonly global_attributes: Readonly<AnnotationDocument['global_attributes']>
  readonly rejected_predictions?: readonly string[] | undefined
}

const BY_THE_SERVER: ReadonlySet<string> = new Set(['author_id', 'edited_by_id'])

export const sameDocument = (a: Document, b: Document): boolean =>
  isSameValue(a.objects, b.objects, BY_THE_SERVER) &&
  isSameValue(a.global_attributes, b.global_attributes) &&
  isSameValue(a.rejected_predictions ?? [], b.rejected_predictions ?? [])
