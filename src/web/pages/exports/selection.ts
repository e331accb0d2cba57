// The selection of the Tasks page, as it comes in the URL. The server judges it; here only the outer form counts.
import type { Selection } from '../../../model/selection.ts'
import { isFilter } from '../../task-search.ts'

export const ALL_TASKS: Selection = { filter: { conditions: [] }, all: true }

export function selectionOf(value: unknown): Selection | null {
  if (typeof value !== 'object' || value === null) return null
  const given = value as { ids?: unknown; filter?: unknown }
  if (Array.isArray(given.ids)) return value as Selection
  return isFilter(given.filter) ? (value as Selection) : null
}
