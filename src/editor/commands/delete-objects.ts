// commands/: what is done to objects at a stroke. Each is pure: a document in, a change set out (null: nothing to do).
// This file: delete. Whoever deletes what a model suggested does not want it suggested again.
import { type ChangeSet, type EditorDocument, rejecting, removing } from '../document.ts'

export function deleteObjects(document: EditorDocument, ids: Iterable<string>): ChangeSet | null {
  const changes = removing(document, ids)
  const keys = changes?.removed.flatMap(({ object }) => object.prediction_id ?? []) ?? []
  return changes && keys.length > 0 ? rejecting(document, keys, changes) : changes
}
