// The rows of the page: a source per filter and order, kept fresh while somebody looks.
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Filter } from '../../../model/filter.ts'
import { api } from '../../api.ts'
import { useLive } from '../../live/use-live.ts'
import { rowsQuery, takeFirst, takeReady } from './first-rows.ts'
import { BLOCK } from './grid/row-blocks.ts'
import { type Anchor, type Reads, TaskRows } from './grid/row-source.ts'
import type { GridHandle } from './grid/TaskGrid.tsx'

/** The old rows stay this long before placeholders show, so that a quick answer does not flicker. */
const KEEP_OLD_MS = 250
/** While rows that left the filter still stand where they were: how often it is looked whether a hand is on them. */
const HELD_MS = 1000

function readsOf(project_id: number, filter: Filter, sort: string | undefined): Reads {
  const query = rowsQuery(project_id, filter, sort)
  const { sort: _, ...counted } = query
  return {
    page: (offset, limit, signal) =>
      (offset === 0 && limit === BLOCK ? takeFirst('page', query) : undefined) ??
      api.list_tasks({ ...query, offset, limit }, { signal }),
    count: async () => (await (takeFirst('count', query) ?? api.count_tasks(counted))).total,
    rowOf: async (place) => (await api.find_task_row({ ...query, ...place })).row,
    byIds: (ids, isMatching) => {
      const named = { field: 'id', op: 'any_of', value: [...ids] } as const
      const conditions = [...(isMatching ? filter.conditions : []), named]
      return api.list_tasks({ project_id, limit: 500, filter: JSON.stringify({ conditions }) })
    },
  }
}

export function useRows(project_id: number, filter: Filter, sort: string | undefined, isUsable: boolean): TaskRows {
  const key = JSON.stringify([project_id, filter, sort ?? null, isUsable])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of it
  const wanted = useMemo(
    () => new TaskRows(readsOf(project_id, filter, sort), takeReady(rowsQuery(project_id, filter, sort))),
    [key],
  )
  const [shown, setShown] = useState(wanted)
  useEffect(() => {
    if (!isUsable) return
    const swap = () => setShown(wanted)
    const timer = setTimeout(swap, KEEP_OLD_MS)
    const stop = wanted.subscribe(() => (wanted.loadedCount > 0 || wanted.total === 0 || wanted.error) && swap())
    wanted.ensure(0, BLOCK)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [wanted, isUsable])
  // What failed for want of a connection is asked again once there is one.
  useEffect(() => {
    const onOnline = () => shown.error != null && shown.retry()
    window.addEventListener('online', onOnline)
    return () => window.removeEventListener('online', onOnline)
  }, [shown])
  return shown
}

/**
 * Reads the rows anew when tasks of the project change; the row under the pointer or the focus does not move.
 * @param isPaused nothing may change just now: a dialog shows what it is about
 * @returns reads them anew, even if the row that somebody holds has left the list
 */
export function useFreshRows(
  project_id: number,
  source: TaskRows,
  grid: RefObject<GridHandle | null>,
  isPaused: boolean,
): () => void {
  const paused = useRef(isPaused)
  paused.current = isPaused
  const isMissed = useRef(false)

  const refresh = useMemo(
    () => async (withHand: boolean) => {
      if (source.total === null) return
      isMissed.current = paused.current
      if (isMissed.current) return
      const anchor = grid.current?.anchor() ?? null
      const by = await source.refresh(anchor && { ...anchor, isHeld: anchor.isHeld && withHand })
      grid.current?.follow(by)
    },
    [source, grid],
  )
  useLive(project_id, () => refresh(true))
  useEffect(() => {
    if (!isPaused && isMissed.current) void refresh(true).catch(() => undefined)
  }, [isPaused, refresh])
  useEffect(() => {
    const isOnGone = (anchor: Anchor | null) => anchor?.isHeld && source.gone.has(anchor.id)
    const timer = setInterval(() => {
      if (source.gone.size > 0 && !isOnGone(grid.current?.anchor() ?? null)) void refresh(true).catch(() => undefined)
    }, HELD_MS)
    return () => clearInterval(timer)
  }, [source, grid, refresh])
  return useCallback(() => void refresh(false).catch(() => undefined), [refresh])
}
