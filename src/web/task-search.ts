// The search parameters of the Tasks page, and links to it from elsewhere.
import type { Condition, Filter } from '../model/filter.ts'

export type TaskSearch = {
  /** Absent: all tasks. */
  filter?: Filter
  /** A column, with `-` before it for descending. */
  sort?: string
  /** The task whose history is open. */
  task?: number
  /** The saved view that gives what is absent here; `none`: not even the one that the page opens with. */
  view?: number | 'none'
  /** The parts of the columns that differ from the view's. */
  columns?: object
}

export function parseTaskSearch(search: Record<string, unknown>): TaskSearch {
  const view = search.view === 'none' || typeof search.view === 'number' ? search.view : undefined
  return {
    // Beside a view, no conditions are something else than the view's.
    ...(isNoFilter(search.filter) && !(typeof view === 'number' && isFilter(search.filter))
      ? {}
      : { filter: search.filter as Filter }),
    ...(typeof search.sort === 'string' && search.sort !== '' ? { sort: search.sort } : {}),
    ...(typeof search.task === 'number' ? { task: search.task } : {}),
    ...(view === undefined ? {} : { view }),
    ...(typeof view === 'number' && typeof search.columns === 'object' && search.columns !== null
      ? { columns: search.columns }
      : {}),
  }
}

/** What is no filter at all stays, so that the page can say so instead of showing everything. */
const isNoFilter = (value: unknown): boolean =>
  value === undefined || value === '' || (isFilter(value) && value.conditions.length === 0)

/** The server judges each condition; here only the outer form counts. */
export function isFilter(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && Array.isArray((value as { conditions?: unknown }).conditions)
}

type Given = Omit<Condition, 'value'> & {
  value?: string | number | boolean | null | readonly (string | number | boolean | null)[]
}

export const filterOf = (...conditions: Given[]): Filter => ({ conditions: conditions as Condition[] })
