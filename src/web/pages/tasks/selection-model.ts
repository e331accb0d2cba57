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

/** How many tasks are selected. @param total tasks under the filter */
export function countSelected(selection: TaskSelection, total: number): number {
  return selection.kind === 'ids' ? selection.ids.size : Math.max(0, total - selection.except.size)
}

export function isNothing(selection: TaskSelection, total: number): boolean {
  return countSelected(selection, total) === 0
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

/** Tasks that no longer stand under the filter: "all matching" holds them no more, nor counts them as exceptions. */
export function withoutGone(selection: TaskSelection, gone: ReadonlySet<number>): TaskSelection {
  if (selection.kind === 'ids' || ![...selection.except].some((id) => gone.has(id))) return selection
  return { kind: 'matching', except: new Set([...selection.except].filter((id) => !gone.has(id))) }
}

/** Under another filter, tasks named one by one stay selected; "all matching" means something else, so it ends. */
export function underOtherFilter(selection: TaskSelection): TaskSelection {
  return selection.kind === 'ids' ? selection : NOTHING
}

export type HeaderState = 'none' | 'some' | 'all'

/** The header checkbox, over the rows that are loaded. */
export function headerState(selection: TaskSelection, loaded: readonly number[], total: number): HeaderState {
  if (isNothing(selection, total)) return 'none'
  if (selection.kind === 'matching') return selection.except.size === 0 ? 'all' : 'some'
  return loaded.length > 0 && loaded.every((id) => selection.ids.has(id)) ? 'all' : 'some'
}

/** The header checkbox pressed: all loaded rows, or nothing if they are selected already. */
export function headerPressed(selection: TaskSelection, loaded: readonly number[], total: number): TaskSelection {
  return headerState(selection, loaded, total) === 'all' ? NOTHING : withTasks(selection, loaded, true)
}

/** What the server is asked for; null when nothing is selected. */
export function toRequest(selection: TaskSelection, filter: Filter, total: number): Selection | null {
  if (isNothing(selection, total)) return null
  if (selection.kind === 'ids') return { ids: [...selection.ids] }
  const request: Selection = { filter }
  if (selection.except.size > 0) request.except = [...selection.except]
  if (filter.conditions.length === 0) request.all = true
  return request
}
