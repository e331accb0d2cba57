// Lists of a draft, whatever they hold: new ids, what is removed, and the order. What is removed keeps its place.
type Item = { readonly id: number; readonly is_removed?: boolean }
/** Of the row that something is put next to. */
export type Side = 'before' | 'after'

export const nextId = (list: readonly Item[]): number => Math.max(0, ...list.map((x) => x.id)) + 1

export const replaced = <T extends Item>(list: readonly T[], changed: T): T[] =>
  list.map((x) => (x.id === changed.id ? changed : x))

/** What was saved once keeps its id, marked as removed; what is new simply goes. */
export function without<T extends Item>(list: readonly T[], id: number, isSaved: boolean): T[] {
  return isSaved ? list.map((x) => (x.id === id ? { ...x, is_removed: true } : x)) : list.filter((x) => x.id !== id)
}

/** As it was before it was removed. */
export function restored<T extends Item>(list: readonly T[], id: number): T[] {
  return list.map((x) => {
    if (x.id !== id) return x
    const { is_removed: _, ...rest } = x
    return rest as T
  })
}

/** Puts an item next to another. */
export function moveBeside<T extends Item>(list: readonly T[], id: number, side: Side, over: number): T[] {
  const moved = list.find((x) => x.id === id)
  const rest = list.filter((x) => x.id !== id)
  const at = rest.findIndex((x) => x.id === over)
  return moved && at >= 0 ? rest.toSpliced(side === 'before' ? at : at + 1, 0, moved) : [...list]
}

/** One place up or down among those that are not removed. */
export function shift<T extends Item>(list: readonly T[], id: number, by: -1 | 1): T[] {
  const live = list.filter((x) => !x.is_removed)
  const other = live[live.findIndex((x) => x.id === id) + by]
  return other ? moveBeside(list, id, by < 0 ? 'before' : 'after', other.id) : [...list]
}
