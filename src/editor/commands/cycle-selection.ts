// The object after (or before) the selected one, in document order, round and round.
import type { AnnotationObject } from '../../model/annotation.ts'

/** @returns its id; null if there are no objects */
export function nextObject(
  objects: readonly AnnotationObject[],
  selection: readonly string[],
  direction: 1 | -1,
): string | null {
  if (objects.length === 0) return null
  const current = objects.findIndex((o) => o.id === selection.at(-1))
  const start = current === -1 && direction === -1 ? 0 : current
  return objects[(start + direction + objects.length) % objects.length]?.id ?? null
}
