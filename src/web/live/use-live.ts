// Live changes for React: keeps the project's queries fresh while the component is shown.
import { useEffect, useRef } from 'react'
import type { TasksListener } from './project-live.ts'

/**
 * Follows a project: its counts, tasks, timelines and operations are kept fresh by themselves.
 * @param project_id null: nothing to follow, or no right to
 * @param onTasks for a view with rows of its own, e.g. the grid: told which tasks changed, null for any; at most twice a second
 */
export function useLive(project_id: number | null, onTasks?: TasksListener): void {
  const latest = useRef(onTasks)
  latest.current = onTasks
  useEffect(() => {
    if (project_id === null) return
    let stop: (() => void) | null = null
    let isGone = false
    // After the page itself; the server tells at the beginning what was changed a moment ago.
    void import('./project-live.ts').then(({ follow }) => {
      if (!isGone) stop = follow(project_id, (changed) => latest.current?.(changed))
    }, unavailable)
    return () => {
      isGone = true
      stop?.()
    }
  }, [project_id])
}

/** Without its code, e.g. offline, the page is as fresh as its last reading; the frame says that there is no connection. */
const unavailable = () => undefined
