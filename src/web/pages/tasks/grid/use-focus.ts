// One cell has the focus; it is brought into view, and drawn first where it is not.
import { type RefObject, useLayoutEffect, useMemo, useRef } from 'react'
import classes from './grid.module.css'
import type { Cell } from './grid-keys.ts'

/** Moves the focus to a cell as soon as it is drawn, and brings it into view. */
export function useFocus(scroller: RefObject<HTMLDivElement | null>, show: (row: number) => void) {
  const wanted = useRef<Cell | null>(null)
  const take = useMemo(
    () => () => {
      const at = wanted.current
      const cell = at && scroller.current?.querySelector<HTMLElement>(`[data-row="${at.row}"] > [data-col="${at.col}"]`)
      if (!cell) return
      wanted.current = null
      cell.focus({ preventScroll: true })
      revealColumn(scroller.current as HTMLElement, cell)
    },
    [scroller],
  )
  useLayoutEffect(() => {
    if (wanted.current) take()
  })
  return {
    moveTo: (to: Cell) => {
      wanted.current = to
      if (to.row >= 0) show(to.row)
      take()
    },
    /** The cell that has the focus is another one now, at the same place on the screen. */
    follow: (to: Cell) => {
      if (!scroller.current?.querySelector(`.${classes.row} :focus`)) return
      wanted.current = to
      take()
    },
  }
}

function revealColumn(scroller: HTMLElement, cell: HTMLElement): void {
  if (cell.dataset.frozen !== undefined) return
  const frozen = [...scroller.querySelectorAll<HTMLElement>(`.${classes.header} [data-frozen]`)].reduce(
    (sum, c) => sum + c.offsetWidth,
    0,
  )
  const [left, right] = [cell.offsetLeft, cell.offsetLeft + cell.offsetWidth]
  if (left - frozen < scroller.scrollLeft) scroller.scrollLeft = left - frozen
  else if (right > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = right - scroller.clientWidth
}
