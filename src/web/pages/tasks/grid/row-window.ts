// grid/: the table itself: window of rows, columns, keys, cells' frame. It does not know what an operation is.
// This file: which rows are in the DOM, and where, however many there are. Pure.

/**
 * The tallest content. Firefox draws nothing below 17,895,697 px, Chromium nothing below 33,554,428; and beyond 2^24 the
 * compositor's positions are no longer exact to a pixel. More rows share this range, see ScrollPlace.
 */
export const MAX_SCROLL_HEIGHT = 16_000_000
/** px at both ends of a shared range where one px is one px of rows: the first and last rows are reached by small steps. */
const PLAIN = 200_000
/**
 * A scroll of at most this many px is a wheel, a finger or a key, and moves the rows by as much. A pixel of the scrollbar
 * on the tallest screen is more: 16,000,000 / 2160.
 */
const SMALL = 4000

export type Size = {
  /** px of rows that are visible, without the header */
  height: number
  rowHeight: number
  total: number
}

/** Rows [first, end). */
export type RowWindow = { first: number; end: number }

export const scrollHeight = (total: number, rowHeight: number): number => Math.min(total * rowHeight, MAX_SCROLL_HEIGHT)
/** The greatest `top`: px of rows above the view when the last one is at its bottom. */
const lastTop = ({ total, rowHeight, height }: Size): number => Math.max(0, total * rowHeight - height)
const lastPosition = (size: Size): number => Math.max(0, scrollHeight(size.total, size.rowHeight) - size.height)
const isShared = (size: Size): boolean => lastTop(size) > lastPosition(size)
const clamp = (n: number, max: number): number => Math.min(max, Math.max(0, n))

/** px of rows above the view when the scrollbar is at `position`. */
export function topAt(position: number, size: Size): number {
  const [top, end] = [lastTop(size), lastPosition(size)]
  const at = clamp(position, end)
  if (!isShared(size) || at <= PLAIN) return at
  if (at >= end - PLAIN) return top - (end - at)
  return PLAIN + ((at - PLAIN) * (top - 2 * PLAIN)) / (end - 2 * PLAIN)
}

/** Where the scrollbar stands for `top`; undoes topAt. */
export function positionAt(top: number, size: Size): number {
  const [last, end] = [lastTop(size), lastPosition(size)]
  const at = clamp(top, last)
  if (!isShared(size) || at <= PLAIN) return at
  if (at >= last - PLAIN) return end - (last - at)
  return PLAIN + ((at - PLAIN) * (end - 2 * PLAIN)) / (last - 2 * PLAIN)
}

/**
 * Where the view stands among the rows, in px of rows, while the scroller only knows px of its range. Both are the same
 * as long as all rows fit. Beyond, small scrolling moves both by the same px, so that the scrollbar drifts from its
 * place; `settle` puts it back when nobody scrolls. A jump of the scrollbar moves the rows to its place.
 */
export class ScrollPlace {
  /** px of rows above the view */
  top = 0
  #position = 0

  /** px to add to a row's own place (`row * rowHeight`); it changes with jumps only. */
  get shift(): number {
    return this.#position - this.top
  }

  /** The scroller was scrolled to `position`. */
  scrolled(position: number, size: Size): void {
    const by = position - this.#position
    const isAtEnd = position <= 0 || position >= lastPosition(size)
    const top = Math.abs(by) <= SMALL && !isAtEnd ? clamp(this.top + by, lastTop(size)) : topAt(position, size)
    this.#set(position, top, size)
  }

  /** Shows another part of the rows. @returns where to scroll */
  moveTo(wanted: number, size: Size): number {
    const top = clamp(wanted, lastTop(size))
    const near = this.#position + top - this.top
    const isNear = Math.abs(top - this.top) <= SMALL && near > 0 && near < lastPosition(size)
    return this.#set(isNear ? near : positionAt(top, size), top, size)
  }

  /** The same part, with the scrollbar at its place again. @returns where to scroll */
  settle(size: Size): number {
    return this.#set(positionAt(this.top, size), this.top, size)
  }

  /** Where the browser scrolled to in truth: it rounds to its own pixels. */
  landed(position: number, size: Size): void {
    this.#set(position, this.top, size)
  }

  /** Rows are always drawn at whole pixels of the content, else their text would blur. */
  #set(position: number, top: number, size: Size): number {
    this.top = isShared(size) ? position - Math.round(position - top) : position
    this.#position = position
    return position
  }
}

/** @param before, after rows kept beyond the edges, so that a quick scroll shows no gap */
export function rowWindow(top: number, { height, rowHeight, total }: Size, before: number, after: number): RowWindow {
  const first = Math.max(0, Math.min(total, Math.floor(top / rowHeight)) - before)
  const end = Math.min(total, Math.ceil((top + height) / rowHeight) + after)
  return { first, end: Math.max(first, end) }
}

/** The `top` at which a row is wholly visible; the same if it is. One from far away comes to the middle. */
export function topToShow(row: number, top: number, { height, rowHeight }: Size): number {
  const rowTop = row * rowHeight
  if (Math.abs(rowTop - top) > 2 * height) return Math.max(0, rowTop - Math.floor((height - rowHeight) / 2))
  if (rowTop < top) return rowTop
  return rowTop + rowHeight > top + height ? rowTop + rowHeight - height : top
}

/** Whole rows that Page down passes. */
export const pageOfRows = ({ height, rowHeight }: Size): number => Math.max(1, Math.floor(height / rowHeight) - 1)
