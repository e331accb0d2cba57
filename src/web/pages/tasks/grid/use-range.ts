// Selecting by click, Shift-click and Shift-arrows: a range grows and shrinks from where it began.
import { useEffect, useRef } from 'react'
import { isSelected, type TaskSelection, toggled } from '../selection-model.ts'
import { RowRange } from './row-range.ts'
import type { TaskRows } from './row-source.ts'

type Options = {
  source: TaskRows
  selection: TaskSelection
  onSelect: (next: TaskSelection) => void
  onTooLong: () => void
  onFailed: (error: unknown) => void
}

export function useRange({ selection, ...options }: Options) {
  /** The last one; what it selects may still be being read. */
  const last = useRef<RowRange | null>(null)
  const isOver = useRef(true)

  const begin = (from: number, base: TaskSelection, isOn: boolean): RowRange => {
    last.current?.stop()
    last.current = new RowRange({ ...options, from, base, isOn })
    isOver.current = false
    return last.current
  }
  useEffect(() => {
    if (last.current?.hasMade(selection)) return
    last.current?.stop()
    isOver.current = true
  }, [selection])

  const toggle = (row: number) => {
    const task = options.source.rowAt(row)
    if (!task) return
    const next = toggled(selection, task.id)
    begin(row, next, isSelected(next, task.id))
    options.onSelect(next)
  }
  /** Everything from where the range began up to this row. */
  const extend = (row: number, from: number) => {
    const range = isOver.current || !last.current ? begin(from, selection, true) : last.current
    void range.extend(row)
  }
  /** A plain move: the next range begins elsewhere. */
  const end = () => {
    isOver.current = true
  }
  /** Rows came above it. */
  const follow = (rows: number) => last.current?.follow(rows)
  return { toggle, extend, end, follow }
}
