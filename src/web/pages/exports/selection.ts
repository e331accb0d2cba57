// The selection of the Tasks page, as it was handed over. The server judges it; here only the outer form counts.
import type { Selection } from '../../../model/selection.ts'
import { isKept, takeOver } from '../../handed-selection.ts'
import { isFilter } from '../../task-search.ts'

export const ALL_TASKS: Selection = { filter: { conditions: [] }, all: true }

export function selectionOf(inUrl: unknown): Selection | null {
  const value = isKept(inUrl) ? takeOver(inUrl) : inUrl
  if (typeof value !== 'object' || value === null) return null
  const given = value as { ids?: unknown; filter?: unknown }
  if (Array.isArray(given.ids)) return value as Selection
  return isFilter(given.filter) ? (value as Selection) : null
}
