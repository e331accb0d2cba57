// Turns boxes and ellipses about their own centres.
import { angleOf } from '../../model/shapes/frame.ts'
import { isFramed } from '../../model/shapes/index.ts'
import type { Size } from '../coordinates.ts'
import { type ChangeSet, changing, type EditorDocument } from '../document.ts'
import { turnedTo } from '../shape-edit.ts'

/** Clockwise. Other shapes are left alone. */
export function turn(document: EditorDocument, ids: Iterable<string>, degrees: number, image: Size): ChangeSet | null {
  return changing(document, ids, (object) => {
    const { shape } = object
    return isFramed(shape) ? { ...object, shape: turnedTo(shape, angleOf(shape) + degrees, image) } : object
  })
}
