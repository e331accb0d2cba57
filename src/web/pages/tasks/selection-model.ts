// pages/tasks/: the Tasks page: counts, filter, grid, selection. The modals of operations live in ../operations,
// the timeline in ../history. This file: which tasks are selected; pure, so that the count cannot lie.
import type { Filter } from '../../../model/filter.ts'
import type { Selection } from '../../../model/selection.ts'

/** Tasks named one by one, or everything under the filter of the page except some. */
export type TaskSelection =
  | { readonly kind: 'ids'; readonly ids: ReadonlySet<number> }
  | { readonly kind: 'matching'; readonly except: ReadonlySet<number> }

export const NOTHING: TaskSelection = { kind: 'ids', ids: new Set() }
export const ALL_MATCHING: TaskSelection = { kind: 'matching', except: new Set() }

export function isSelected(selection: TaskSelection, id: number): boolean {
  return selection.kind === 'ids' ? selection.ids.has(id) : !selection.except.has(id)
}

/** How many tasks are selected, as far as the page can tell: exceptions may have left the filter. @param total tasks under it */
export function countSelected(selection: TaskSelection, total: number): number {
  return selection.kind === 'ids' ? selection.ids.size : Math.max(0, total - selection.except.size)
}

/** Selects or unselects these tasks. Only tasks under the filter may be given. */
export function withTasks(selection: TaskSelection, ids: readonly number[], isOn: boolean): TaskSelection {
  const isIds = selection.kind === 'ids'
  const named = new Set(isIds ? selection.ids : selection.except)
  for (const id of ids)
    if (isOn === isIds) named.add(id)
    else named.delete(id)
  return isIds ? { kind: 'ids', ids: named } : { kind: 'matching', except: named }
}

export function toggled(selection: TaskSelection, id: number): TaskSelection {
  return withTasks(selection, [id], !isSelected(selection, id))
}

export type HeaderState = 'none' | 'some' | 'all'

/** The header checkbox, over all tasks under the filter. @param count selected tasks, as the server counts them */
export function headerState(selection: TaskSelection, count: number): HeaderState {
  if (count === 0) return 'none'
  return selection.kind === 'matching' && selection.except.size === 0 ? 'all' : 'some'
}

/** The header checkbox pressed: everything under the filter, or nothing if that is selected already. */
export function headerPressed(selection: TaskSelection, count: number): TaskSelection {
  return headerState(selection, count) === 'all' ? NOTHING : ALL_MATCHING
}

/** The server takes no longer list, see model/selection.ts. */
const MOST_NAMED = 100_000
export const tooManyNamed = (selection: TaskSelection): boolean =>
  (selection.kind === 'ids' ? selection.ids : selection.except).size > MOST_NAMED

/**
 * What the server is asked for; null when nothing can be selected, or too much of it one by one. Of how many tasks the
 * exceptions leave over only the server can tell. @param total tasks under the filter
 */
export function toRequest(selection: TaskSelection, filter: Filter, total: number): Selection | null {
  const isNothing = selection.kind === 'ids' ? selection.ids.size === 0 : total === 0
  if (isNothing || tooManyNamed(selection)) return null
  if (selection.kind === 'ids') return { ids: [...selection.ids] }
  const request: Selection = { filter }
  if (selection.except.size > 0) request.except = [...selection.except]
  if (filter.conditions.length === 0) request.all = true
  return request
}
