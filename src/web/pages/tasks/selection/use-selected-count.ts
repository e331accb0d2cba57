// How many tasks are selected, now. Named ones are as many as they are; “all matching” changes with every change of a
// task, and its exceptions may have left the filter: then they take nothing away, which only the server can count.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Filter } from '../../../../model/filter.ts'
import { canonical } from '../../../../model/task-view.ts'
import { api } from '../../../api.ts'
import { countSelected, type TaskSelection, tooManyNamed, toRequest } from '../selection-model.ts'

/** Pressing one checkbox after the other is one question. */
const CALM_MS = 300

/** @param total tasks under the filter, as the page last read it */
export function useSelectedCount(project_id: number, selection: TaskSelection, filter: Filter, total: number): number {
  const calm = useCalm(selection)
  const needsServer = calm.kind === 'matching' && calm.except.size > 0 && !tooManyNamed(calm)
  const { data } = useQuery({
    // “count”: read anew with every change of a task (web/live/refresh-queries.ts).
    queryKey: ['project', project_id, 'count', 'selection', numberOf(calm), canonical(filter)],
    queryFn: ({ signal }) => {
      const request = toRequest(calm, filter, Number.POSITIVE_INFINITY)
      return request ? api.count_selection({ project_id, selection: request }, { signal }) : { total: 0 }
    },
    enabled: needsServer,
    staleTime: 5000,
    gcTime: 0,
  })
  return needsServer && calm === selection && data ? data.total : countSelected(selection, total)
}

function useCalm<T>(value: T): T {
  const [calm, setCalm] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setCalm(value), CALM_MS)
    return () => clearTimeout(timer)
  }, [value])
  return calm
}

/** A short name in place of up to 100,000 ids. */
const numbers = new WeakMap<TaskSelection, number>()
let last = 0
function numberOf(selection: TaskSelection): number {
  const known = numbers.get(selection)
  if (known !== undefined) return known
  last += 1
  numbers.set(selection, last)
  return last
}
