// Turns boxes and ellipses about their own centres.
import { angleOf } from '../../model/shapes/frame.ts'
import { type Framed, isFramed } from '../../model/shapes/index.ts'
import type { Size } from '../coordinates.ts'
import { type ChangeSet, changing, type EditorDocument } from '../document.ts'
import { turnedTo } from '../shape-edit.ts'

/** What an upright box was before it was cut at the edge: turned on by the same keys, it is that again. */
const whole = new WeakMap<Framed, Framed>()

/** Clockwise. Other shapes are left alone. */
export function turn(document: EditorDocument, ids: Iterable<string>, degrees: number, image: Size): ChangeSet | null {
  return changing(document, ids, (object) => {
    if (!isFramed(object.shape)) return object
    const from = whole.get(object.shape) ?? object.shape
    const shape = turnedTo(from, angleOf(object.shape) + degrees, image)
    whole.set(shape, from)
    return { ...object, shape }
  })
}
