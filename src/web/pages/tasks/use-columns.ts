// The columns as they are shown: those of the open view, with what the URL changes of them; without a view as this
// person arranged them, per project, in the browser.
import { useEffect, useMemo, useRef, useState } from 'react'
import { remember, remembered } from '../../browser-storage.ts'
import { type ColumnsState, parseColumns } from './columns-state.ts'
import type { TaskUrl } from './use-task-search.ts'
import { columnsForUrl, columnsOf } from './views/open-view.ts'

/** A column that is dragged passes many places; the URL gets the last one. */
const WRITE_MS = 150

export function useColumns(project_id: number, url: TaskUrl): [ColumnsState, (state: ColumnsState) => void] {
  const own = useOwnColumns(project_id)
  const ofView = useViewColumns(url)
  return ofView ?? own
}

function useViewColumns({ view, search, change }: TaskUrl): [ColumnsState, (state: ColumnsState) => void] | null {
  const changed = search.columns
  const said = useMemo(() => (view ? columnsOf(view, changed) : null), [view, changed])
  // What is on its way into the URL.
  const [draft, setDraft] = useState<ColumnsState | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const stop = () => {
    if (timer.current) clearTimeout(timer.current)
    timer.current = null
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the URL has caught up, unless more is on its way
  useEffect(() => {
    if (timer.current === null) setDraft(null)
  }, [said])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view takes nothing over from the last one
  useEffect(() => {
    return () => {
      stop()
      setDraft(null)
    }
  }, [view?.id])

  if (!view || !said) return null
  const keep = (next: ColumnsState) => {
    setDraft(next)
    stop()
    timer.current = setTimeout(() => {
      timer.current = null
      change({ columns: columnsForUrl(next, view) }, true)
    }, WRITE_MS)
  }
  return [draft ?? said, keep]
}

function useOwnColumns(project_id: number): [ColumnsState, (state: ColumnsState) => void] {
  const key = `pixlhub-tasks-columns-${project_id}`
  const [state, setState] = useState(() => parseColumns(remembered(key)))
  const change = (next: ColumnsState) => {
    setState(next)
    remember(key, JSON.stringify(next))
  }
  return [state, change]
}
