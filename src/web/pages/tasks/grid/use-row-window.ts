// Measures the scroller and says which rows are drawn; renders only when that changes.
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { type RowWindow, rowWindow, scrollToShow, type Viewport } from './row-window.ts'

const OVERSCAN = 3
export const HEADER_HEIGHT = 33

type Shown = RowWindow & { height: number }

export function useRowWindow(scroller: RefObject<HTMLDivElement | null>, total: number, rowHeight: number) {
  const [shown, setShown] = useState<Shown>({ first: 0, end: 0, offset: 0, height: 0 })
  const size = useRef({ total, rowHeight })
  size.current = { total, rowHeight }

  const view = useCallback((): Viewport => {
    const element = scroller.current
    return {
      scrollTop: element?.scrollTop ?? 0,
      height: Math.max(0, (element?.clientHeight ?? 0) - HEADER_HEIGHT),
      ...size.current,
    }
  }, [scroller])

  const measure = useCallback(() => {
    const now = view()
    const next = { ...rowWindow(now, OVERSCAN), height: now.height }
    setShown((last) =>
      last.first === next.first && last.end === next.end && last.offset === next.offset && last.height === next.height
        ? last
        : next,
    )
  }, [view])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another size is another window
  useLayoutEffect(measure, [measure, total, rowHeight])
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      watch.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [scroller, measure])

  const show = useCallback(
    (row: number) => {
      const now = view()
      const top = scrollToShow(row, now)
      if (top !== now.scrollTop) scroller.current?.scrollTo({ top })
      measure()
    },
    [scroller, view, measure],
  )
  return { shown, view, show }
}
