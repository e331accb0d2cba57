// Moves objects up and down the pile: later in the document lies on top. Several keep their order among each other.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { Bounds } from '../../model/shapes/geometry.ts'
import { shapeBounds } from '../../model/shapes/index.ts'
import type { ChangeSet, EditorDocument } from '../document.ts'

/** `forward` and `back`: past the next object that they overlap, because only that can be seen. */
export type Order = 'front' | 'forward' | 'back' | 'bottom'

/** @param hidden  what is passed without a step of its own */
export function reorder(
  document: EditorDocument,
  ids: Iterable<string>,
  order: Order,
  hidden: ReadonlySet<string>,
): ChangeSet | null {
  const wanted = new Set(ids)
  const moving = document.objects.filter((o) => wanted.has(o.id))
  const others = document.objects.filter((o) => !wanted.has(o.id))
  const at = placeFor(document.objects, moving, others, order, hidden)
  const after = at === null ? document.objects : others.toSpliced(at, 0, ...moving)
  if (moving.length === 0 || after.every((o, i) => o === document.objects[i])) return null
  const placed = (list: readonly AnnotationObject[]) =>
    list.flatMap((object, index) => (wanted.has(object.id) ? [{ index, object }] : []))
  return { removed: placed(document.objects), added: placed(after), changed: [], globals: null }
}

/** Where among the others the moving ones go; null if nothing is to be passed. */
function placeFor(
  all: readonly AnnotationObject[],
  moving: readonly AnnotationObject[],
  others: readonly AnnotationObject[],
  order: Order,
  hidden: ReadonlySet<string>,
): number | null {
  if (order === 'front') return others.length
  if (order === 'bottom') return 0
  const places = new Map(all.map((o, i) => [o.id, i]))
  const placeOf = (o: AnnotationObject | undefined) => places.get(o?.id ?? '') ?? 0
  const bounds = moving.map((o) => shapeBounds(o.shape))
  const overlaps = (o: AnnotationObject) => !hidden.has(o.id) && bounds.some((b) => touch(b, shapeBounds(o.shape)))
  if (order === 'forward') {
    const passed = others.findIndex((o) => placeOf(o) > placeOf(moving.at(-1)) && overlaps(o))
    return passed < 0 ? null : passed + 1
  }
  const passed = others.findLastIndex((o) => placeOf(o) < placeOf(moving[0]) && overlaps(o))
  return passed < 0 ? null : passed
}

const touch = (a: Bounds, b: Bounds): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
