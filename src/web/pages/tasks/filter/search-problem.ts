// What is wrong with the filter and the order that came from the URL or a view; nothing is asked with what is wrong.
import { filterProblem } from '../../../../model/filter-problem.ts'
import { TASK_FIELDS, type TaskFieldName } from '../../../../model/task-fields.ts'

/** As a sentence; null if nothing. `filter` is unknown: it comes from outside. */
export function searchProblem({ filter, sort }: { filter?: unknown; sort?: string | undefined }): string | null {
  return (filter === undefined ? null : filterProblem(filter)) ?? (sort === undefined ? null : sortProblem(sort))
}

function sortProblem(sort: string): string | null {
  const field = sort.replace(/^-/, '')
  if (!Object.hasOwn(TASK_FIELDS, field)) return `sort: there is no column “${field}”.`
  return TASK_FIELDS[field as TaskFieldName].sortable ? null : `sort: “${field}” cannot be sorted.`
}
