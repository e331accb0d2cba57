// A selection on its way from the Tasks page to another page: in the URL while it is short, else kept by this tab.
import type { Selection } from '../model/selection.ts'
import { newId } from './new-id.ts'

/** Longer lists of ids make a URL that proxies and browsers cut off. */
const IN_URL = 500
const PREFIX = 'pixlhub-selection-'

export type Kept = { kept: string }

const memory = new Map<string, Selection>()

/** @returns what to put into the URL */
export function handOver(selection: Selection): Selection | Kept {
  const named = 'ids' in selection ? selection.ids : (selection.except ?? [])
  if (named.length <= IN_URL) return selection
  const kept = newId()
  memory.set(kept, selection)
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
    sessionStorage.setItem(PREFIX + kept, JSON.stringify(selection))
  } catch {
    // No room or no storage: it lasts until the page is reloaded.
  }
  return { kept }
}

export const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Kept>).kept === 'string'

/** What was handed over under this name, as `unknown` as anything from outside; null if this tab does not have it. */
export function takeOver({ kept }: Kept): unknown {
  const known = memory.get(kept)
  if (known) return known
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + kept) ?? 'null')
  } catch {
    return null
  }
}
