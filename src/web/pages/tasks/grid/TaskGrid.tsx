// The grid: one continuous list; only visible rows are in the DOM; one cell has the focus.
// biome-ignore-all lint/a11y/useSemanticElements: the rows are virtual, so no table element fits; the roles say what they are
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useTranslation } from 'react-i18next'
import { TASK_FIELDS, type TaskFieldName } from '../../../../model/task-fields.ts'
import type { TableLook } from '../cells/look.ts'
import type { ShownColumn } from '../columns-state.ts'
import { ALL_MATCHING, headerPressed, headerState, isSelected, type TaskSelection } from '../selection-model.ts'
import { GridHeader } from './GridHeader.tsx'
import { GridRow } from './GridRow.tsx'
import { GridTip } from './GridTip.tsx'
import classes from './grid.module.css'
import { type Cell, cellAfterKey, HEADER_ROW } from './grid-keys.ts'
import type { KeysetRows } from './row-source.ts'
import { pageOfRows, scrollHeight } from './row-window.ts'
import { gridVariables } from './use-column-drag.ts'
import { useFocus } from './use-focus.ts'
import { useRange } from './use-range.ts'
import { useRowWindow } from './use-row-window.ts'

/** Rows drawn as placeholders before anything is known. */
const PLACEHOLDERS = 40
const KEY_RESIZE = 16

export type GridHandle = {
  /** Ids of the rows in view. */
  visibleIds: () => number[]
  focus: () => void
  /** Makes the row active and visible. */
  showRow: (row: number) => void
  scrollToTop: () => void
  /** The pointer or the focus is on the rows: they must not move. */
  isInUse: () => boolean
}

type Props = {
  handle: RefObject<GridHandle | null>
  source: KeysetRows
  columns: readonly ShownColumn[]
  look: TableLook
  sort: string | undefined
  selection: TaskSelection
  canSelect: boolean
  openId: number | undefined
  onSelect: (selection: TaskSelection) => void
  onSort: (name: TaskFieldName) => void
  onOpen: (id: number, byKey: boolean) => void
  onResize: (name: TaskFieldName, width: number | null) => void
  onMove: (name: TaskFieldName, before: TaskFieldName | null) => void
  onNudge: (name: TaskFieldName, by: -1 | 1) => void
}

