// The search parameters of the Tasks page, and links to it from elsewhere.
import type { Condition, Filter } from '../model/filter.ts'

export type TaskSearch = {
  /** Absent: all tasks. */
  filter?: Filter
  /** A column, with `-` before it for descending. */
  sort?: string
  /** The task whose history is open. */
  task?: number
}

export function parseTaskSearch(search: Record<string, unknown>): TaskSearch {
  return {
    ...(isNoFilter(search.filter) ? {} : { filter: search.filter as Filter }),
    ...(typeof search.sort === 'string' && search.sort !== '' ? { sort: search.sort } : {}),
    ...(typeof search.task === 'number' ? { task: search.task } : {}),
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
