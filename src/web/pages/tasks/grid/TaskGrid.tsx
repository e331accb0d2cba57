// The grid: one continuous list; only visible rows are in the DOM; one cell has the focus.
// biome-ignore-all lint/a11y/useSemanticElements: the rows are virtual, so no table element fits; the roles say what they are
import {
  type MouseEvent,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { TaskFieldName } from '../../../../model/task-fields.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { notifyFailed } from '../../../ui/notify.tsx'
import type { TableLook } from '../cells/look.ts'
import { fitFrozen, type ShownColumn, type Side } from '../columns-state.ts'
import { headerPressed, headerState, isSelected, type TaskSelection } from '../selection-model.ts'
import { GridHeader } from './GridHeader.tsx'
import { GridRow } from './GridRow.tsx'
import classes from './grid.module.css'
import type { Cell } from './grid-keys.ts'
import { type KeyedRow, keyRows, rowOf } from './row-keys.ts'
import { MOST_ROWS } from './row-range.ts'
import type { Anchor, TaskRows } from './row-source.ts'
import { pageOfRows, scrollHeight } from './row-window.ts'
import { gridVariables } from './use-column-drag.ts'
import { useFocus } from './use-focus.ts'
import { useGridKeys } from './use-grid-keys.ts'
import { useRange } from './use-range.ts'
import { useRowWindow } from './use-row-window.ts'

const GridTip = lazyPart(() => import('./GridTip.tsx'))

/** Rows drawn as placeholders before anything is known. */
const PLACEHOLDERS = 40

export type GridHandle = {
  focus: () => void
  /** Makes the row active and visible. */
  showRow: (row: number) => void
  /** The row that must not move when the list is read anew; null where none would be missed. */
  anchor: () => Anchor | null
  /** The list was read anew: what was in view now stands so many rows further down. */
  follow: (rows: number) => void
}

/** `at`: the place of the column's header on the screen. */
export type ColumnMenuAt = { name: TaskFieldName; at: DOMRect }

type Props = {
  handle: RefObject<GridHandle | null>
  source: TaskRows
  columns: readonly ShownColumn[]
  look: TableLook
  sort: string | undefined
  selection: TaskSelection
  /** How many tasks are selected. */
  count: number
  canSelect: boolean
  openId: number | undefined
  onSelect: (selection: TaskSelection) => void
  onSort: (name: TaskFieldName) => void
  onOpen: (id: number, byKey: boolean) => void
  onResize: (name: TaskFieldName, width: number | null) => void
  onMove: (name: TaskFieldName, side: Side, over: TaskFieldName) => void
  onNudge: (name: TaskFieldName, by: -1 | 1) => void
  onColumnMenu: (menu: ColumnMenuAt) => void
}

export function TaskGrid(props: Props) {
  const { handle, source, look, sort, selection, count, canSelect, openId, onSelect, onOpen } = props
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  useSyncExternalStore(source.subscribe, () => source.version)
  const total = source.total ?? (source.loadedCount || PLACEHOLDERS)
  const rows = useRowWindow(scroller, total, look.rowHeight)
  const { shown } = rows
  const columns = useMemo(() => fitFrozen(props.columns, shown.width), [props.columns, shown.width])
  const [wanted, setActive] = useState<Cell>({ row: 0, col: 2 })
  // There is always one to come to with Tab, also when the list became shorter or a column went.
  const active = { row: Math.min(wanted.row, total - 1), col: Math.min(wanted.col, columns.length) }
  const activeId = useRef<number | undefined>(undefined)
  const drawn = useRef<KeyedRow[]>([])
  const focus = useFocus(scroller, rows.show)
  const range = useRange({
    source,
    selection,
    onSelect,
    onTooLong: () => notifyFailed(t('tasks.grid.range_too_long', { count: MOST_ROWS })),
    onFailed: notifyFailed,
  })

  // Other rows begin at their top; the header keeps the focus it has.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source is another list
  useLayoutEffect(() => {
    rows.toTop()
    setActive((at) => (at.row > 0 ? { ...at, row: 0 } : at))
    range.end()
  }, [source])
  useEffect(() => source.ensure(shown.first, Math.min(shown.end, total)), [source, shown, total])

  const go = (to: Cell) => {
    setActive(to)
    focus.moveTo(to)
  }
  useImperativeHandle(handle, () => ({
    focus: () => focus.moveTo(active),
    showRow: (row) => go({ ...active, row }),
    anchor: () => {
      activeId.current = source.rowAt(active.row)?.id
      const row = heldRow(scroller.current, shown) ?? (rows.isAtTop() ? null : rows.topRow())
      const task = row === null ? undefined : source.rowAt(row)
      return row === null || !task ? null : { row, id: task.id, isHeld: heldRow(scroller.current, shown) === row }
    },
    follow: (by) => {
      const now = activeId.current === undefined ? -1 : source.indexOf(activeId.current)
      const to = active.row < 0 ? active : { ...active, row: now >= 0 ? now : active.row + by }
      flushSync(() => {
        if (to.row !== active.row) setActive(to)
        if (by !== 0) rows.follow(by)
      })
      if (to.row !== active.row) focus.follow(to)
      range.follow(by)
    },
  }))
  const onKeyDown = useGridKeys({ ...props, columns, active, total, page: () => pageOfRows(rows.size()), range, go })

  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement
    const cell = target.closest<HTMLElement>('[role="gridcell"]')
    if (!cell) return
    const at = { row: rowOf(cell), col: Number(cell.dataset.col) }
    const task = source.rowAt(at.row)
    const isCheck = at.col === 0
    setActive(at)
    // Not here yet: the keyboard can go on from it, and no more.
    if (!task) return focus.moveTo(at)
    if (isCheck || event.shiftKey || event.metaKey || event.ctrlKey) {
      if (canSelect && event.shiftKey) range.extend(at.row, active.row >= 0 ? active.row : at.row)
      else if (canSelect) range.toggle(at.row)
      window.getSelection()?.removeAllRanges()
      return focus.moveTo(at)
    }
    focus.moveTo(at)
    onOpen(task.id, false)
  }

  drawn.current = keyRows(drawn.current, drawnRows(shown, active.row, total))
  const height = scrollHeight(total, look.rowHeight)
  const style = { ...gridVariables(columns, canSelect), '--row-height': `${look.rowHeight}px` } as React.CSSProperties
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
        {...props}
        scroller={scroller}
        columns={columns}
        active={active}
        sort={sort}
        checked={source.total === null ? 'none' : headerState(selection, count)}
        onCheck={() => onSelect(headerPressed(selection, count))}
      />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are on the grid */}
      <div role="rowgroup" className={classes.body} style={{ height }} onClick={onClick}>
        {drawn.current.map(({ row: index, key }) => {
          const task = source.rowAt(index)
          return (
            <GridRow
              key={key}
              index={index}
              // The active row far away is drawn at the edge, so that it does not make the content taller.
              top={Math.max(0, Math.min(height - look.rowHeight, index * look.rowHeight + shown.shift))}
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

/** The row in view under the pointer or with the focus: with the keyboard in use the focus counts first. */
function heldRow(scroller: HTMLElement | null, shown: { first: number; end: number }): number | null {
  const focused = scroller?.querySelector<HTMLElement>(`.${classes.row}:focus-within`)
  const hovered = scroller?.querySelector<HTMLElement>(`.${classes.row}:hover`)
  const isByKey = focused?.querySelector(':focus-visible') != null
  const held = (isByKey ? [focused, hovered] : [hovered, focused])
    .map((row) => Number(row?.dataset.row ?? -1))
    .find((row) => row >= shown.first && row < shown.end)
  return held ?? null
}
