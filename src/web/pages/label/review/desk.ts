// What a person is doing with the comments of a task, as one value.
import { useCallback, useState } from 'react'
import type { Pin } from './pins.ts'

export type Desk = {
  readonly tab: 'objects' | 'comments'
  readonly shows: 'open' | 'resolved' | 'all'
  /** The thread that is looked at. */
  readonly chosen: number | null
  /** The pin of a comment that is being written. */
  readonly composing: Pin | null
  /** The next click on the image says where it belongs. */
  readonly isPlacing: boolean
  /** The chosen thread is being replied to. */
  readonly isReplying: boolean
  /** The comment whose text is being changed. */
  readonly editing: number | null
  readonly isComparing: boolean
  /** The object whose difference is looked at. */
  readonly difference: string | null
}

export const DESK: Desk = {
  tab: 'objects',
  shows: 'open',
  chosen: null,
  composing: null,
  isPlacing: false,
  isReplying: false,
  editing: null,
  isComparing: false,
  difference: null,
}

/** Tab, filter and comparing stay from task to task; the rest is about the task. What was begun on another task changes nothing here. */
export function useDesk(task_id: number | null): [Desk, (patch: Partial<Desk>) => void] {
  const [state, setState] = useState({ task_id, desk: DESK })
  const { tab, shows, isComparing } = state.desk
  const desk = state.task_id === task_id ? state.desk : { ...DESK, tab, shows, isComparing }
  if (state.task_id !== task_id) setState({ task_id, desk })
  const patch = useCallback(
    (p: Partial<Desk>) => setState((s) => (s.task_id === task_id ? { ...s, desk: { ...s.desk, ...p } } : s)),
    [task_id],
  )
  return [desk, patch]
}
