// What the URL says about the page: view, filter, order, the open task; and how to change it.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Filter, NO_FILTER } from '../../../model/filter.ts'
import type { TaskFieldName } from '../../../model/task-fields.ts'
import { viewsQuery } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import type { TaskSearch } from '../../task-search.ts'
import { messageOf } from '../../ui/ErrorState.tsx'
import { searchProblem } from './filter/search-problem.ts'
import { filterForUrl, needsName, pressedSort, shownBy, sortForUrl } from './views/open-view.ts'

export type TaskUrl = ReturnType<typeof useTaskSearch>

export function useTaskSearch() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/app/projects/$project_id/tasks' })
  const navigate = useNavigate({ from: '/projects/$project_id/tasks' })
  const { data: views, error } = useQuery(viewsQuery(useProjectId()))
  const view = views?.views.find((v) => v.id === search.view)
  const shown = shownBy(search, view)
  const missing =
    typeof search.view !== 'number' || view ? null : error ? messageOf(error) : views ? t('tasks.views.missing') : null
  const problem = missing ?? searchProblem(shown)
  const filter = useMemo(
    () => (problem === null ? ((shown.filter as Filter | undefined) ?? NO_FILTER) : NO_FILTER),
    [shown.filter, problem],
  )
  const sort = problem === null ? shown.sort : undefined

  const change = useCallback(
    (next: { [K in keyof TaskSearch]: TaskSearch[K] | undefined }, replace = false) =>
      void navigate({
        to: '.',
        replace,
        resetScroll: false,
        search: (last) => {
          const given = Object.entries({ ...last, ...next }).filter(([, value]) => value !== undefined)
          const wanted: TaskSearch = Object.fromEntries(given)
          return needsName(wanted, views) ? { ...wanted, view: 'none' } : wanted
        },
      }),
    [navigate, views],
  )
  return {
    search,
    /** The open view; undefined without one. */
    view,
    filter,
    sort,
    task: search.task,
    problem,
    change,
    setFilter: useCallback((next: Filter) => change({ filter: filterForUrl(next, view) }), [change, view]),
    setSort: (next: string | undefined) => change({ sort: sortForUrl(next, view) }),
    pressSort: (name: TaskFieldName) => change({ sort: sortForUrl(pressedSort(name, sort), view) }),
    openTask: useCallback((task: number | undefined, replace = false) => change({ task }, replace), [change]),
    /** All tasks, in the usual order. */
    reset: () => change({ view: undefined, filter: undefined, sort: undefined, columns: undefined }),
  }
}
