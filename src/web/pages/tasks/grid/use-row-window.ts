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

/** px that usually stand above the rows and beside them: until the scroller is there to be measured. */
const ABOVE = 170
const BESIDE = 200

/** What is likely in view of a grid that is not drawn yet: its first rows come with it, and the page is laid out once. */
function likely(total: number, rowHeight: number): Shown {
  const height = window.innerHeight - ABOVE
  return { ...rowWindow(0, { height, rowHeight, total }, BEHIND, AHEAD), shift: 0, width: window.innerWidth - BESIDE }
}

export function useRowWindow(scroller: RefObject<HTMLDivElement | null>, total: number, rowHeight: number) {
  const [shown, setShown] = useState(() => likely(total, rowHeight))
  const latest = useRef({ total, rowHeight })
  latest.current = { total, rowHeight }

  const first = useRef(shown).current
  const view = useMemo(() => {
    const place = new ScrollPlace()
    let isBack = false
    let now = first
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
  }, [scroller, first])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another size is another window
  useLayoutEffect(view.onResize, [view, total, rowHeight])
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    let rest: ReturnType<typeof setTimeout> | undefined
    const onScroll = () => {
      view.onScroll()
      clearTimeout(rest)
      rest = setTimeout(view.onRest, REST_MS)
    }
    const watch = new ResizeObserver(view.measure)
    watch.observe(element)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      clearTimeout(rest)
      watch.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [scroller, view])
  return { shown, ...view }
}
