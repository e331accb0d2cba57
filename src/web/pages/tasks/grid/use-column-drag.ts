// The header under the pointer: dragging an edge resizes, dragging a title moves the column, a press sorts.
import { type PointerEvent, type RefObject, useState } from 'react'
import type { TaskFieldName } from '../../../../model/task-fields.ts'
import { clampWidth, type ShownColumn, type Side } from '../columns-state.ts'

/** px of movement after which a press is a drag. */
const DRAG_START = 5

export type Drop = { name: TaskFieldName; side: Side }
type Options = {
  scroller: RefObject<HTMLDivElement | null>
  columns: readonly ShownColumn[]
  canSelect: boolean
  onResize: (name: TaskFieldName, width: number) => void
  onMove: (name: TaskFieldName, side: Side, over: TaskFieldName) => void
  onPress: (name: TaskFieldName) => void
}

export function useColumnDrag({ scroller, columns, canSelect, onResize, onMove, onPress }: Options) {
  const [dragged, setDragged] = useState<TaskFieldName | null>(null)
  const [drop, setDrop] = useState<Drop | null>(null)
  const [resized, setResized] = useState<TaskFieldName | null>(null)

  /** The width lives in a CSS variable while it changes, so that no row renders. */
  const resize = (event: PointerEvent<HTMLElement>, column: ShownColumn) => {
    event.stopPropagation()
    event.preventDefault()
    const handle = event.currentTarget
    const from = event.clientX
    let width = column.width
    handle.setPointerCapture(event.pointerId)
    setResized(column.name)
    const move = (e: globalThis.PointerEvent) => {
      width = clampWidth(column.width + e.clientX - from)
      for (const [key, value] of Object.entries(
        gridVariables(
          columns.map((c) => (c.name === column.name ? { ...c, width } : c)),
          canSelect,
        ),
      ))
        scroller.current?.style.setProperty(key, value)
    }
    follow(handle, move, () => {
      setResized(null)
      if (width !== column.width) onResize(column.name, width)
    })
  }

  const press = (event: PointerEvent<HTMLElement>, name: TaskFieldName) => {
    if (event.button !== 0) return
    const header = event.currentTarget
    const from = event.clientX
    let target: Drop | null = null
    let isDrag = false
    header.setPointerCapture(event.pointerId)
    const move = (e: globalThis.PointerEvent) => {
      if (!isDrag && Math.abs(e.clientX - from) < DRAG_START) return
      isDrag = true
      setDragged(name)
      target = dropAt(header.parentElement as HTMLElement, e.clientX)
      setDrop(target?.name === name ? null : target)
    }
    follow(header, move, (isCancelled) => {
      setDragged(null)
      setDrop(null)
      if (isCancelled) return
      if (!isDrag) return onPress(name)
      if (target && target.name !== name) onMove(name, target.side, target.name)
    })
  }
  return { dragged, drop, resized, resize, press }
}

/** Widths and frozen places as CSS variables of the grid. */
export function gridVariables(columns: readonly ShownColumn[], canSelect: boolean): Record<string, string> {
  // Without a right to do anything with a selection, the first column is but a margin.
  let left = canSelect ? CHECK_WIDTH : MARGIN
  const variables: Record<string, string> = { '--w-check': `${left}px` }
  for (const c of columns) {
    variables[`--w-${c.name}`] = `${c.width}px`
    if (c.isFrozen) variables[`--l-${c.name}`] = `${left}px`
    left += c.width
  }
  variables['--grid-width'] = `max(100%, ${left}px)`
  return variables
}
const CHECK_WIDTH = 36
const MARGIN = 8

function dropAt(header: HTMLElement, x: number): Drop | null {
  for (const cell of header.querySelectorAll<HTMLElement>('[data-field]')) {
    const { left, right } = cell.getBoundingClientRect()
    const name = cell.dataset.field as TaskFieldName
    if (x >= left && x < right) return { name, side: x < (left + right) / 2 ? 'before' : 'after' }
  }
  return null
}

function follow(
  element: HTMLElement,
  move: (e: globalThis.PointerEvent) => void,
  end: (isCancelled: boolean) => void,
): void {
  const stop = (isCancelled: boolean) => () => {
    element.removeEventListener('pointermove', move)
    element.removeEventListener('pointerup', up)
    element.removeEventListener('pointercancel', cancel)
    end(isCancelled)
  }
  const up = stop(false)
  const cancel = stop(true)
  element.addEventListener('pointermove', move)
  element.addEventListener('pointerup', up)
  element.addEventListener('pointercancel', cancel)
}
