// The keys of the grid: moving, selecting, opening; in the header: sorting, widths, order.
import type { KeyboardEvent } from 'react'
import { TASK_FIELDS, type TaskFieldName } from '../../../../model/task-fields.ts'
import type { ShownColumn } from '../columns-state.ts'
import { ALL_MATCHING, headerPressed, type TaskSelection } from '../selection-model.ts'
import { type Cell, cellAfterKey, HEADER_ROW } from './grid-keys.ts'
import type { TaskRows } from './row-source.ts'
import type { useRange } from './use-range.ts'

const KEY_RESIZE = 16

type Options = {
  source: TaskRows
  columns: readonly ShownColumn[]
  active: Cell
  selection: TaskSelection
  /** How many tasks are selected. */
  count: number
  canSelect: boolean
  total: number
  /** Rows that Page down passes. */
  page: () => number
  range: ReturnType<typeof useRange>
  go: (to: Cell) => void
  onSelect: (selection: TaskSelection) => void
  onOpen: (id: number, byKey: boolean) => void
  onSort: (name: TaskFieldName) => void
  onResize: (name: TaskFieldName, width: number | null) => void
  onNudge: (name: TaskFieldName, by: -1 | 1) => void
}

export function useGridKeys(options: Options): (event: KeyboardEvent) => void {
  const { source, columns, active, selection, count, canSelect, total, page, range, go, onSelect, onOpen } = options

  /** @returns true if the key was for the header cell */
  const onHeaderKey = ({ key, shiftKey, altKey }: KeyboardEvent, { name, width }: ShownColumn): boolean => {
    const by = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0
    const isSort = key === 'Enter' || key === ' '
    if (isSort && TASK_FIELDS[name].sortable) options.onSort(name)
    else if (by !== 0 && altKey) {
      options.onNudge(name, by)
      // The focus goes along with the column.
      if (columns[active.col - 1 + by]?.isFrozen === columns[active.col - 1]?.isFrozen)
        go({ ...active, col: active.col + by })
    } else if (by !== 0 && shiftKey) options.onResize(name, width + by * KEY_RESIZE)
    else return isSort
    return true
  }

  return (event) => {
    const { key, shiftKey, altKey } = event
    const isMod = event.metaKey || event.ctrlKey
    const column = columns[active.col - 1]
    if (active.row === HEADER_ROW && column && onHeaderKey(event, column)) return event.preventDefault()
    if (isMod && key.toLowerCase() === 'a' && canSelect) {
      event.preventDefault()
      return onSelect(ALL_MATCHING)
    }
    if (altKey || (isMod && key !== 'Home' && key !== 'End')) return
    const to = cellAfterKey(key, active, { rows: total, cols: columns.length + 1, page: page() })
    if (to) {
      event.preventDefault()
      if (shiftKey && canSelect && to.row !== active.row && to.row >= 0) range.extend(to.row, Math.max(0, active.row))
      else range.end()
      return go(to)
    }
    if (key === ' ') {
      event.preventDefault()
      if (!canSelect) return
      if (active.row === HEADER_ROW) onSelect(headerPressed(selection, count))
      else if (shiftKey) range.extend(active.row, active.row)
      else range.toggle(active.row)
    }
    if (key === 'Enter' && active.row >= 0) {
      event.preventDefault()
      const task = source.rowAt(active.row)
      if (task) onOpen(task.id, true)
    }
  }
}
