// The columns as this person arranged them, per project, in the browser.
import { useState } from 'react'
import { type ColumnsState, parseColumns } from './columns-state.ts'

export function useColumns(project_id: number): [ColumnsState, (state: ColumnsState) => void] {
  const key = `pixlhub-tasks-columns-${project_id}`
  const [state, setState] = useState(() => parseColumns(read(key)))
  const keep = (next: ColumnsState) => {
    setState(next)
    try {
      localStorage.setItem(key, JSON.stringify(next))
    } catch {
      // A browser that keeps nothing still shows the change.
    }
  }
  return [state, keep]
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
