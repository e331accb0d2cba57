// Selecting by click, Shift-click and Shift-arrows: a range grows and shrinks from where it began.
import { useRef } from 'react'
import { isSelected, type TaskSelection, toggled, withTasks } from '../selection-model.ts'
import type { TaskRows } from './row-source.ts'

/** Rows of a range: their ids are read, twenty requests at most. For more, there is the filter. */
export const MOST_ROWS = 10_000

type Range = { from: number; base: TaskSelection; isOn: boolean }
type Options = {
  source: TaskRows
  selection: TaskSelection
  onSelect: (next: TaskSelection) => void
  onTooLong: () => void
  onFailed: (error: unknown) => void
}

export function useRange({ source, selection, onSelect, onTooLong, onFailed }: Options) {
  const range = useRef<Range | null>(null)
  const latest = useRef(0)

  const toggle = (row: number) => {
    const task = source.rowAt(row)
    if (!task) return
    const next = toggled(selection, task.id)
    range.current = { from: row, base: next, isOn: isSelected(next, task.id) }
    onSelect(next)
  }

  /** Everything from where the range began up to this row; rows that are not here are read first. */
  const extend = async (row: number, from: number) => {
    range.current ??= { from, base: selection, isOn: true }
    const { from: start, base, isOn } = range.current
    const [first, last] = [Math.min(start, row), Math.max(start, row)]
    const call = ++latest.current
    if (last - first >= MOST_ROWS) return onTooLong()
    try {
      const ids = await source.idsBetween(first, last)
      // Meanwhile the range may have grown, or ended.
      if (call === latest.current && range.current) onSelect(withTasks(base, ids, isOn))
    } catch (error) {
      if (call === latest.current) onFailed(error)
    }
  }

  /** A plain move ends the range. */
  const end = () => {
    range.current = null
  }
  /** Rows came above it. */
  const follow = (rows: number) => {
    if (range.current) range.current = { ...range.current, from: range.current.from + rows }
  }
  return { toggle, extend, end, follow }
}
