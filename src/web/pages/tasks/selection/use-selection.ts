// The selection as the page holds it: remembered by this tab, so that a reload and the back button find it again.
import { useRouterState } from '@tanstack/react-router'
import { type Dispatch, type SetStateAction, useCallback, useEffect, useState } from 'react'
import type { Filter } from '../../../../model/filter.ts'
import { canonical } from '../../../../model/task-view.ts'
import type { TaskSelection } from '../selection-model.ts'
import { fromText, moved, type Remembered, selected, selectionOf, toText, type Visit } from './visit.ts'

/** A hundred thousand ids are not written down at each press. */
const WRITE_MS = 200

export function useSelection(
  project_id: number,
  filter: Filter,
): [TaskSelection, Dispatch<SetStateAction<TaskSelection>>] {
  const entry = useRouterState({ select: (s) => s.location.state.__TSR_key ?? s.location.state.key ?? '' })
  const text = canonical(filter)
  const [visit, setVisit] = useState<Visit>(() => ({ key: entry, filter: text, remembered: read(project_id) }))
  const here = visit.key === entry && visit.filter === text ? visit : moved(visit, entry, text)
  if (here !== visit) setVisit(here)

  const setSelection = useCallback(
    (next: SetStateAction<TaskSelection>) =>
      setVisit((last) => selected(last, typeof next === 'function' ? next(selectionOf(last)) : next)),
    [],
  )
  useWritten(project_id, here.remembered)
  return [selectionOf(here), setSelection]
}

/** Writes soon after a change, and at the latest when the page goes. */
function useWritten(project_id: number, remembered: Remembered | null): void {
  useEffect(() => {
    let isWritten = false
    const write = () => {
      if (!isWritten) keep(project_id, remembered)
      isWritten = true
    }
    const timer = setTimeout(write, WRITE_MS)
    window.addEventListener('pagehide', write)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pagehide', write)
      write()
    }
  }, [project_id, remembered])
}

const keyOf = (project_id: number) => `pixlhub-tasks-selection-${project_id}`

function read(project_id: number): Remembered | null {
  try {
    return fromText(sessionStorage.getItem(keyOf(project_id)))
  } catch {
    return null
  }
}

function keep(project_id: number, remembered: Remembered | null): void {
  try {
    if (remembered) sessionStorage.setItem(keyOf(project_id), toText(remembered))
    else sessionStorage.removeItem(keyOf(project_id))
  } catch {
    // No room or no storage: it lasts until the page is reloaded.
  }
}
