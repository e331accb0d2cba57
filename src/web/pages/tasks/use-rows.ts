// The rows of the page: a source per filter and order, kept fresh while somebody looks.
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { Filter } from '../../../model/filter.ts'
import { api } from '../../api.ts'
import { KeysetRows, type Reads } from './grid/row-source.ts'
import type { GridHandle } from './grid/TaskGrid.tsx'

const RENEW_MS = 5000
/** The old rows stay this long before placeholders show, so that a quick answer does not flicker. */
const KEEP_OLD_MS = 250
/** Up to this many loaded rows a changed list is read anew by itself; beyond, the person decides. */
const RELOAD_LIMIT = 1000

function readsOf(project_id: number, filter: Filter, sort: string | undefined): Reads {
  const text = (extra: Filter['conditions'] = []) => JSON.stringify({ conditions: [...filter.conditions, ...extra] })
  const own = filter.conditions.length > 0 ? { filter: text() } : {}
  return {
    page: (cursor, limit) =>
      api.list_tasks({ project_id, limit, ...own, ...(sort ? { sort } : {}), ...(cursor ? { cursor } : {}) }),
    count: async () => (await api.count_tasks({ project_id, ...own })).total,
    byIds: (ids, isMatching) => {
      const named = { field: 'id', op: 'any_of', value: [...ids] } as const
      return api.list_tasks({
        project_id,
        limit: 500,
        filter: isMatching ? text([named as never]) : JSON.stringify({ conditions: [named] }),
      })
    },
  }
}

export function useRows(project_id: number, filter: Filter, sort: string | undefined, isUsable: boolean): KeysetRows {
  const key = JSON.stringify([project_id, filter, sort ?? null, isUsable])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of it
  const wanted = useMemo(() => new KeysetRows(readsOf(project_id, filter, sort)), [key])
  const [shown, setShown] = useState(wanted)
  useEffect(() => {
    if (!isUsable) return
    const swap = () => setShown(wanted)
    const timer = setTimeout(swap, KEEP_OLD_MS)
    wanted.load(1).then(swap, swap)
    return () => clearTimeout(timer)
  }, [wanted, isUsable])
  return shown
}

/** Renews the visible rows in place every few seconds; rows never move under the pointer or the focus. */
export function useRenewal(
  source: KeysetRows,
  grid: RefObject<GridHandle | null>,
  isPaused: boolean,
  onGone: (gone: ReadonlySet<number>) => void,
): void {
  const latest = useRef({ isPaused, onGone })
  latest.current = { isPaused, onGone }
  useEffect(() => {
    let isBusy = false
    const renew = async () => {
      const handle = grid.current
      if (
        isBusy ||
        !handle ||
        source.total === null ||
        document.visibilityState !== 'visible' ||
        latest.current.isPaused
      )
        return
      const visible = handle.visibleIds()
      if (visible.length === 0) return
      isBusy = true
      try {
        const gone = await source.renew(visible)
        if (gone.size > 0) latest.current.onGone(gone)
        if (source.isOld && !handle.isInUse() && source.loadedCount <= RELOAD_LIMIT) await source.reload()
      } catch {
        // The next round tries again; the frame says when there is no connection.
      } finally {
        isBusy = false
      }
    }
    const timer = setInterval(() => void renew(), RENEW_MS)
    return () => clearInterval(timer)
  }, [source, grid])
}
