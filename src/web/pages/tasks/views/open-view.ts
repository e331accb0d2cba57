// views/: saved views: the menu in the bar, saving, and what of an open view the page changed. The grid's own columns are
// ../columns-state.ts. This file: a view and what the URL says beside it, as one; pure.
import { type Filter, NO_FILTER } from '../../../../model/filter.ts'
import { isSameFilter, type ViewColumns } from '../../../../model/task-view.ts'
import type { ReplyOf } from '../../../queries.ts'
import { isFilter, type TaskSearch } from '../../../task-search.ts'
import { type ColumnsState, parseColumns } from '../columns-state.ts'

export type TaskViews = ReplyOf<'list_task_views'>
export type TaskView = TaskViews['views'][number]
type Ordered = Pick<TaskView, 'filter' | 'sort'>

/** The order of a page that says nothing. A view with another order needs it said. */
const USUAL = '-id'

/** What the page shows: what the URL says, else the view. `filter` is unknown: both come from outside. */
export function shownBy(search: TaskSearch, view: Ordered | undefined): { filter: unknown; sort: string | undefined } {
  const sort = search.sort ?? view?.sort ?? undefined
  return { filter: search.filter ?? view?.filter, sort: sort === USUAL ? undefined : sort }
}

/** The filter for the URL: absent where the view says the same. */
export function filterForUrl(next: Filter, view: Ordered | undefined): Filter | undefined {
  if (view && isFilter(view.filter) && isSameFilter(next, view.filter)) return undefined
  return view || next.conditions.length > 0 ? next : undefined
}

export function sortForUrl(next: string | undefined, view: Ordered | undefined): string | undefined {
  const inView = view?.sort ?? undefined
  if (next === inView || (next === undefined && inView === USUAL)) return undefined
  return next ?? USUAL
}

/** Ascending, then descending, then the usual order. */
export function pressedSort(name: string, current: string | undefined): string | undefined {
  return current === name ? `-${name}` : current === `-${name}` ? undefined : name
}

/** A view's columns, with what the URL changes of them. */
export function columnsOf(view: Pick<TaskView, 'columns'>, changed: unknown): ColumnsState {
  return parseColumns(JSON.stringify({ ...view.columns, ...(typeof changed === 'object' ? changed : {}) }))
}

const PARTS = ['order', 'hidden', 'widths', 'pinned', 'density'] as const

/** The parts of the columns that differ from the view's, for the URL; undefined if none does. */
export function columnsForUrl(next: ColumnsState, view: Pick<TaskView, 'columns'>): Partial<ViewColumns> | undefined {
  const [saved, now] = [viewColumns(columnsOf(view, undefined)), viewColumns(next)]
  const changed = PARTS.filter((part) => comparable(saved[part]) !== comparable(now[part]))
  return changed.length === 0 ? undefined : Object.fromEntries(changed.map((part) => [part, now[part]]))
}

/** Widths come back from the database in another order. */
function comparable(part: ViewColumns[(typeof PARTS)[number]]): string {
  return JSON.stringify(typeof part === 'string' || Array.isArray(part) ? part : Object.entries(part).sort())
}

/** The columns as a view saves them. */
export function viewColumns(state: ColumnsState): ViewColumns {
  return {
    order: [...state.order],
    hidden: [...state.hidden].sort(),
    pinned: [...state.pinned],
    widths: state.widths,
    density: state.density,
  }
}

/** Whether the page shows something else than the view. */
export const differsFromView = (search: TaskSearch): boolean =>
  search.filter !== undefined || search.sort !== undefined || search.columns !== undefined

/** Whether this is what the page opens with when nobody says anything: then another view has to be named. */
export const needsName = (search: TaskSearch, views: Pick<TaskViews, 'default_view_id'> | undefined): boolean =>
  search.view === undefined &&
  search.filter === undefined &&
  search.sort === undefined &&
  (views?.default_view_id ?? null) !== null

/** What is saved of the page as it is now. */
export function contentOf(shown: { filter: Filter; sort: string | undefined }, columns: ColumnsState) {
  return { filter: shown.filter ?? NO_FILTER, sort: shown.sort ?? null, columns: viewColumns(columns) }
}
