// What the URL says about the page: filter, order, the open task; and how to change it.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { type Filter, NO_FILTER } from '../../../model/filter.ts'
import type { TaskFieldName } from '../../../model/task-fields.ts'
import type { TaskSearch } from '../../task-search.ts'
import { filterProblem, sortProblem } from './filter/filter-edit.ts'

export function useTaskSearch() {
  const search = useSearch({ from: '/app/projects/$project_id/tasks' })
  const navigate = useNavigate({ from: '/projects/$project_id/tasks' })
  const problem = filterProblem(search.filter) ?? sortProblem(search.sort)
  const filter = useMemo(() => (problem === null ? (search.filter ?? NO_FILTER) : NO_FILTER), [search.filter, problem])

  const change = useCallback(
    (next: Partial<TaskSearch>, replace = false) =>
      void navigate({
        to: '.',
        replace,
        resetScroll: false,
        search: (last) =>
          Object.fromEntries(Object.entries({ ...last, ...next }).filter(([, value]) => value !== undefined)),
      }),
    [navigate],
  )
  return {
    filter,
    sort: problem === null ? search.sort : undefined,
    task: search.task,
    problem,
    setFilter: useCallback(
      (next: Filter) => change({ filter: next.conditions.length > 0 ? next : undefined }),
      [change],
    ),
    /** Ascending, then descending, then the usual order. */
    pressSort: (name: TaskFieldName) =>
      change({ sort: search.sort === name ? `-${name}` : search.sort === `-${name}` ? undefined : name }),
    openTask: useCallback((task: number | undefined, replace = false) => change({ task }, replace), [change]),
    reset: () => change({ filter: undefined, sort: undefined }),
  }
}
