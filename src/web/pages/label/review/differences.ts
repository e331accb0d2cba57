// The differences as a list to walk through, in the order in which the legend names them. Pure.
import type { AnnotationObject } from '../../../../model/annotation.ts'
import type { Comparison, Part } from '../../../../model/compare.ts'

export type DifferenceKind = 'added' | 'changed' | 'removed'
export type Difference = {
  readonly kind: DifferenceKind
  /** As it is now; of a removed one, as it was. */
  readonly object: AnnotationObject
  /** Its class before; of a changed one. */
  readonly class_before?: number
  readonly parts: readonly Part[]
}

export function differencesOf({ added, changed, removed }: Comparison): Difference[] {
  return [
    ...added.map((object): Difference => ({ kind: 'added', object, parts: [] })),
    ...changed.map(
      ({ before, after, parts }): Difference => ({
        kind: 'changed',
        object: after,
        class_before: before.class_id,
        parts,
      }),
    ),
    ...removed.map((object): Difference => ({ kind: 'removed', object, parts: [] })),
  ]
}

/** The place in the list of the difference before or after the chosen object; of one kind, if that is asked for. */
export function stepTo(
  list: readonly Difference[],
  chosen: string | null,
  step: 1 | -1,
  kind?: DifferenceKind,
): Difference | null {
  const wanted = kind ? list.filter((d) => d.kind === kind) : list
  if (wanted.length === 0) return null
  const at = wanted.findIndex((d) => d.object.id === chosen)
  const next = at < 0 ? (step === 1 ? 0 : wanted.length - 1) : (at + step + wanted.length) % wanted.length
  return wanted[next] as Difference
}