export function TaskGrid(props: Props) {
  const { handle, source, columns, look, sort, selection, canSelect, openId, onSelect, onOpen } = props
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  useSyncExternalStore(source.subscribe, () => source.version)
  const total = source.total ?? (source.loadedCount || PLACEHOLDERS)
  const { shown, view, show } = useRowWindow(scroller, total, look.rowHeight)
  const [active, setActive] = useState<Cell>({ row: 0, col: 2 })
  const range = useRange(source, selection, onSelect)
  const moveFocus = useFocus(scroller, active, show)

  // Other rows begin at their top; the header keeps the focus it has.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source is another list
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
    setActive((at) => (at.row > 0 ? { ...at, row: 0 } : at))
    range.end()
  }, [source])
  useEffect(() => source.ensure(shown.first, Math.min(shown.end, total)), [source, shown, total])
  useImperativeHandle(handle, () => ({
    visibleIds: () => {
      const { first, end } = shown
      return Array.from({ length: end - first }, (_, i) => source.rowAt(first + i)?.id).filter((id) => id !== undefined)
    },
    focus: () => moveFocus(active),
    showRow: (row) => {
      setActive((at) => ({ ...at, row }))
      show(row)
    },
    scrollToTop: () => scroller.current?.scrollTo({ top: 0 }),
    isInUse: () => scroller.current?.querySelector(`.${classes.row}:hover, .${classes.row}:focus-within`) != null,
  }))

  const go = (to: Cell) => {
    setActive(to)
    moveFocus(to)
  }

  /** The focus goes along with a column that was moved. */
  const follow = (by: -1 | 1) => {
    const col = active.col + by
    if (columns[col - 1]?.isFrozen === false) go({ ...active, col })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey, altKey } = event
    const isMod = event.metaKey || event.ctrlKey
    const name = columns[active.col - 1]?.name
    if (active.row === HEADER_ROW && name && onHeaderKey(event, name, props, follow)) return
    if (isMod && key.toLowerCase() === 'a' && canSelect) {
      event.preventDefault()
      return onSelect(ALL_MATCHING)
    }
    if (altKey || (isMod && key !== 'Home' && key !== 'End')) return
    const to = cellAfterKey(key, active, { rows: total, cols: columns.length + 1, page: pageOfRows(view()) })
    if (to) {
      event.preventDefault()
      if (shiftKey && canSelect && to.row !== active.row && to.row >= 0)
        void range.extend(to.row, Math.max(0, active.row))
      else range.end()
      return go(to)
    }
    if (key === ' ') {
      event.preventDefault()
      if (!canSelect) return
      if (active.row === HEADER_ROW) onSelect(headerPressed(selection, source.loadedIds(), total))
      else if (shiftKey) void range.extend(active.row, active.row)
      else range.toggle(active.row)
    }
    if (key === 'Enter' && active.row >= 0) {
      event.preventDefault()
      const task = source.rowAt(active.row)
      if (task) onOpen(task.id, true)
    }
  }

  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement
    const cell = target.closest<HTMLElement>('[role="gridcell"]')
    if (!cell) return
    const at = { row: Number(cell.dataset.row), col: Number(cell.dataset.col) }
    const task = source.rowAt(at.row)
    if (!task) return
    const isCheck = at.col === 0
    setActive(at)
    if (isCheck || event.shiftKey || event.metaKey || event.ctrlKey) {
      event.preventDefault()
      if (canSelect && event.shiftKey) void range.extend(at.row, active.row >= 0 ? active.row : at.row)
      else if (canSelect) range.toggle(at.row)
      window.getSelection()?.removeAllRanges()
      return moveFocus(at)
    }
    moveFocus(at)
    onOpen(task.id, false)
  }

  const rows = drawnRows(shown, active.row, total)
  const style = { ...gridVariables(columns), '--row-height': `${look.rowHeight}px` } as React.CSSProperties
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={t('tasks.grid.label')}
      aria-rowcount={source.total === null ? -1 : source.total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable={canSelect || undefined}
      aria-busy={source.total === null || undefined}
      className={classes.scroller}
      style={style}
      onKeyDown={onKeyDown}
    >
      <GridHeader
        scroller={scroller}
        columns={columns}
        active={active}
        sort={sort}
        checked={source.total === null ? 'none' : headerState(selection, source.loadedIds(), total)}
        canSelect={canSelect}
        onCheck={() => onSelect(headerPressed(selection, source.loadedIds(), total))}
        onSort={props.onSort}
        onResize={props.onResize}
        onMove={props.onMove}
      />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are on the grid */}
      <div
        role="rowgroup"
        className={classes.body}
        style={{ height: scrollHeight(total, look.rowHeight) }}
        onClick={onClick}
      >
        {rows.map((index) => {
          const task = source.rowAt(index)
          return (
            <GridRow
              key={index}
              index={index}
              top={shown.offset + (index - shown.first) * look.rowHeight}
              task={task}
              columns={columns}
              look={look}
              canSelect={canSelect}
              isSelected={task !== undefined && isSelected(selection, task.id)}
              isOpen={task !== undefined && task.id === openId}
              isGone={task !== undefined && source.gone.has(task.id)}
              activeCol={active.row === index ? active.col : -1}
            />
          )
        })}
      </div>
      <GridTip scroller={scroller} source={source} look={look} />
    </div>
  )
}

/** The window, and the active row wherever it is, so that the focus is never lost. */
function drawnRows(shown: { first: number; end: number }, active: number, total: number): number[] {
  const rows = Array.from({ length: shown.end - shown.first }, (_, i) => shown.first + i)
  if (active >= 0 && active < total && active < shown.first) rows.unshift(active)
  if (active >= shown.end && active < total) rows.push(active)
  return rows
}

/** @returns true if the key was for the header cell */
function onHeaderKey(event: KeyboardEvent, name: TaskFieldName, props: Props, onMoved: (by: -1 | 1) => void): boolean {
  const { key, shiftKey, altKey } = event
  const by = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0
  const isSort = key === 'Enter' || key === ' '
  if (isSort && TASK_FIELDS[name].sortable) props.onSort(name)
  else if (by !== 0 && altKey) {
    props.onNudge(name, by)
    onMoved(by)
  } else if (by !== 0 && shiftKey)
    props.onResize(name, (props.columns.find((c) => c.name === name)?.width ?? 0) + by * KEY_RESIZE)
  else if (!isSort) return false
  event.preventDefault()
  return true
}
