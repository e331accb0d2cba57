// One panel for all cells that know more than they show: the image larger, time by person, classes, the skip.
import { type RefObject, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Task } from '../../../../contract/tasks.ts'
import { CellTip } from '../cells/CellTip.tsx'
import type { TableLook } from '../cells/look.ts'
import type { TipKind } from '../cells/TaskCell.tsx'
import classes from './grid.module.css'
import { rowOf } from './row-keys.ts'
import type { TaskRows } from './row-source.ts'

const DELAY_MS = 350
const FOCUS_DELAY_MS = 700
const GAP = 4

type Shown = { kind: TipKind; task: Task; rect: DOMRect }

export default function GridTip({
  scroller,
  source,
  look,
}: {
  scroller: RefObject<HTMLDivElement | null>
  source: TaskRows
  look: TableLook
}) {
  const [shown, setShown] = useState<Shown | null>(null)

  useEffect(() => {
    const grid = scroller.current
    if (!grid) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let over: HTMLElement | null = null
    const hide = () => {
      clearTimeout(timer)
      over = null
      setShown(null)
    }
    const wait = (cell: HTMLElement | null, delay: number) => {
      if (cell === over) return
      hide()
      over = cell
      if (cell) timer = setTimeout(() => open(cell), delay)
    }
    const open = (cell: HTMLElement) => {
      const task = source.rowAt(rowOf(cell))
      const kind = cell.dataset.tip as TipKind
      if (task && hasTip(kind, task)) setShown({ kind, task, rect: cell.getBoundingClientRect() })
    }
    const cellOf = (event: Event) => (event.target as HTMLElement).closest<HTMLElement>('[data-tip]')
    const onOver = (event: Event) => wait(cellOf(event), DELAY_MS)
    const onFocus = (event: Event) => {
      if ((event.target as HTMLElement).matches(':focus-visible')) wait(cellOf(event), FOCUS_DELAY_MS)
    }
    const listeners: [string, (event: Event) => void][] = [
      ['pointerover', onOver], ['pointerleave', hide], ['focusin', onFocus], ['focusout', hide], ['scroll', hide], ['pointerdown', hide], ['keydown', hide],
    ] // biome-ignore format: one list
    for (const [name, listener] of listeners) grid.addEventListener(name, listener, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const [name, listener] of listeners) grid.removeEventListener(name, listener)
    }
  }, [scroller, source])

  if (!shown) return null
  return createPortal(
    <div className={classes.tip} role="tooltip" ref={(panel) => place(panel, shown.rect)}>
      <CellTip
        kind={shown.kind}
        task={shown.task}
        look={look}
        onResize={() => place(document.querySelector(`.${classes.tip}`), shown.rect)}
      />
    </div>,
    document.body,
  )
}

function hasTip(kind: TipKind, task: Task): boolean {
  if (kind === 'skip') return task.is_skipped
  if (kind === 'classes') return task.object_count > 0
  return kind === 'image' || task.duration_ms > 0 || task.review_ms > 0
}

/** Below the cell, above it where there is no room. */
function place(panel: HTMLElement | null, cell: DOMRect): void {
  if (!panel) return
  const { offsetWidth, offsetHeight } = panel
  const isBelow = cell.bottom + GAP + offsetHeight < window.innerHeight
  panel.style.top = `${isBelow ? cell.bottom + GAP : Math.max(GAP, cell.top - GAP - offsetHeight)}px`
  panel.style.left = `${Math.max(GAP, Math.min(cell.left, window.innerWidth - offsetWidth - GAP))}px`
}
