// Selecting by click, Shift-click and Shift-arrows: a range grows and shrinks from where it began.
import { useRef } from 'react'
import { isSelected, type TaskSelection, toggled, withTasks } from '../selection-model.ts'
import type { KeysetRows } from './row-source.ts'

type Range = { from: number; base: TaskSelection; isOn: boolean }

export function useRange(source: KeysetRows, selection: TaskSelection, onSelect: (next: TaskSelection) => void) {
  const range = useRef<Range | null>(null)
  const latest = useRef(0)

  const toggle = (row: number) => {
    const task = source.rowAt(row)
    if (!task) return
    const next = toggled(selection, task.id)
    range.current = { from: row, base: next, isOn: isSelected(next, task.id) }
    onSelect(next)
  }

  /** Everything from where the range began up to this row; rows that are not there yet are loaded first. */
  const extend = async (row: number, from: number) => {
    range.current ??= { from, base: selection, isOn: true }
    const { from: start, base, isOn } = range.current
    const [first, last] = [Math.min(start, row), Math.max(start, row)]
    const call = ++latest.current
    await source.load(last + 1).catch(() => undefined)
    if (call !== latest.current) return
    const ids: number[] = []
    for (let i = first; i <= last; i++) {
      const task = source.rowAt(i)
      if (task) ids.push(task.id)
    }
    onSelect(withTasks(base, ids, isOn))
  }

  /** A plain move ends the range. */
  const end = () => {
    range.current = null
  }
  return { toggle, extend, end }
}
