// grid/: the table itself: window of rows, columns, keys, cells' frame. It does not know what an operation is.
// This file: which rows are in the DOM, and where. Pure.

/** Chromium draws nothing below 33,554,428 px; beyond this height the scroll range is scaled. */
export const MAX_SCROLL_HEIGHT = 30_000_000

export type Viewport = {
  /** px the person has scrolled */
  scrollTop: number
  /** px of rows that are visible, without the header */
  height: number
  rowHeight: number
  total: number
}

/** Rows [first, end), and px from the top of the scrolled content to the top of row `first`. */
export type RowWindow = { first: number; end: number; offset: number }

export const scrollHeight = (total: number, rowHeight: number): number => Math.min(total * rowHeight, MAX_SCROLL_HEIGHT)

/** How many px of rows one px of scrolling passes; 1 as long as all rows fit. */
export function scaleOf({ height, rowHeight, total }: Viewport): number {
  const real = total * rowHeight
  if (real <= MAX_SCROLL_HEIGHT) return 1
  return (real - height) / (MAX_SCROLL_HEIGHT - height)
}

/** @param overscan rows kept beyond each edge, so that a small scroll shows no gap */
export function rowWindow(view: Viewport, overscan: number): RowWindow {
  const { height, rowHeight, total } = view
  const range = Math.max(0, scrollHeight(total, rowHeight) - height)
  const scrollTop = Math.min(Math.max(0, view.scrollTop), range)
  const top = scrollTop * scaleOf(view)
  const first = Math.max(0, Math.min(total, Math.floor(top / rowHeight)) - overscan)
  const end = Math.min(total, Math.ceil((top + height) / rowHeight) + overscan)
  return { first, end: Math.max(first, end), offset: scrollTop - top + first * rowHeight }
}

/** Where to scroll so that a row is wholly visible; the same place if it is. */
export function scrollToShow(row: number, view: Viewport): number {
  const scale = scaleOf(view)
  const range = Math.max(0, scrollHeight(view.total, view.rowHeight) - view.height)
  const top = view.scrollTop * scale
  const rowTop = row * view.rowHeight
  const rowEnd = rowTop + view.rowHeight
  const wanted = rowTop < top ? rowTop : rowEnd > top + view.height ? rowEnd - view.height : top
  return Math.min(range, Math.max(0, wanted / scale))
}

/** Whole rows that Page down passes. */
export const pageOfRows = (view: Viewport): number => Math.max(1, Math.floor(view.height / view.rowHeight) - 1)
