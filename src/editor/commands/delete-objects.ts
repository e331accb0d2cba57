// commands/: what is done to objects at a stroke. Each is pure: a document in, a change set out (null: nothing to do).
// This file: delete.
import { type ChangeSet, type EditorDocument, removing } from '../document.ts'

export const deleteObjects = (document: EditorDocument, ids: Iterable<string>): ChangeSet | null =>
  removing(document, ids)
