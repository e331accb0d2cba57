// selection/: the selection of the Tasks page over time: what is remembered of it, how many it holds now, its CSV.
// What a selection is says ../selection-model.ts. This file: for which entries of the browser's history it holds; pure.
//
// A selection made on the page holds on every entry that was reached from it by steps within the page (sorting, another
// filter, an open task), and so is there again after a reload or the back button, also from another page. A link to the
// page from elsewhere is a new entry and begins with nothing. “All matching” holds only under its own filter: under
// another one it would silently mean other tasks. It is kept for the way back.
import { NOTHING, type TaskSelection } from '../selection-model.ts'

/** A selection and the entries it holds on. `filter`: the one it was made under, as one text. */
export type Remembered = { selection: TaskSelection; filter: string; keys: readonly string[] }
/** Where the page is now. `key`: the entry of the browser's history. */
export type Visit = { key: string; filter: string; remembered: Remembered | null }

/** Enough for a long way back. */
const MOST_KEYS = 200

export function selectionOf({ key, filter, remembered }: Visit): TaskSelection {
  return remembered?.keys.includes(key) && fits(remembered, filter) ? remembered.selection : NOTHING
}

/** The page moved to another entry or filter. What held before goes along, where it still means the same. */
export function moved(visit: Visit, key: string, filter: string): Visit {
  const { remembered } = visit
  const held = selectionOf(visit) !== NOTHING
  if (!remembered || !held || !fits(remembered, filter) || remembered.keys.includes(key))
    return { key, filter, remembered }
  return { key, filter, remembered: { ...remembered, keys: [...remembered.keys, key].slice(-MOST_KEYS) } }
}

/** The person selected something else; nothing is forgotten everywhere. */
export function selected(visit: Visit, selection: TaskSelection): Visit {
  const isNothing = selection.kind === 'ids' && selection.ids.size === 0
  if (isNothing) return { ...visit, remembered: null }
  const keys = selectionOf(visit) !== NOTHING && visit.remembered ? visit.remembered.keys : [visit.key]
  return { ...visit, remembered: { selection, filter: visit.filter, keys } }
}

const fits = ({ selection, filter }: Remembered, now: string): boolean => selection.kind === 'ids' || filter === now

/** For the browser's storage of this tab. */
export function toText({ selection, filter, keys }: Remembered): string {
  const named = selection.kind === 'ids' ? { ids: [...selection.ids] } : { except: [...selection.except] }
  return JSON.stringify({ filter, keys, ...named })
}

/** @returns null for what is no such text: it may be of an older version */
export function fromText(text: string | null): Remembered | null {
  try {
    const kept = JSON.parse(text ?? 'null') as { filter?: unknown; keys?: unknown; ids?: unknown; except?: unknown }
    const { filter, keys, ids, except } = kept
    if (typeof filter !== 'string' || !Array.isArray(keys)) return null
    if (isIds(ids)) return { selection: { kind: 'ids', ids: new Set(ids) }, filter, keys }
    if (isIds(except)) return { selection: { kind: 'matching', except: new Set(except) }, filter, keys }
    return null
  } catch {
    return null
  }
}

const isIds = (value: unknown): value is number[] => Array.isArray(value) && value.every(Number.isSafeInteger)
