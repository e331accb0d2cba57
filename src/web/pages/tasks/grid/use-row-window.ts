// Measures the scroller, says which rows are drawn, and moves it; renders only when the rows change.
import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { type RowWindow, rowWindow, ScrollPlace, type Size, topToShow } from './row-window.ts'

/** px, see grid.module.css. */
const HEADER_HEIGHT = 32
/** Rows drawn beyond the edge that rows come in at: what the quickest wheel passes in a frame. */
const AHEAD = 4
const BEHIND = 1
/** Nobody scrolls any more. */
const REST_MS = 160

/** `shift`: px to add to a row's own place. `width`: px that the scroller shows. */
export type Shown = RowWindow & { shift: number; width: number }
const NOTHING: Shown = { first: 0, end: 0, shift: 0, width: 0 }

export function useRowWindow(scroller: RefObject<HTMLDivElement | null>, total: number, rowHeight: number) {
  const [shown, setShown] = useState(NOTHING)
  const latest = useRef({ total, rowHeight })
  latest.current = { total, rowHeight }

  const window = useMemo(() => {
    const place = new ScrollPlace()
    let isBack = false
    let now = NOTHING
    let drawnHeight = latest.current.rowHeight
    const size = (): Size => ({
      height: Math.max(0, (scroller.current?.clientHeight ?? 0) - HEADER_HEIGHT),
      ...latest.current,
    })
    const measure = () => {
      const rows = rowWindow(place.top, size(), isBack ? AHEAD : BEHIND, isBack ? BEHIND : AHEAD)
      const next = { ...rows, shift: place.shift, width: scroller.current?.clientWidth ?? 0 }
      if (Object.entries(next).every(([key, value]) => now[key as keyof Shown] === value)) return
      now = next
      setShown(next)
    }
    const scrollTo = (position: number) => {
      const element = scroller.current
      if (!element) return
      element.scrollTop = position
      place.landed(element.scrollTop, size())
      measure()
    }
    return {
      size,
      measure,
      onScroll: () => {
        const before = place.top
        place.scrolled(scroller.current?.scrollTop ?? 0, size())
        if (place.top === before) return
        isBack = place.top < before
        // In this very frame: the browser has already moved what is drawn.
        flushSync(measure)
      },
      /** Another number of rows, or taller ones: the same rows stay in view. */
      onResize: () => {
        const { rowHeight } = latest.current
        const top = (place.top * rowHeight) / drawnHeight
        drawnHeight = rowHeight
        scrollTo(place.moveTo(top, size()))
      },
      onRest: () => flushSync(() => scrollTo(place.settle(size()))),
      /** Makes a row wholly visible. */
      show: (row: number) => scrollTo(place.moveTo(topToShow(row, place.top, size()), size())),
      /** Keeps what is in view in its place when `rows` came above it. */
      follow: (rows: number) => scrollTo(place.moveTo(place.top + rows * latest.current.rowHeight, size())),
      toTop: () => scrollTo(place.moveTo(0, size())),
      /** The first row that is wholly in view. */
      topRow: () => Math.ceil(place.top / latest.current.rowHeight),
      isAtTop: () => place.top === 0,
    }
  }, [scroller])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another size is another window
  useLayoutEffect(window.onResize, [window, total, rowHeight])
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    let rest: ReturnType<typeof setTimeout> | undefined
    const onScroll = () => {
      window.onScroll()
      clearTimeout(rest)
      rest = setTimeout(window.onRest, REST_MS)
    }
    const watch = new ResizeObserver(window.measure)
    watch.observe(element)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      clearTimeout(rest)
      watch.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [scroller, window])
  return { shown, ...window }
}
