import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  MAX_SCROLL_HEIGHT,
  pageOfRows,
  rowWindow,
  scaleOf,
  scrollHeight,
  scrollToShow,
  type Viewport,
} from './row-window.ts'

const view = (over: Partial<Viewport> = {}): Viewport => ({
  scrollTop: 0,
  height: 360,
  rowHeight: 36,
  total: 10_000,
  ...over,
})

describe('ten thousand rows', () => {
  test('at the top: the visible ones and the overscan below', () => {
    expect(rowWindow(view(), 4)).toEqual({ first: 0, end: 14, offset: 0 })
  })

  test('in the middle: a row that is cut at the top counts as visible', () => {
    expect(rowWindow(view({ scrollTop: 3618 }), 2)).toEqual({ first: 98, end: 113, offset: 98 * 36 })
  })

  test('at the end nothing beyond the last row', () => {
    const end = scrollHeight(10_000, 36) - 360
    expect(rowWindow(view({ scrollTop: end + 500 }), 4)).toMatchObject({ end: 10_000, first: 9_986 })
  })

  test('no rows, no window', () => {
    expect(rowWindow(view({ total: 0 }), 4)).toEqual({ first: 0, end: 0, offset: 0 })
  })
})

describe('showing a row', () => {
  test('a visible row moves nothing', () => {
    expect(scrollToShow(3, view())).toBe(0)
  })
  test('a row below comes to the bottom, a row above to the top', () => {
    expect(scrollToShow(10, view())).toBe(36)
    expect(scrollToShow(2, view({ scrollTop: 400 }))).toBe(72)
  })
  test('Page down keeps one row of what was seen', () => {
    expect(pageOfRows(view())).toBe(9)
    expect(pageOfRows(view({ height: 10 }))).toBe(1)
  })
})

describe('a million rows', () => {
  const million = view({ total: 1_000_000 })
  test('the scroll range stays below the limit, and its end is the last row', () => {
    expect(scrollHeight(million.total, 36)).toBe(MAX_SCROLL_HEIGHT)
    expect(scaleOf(million)).toBeGreaterThan(1)
    const last = rowWindow({ ...million, scrollTop: MAX_SCROLL_HEIGHT - 360 }, 0)
    expect(last.end).toBe(1_000_000)
    expect(last.first).toBe(999_990)
  })
  test('any row can be shown, within a row’s rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: MAX_SCROLL_HEIGHT }), (row, from) => {
        const scrollTop = scrollToShow(row, { ...million, scrollTop: from })
        const shown = rowWindow({ ...million, scrollTop }, 1)
        expect(shown.first <= row && row < shown.end).toBe(true)
      }),
    )
  })
})

test('the window always covers the view and never leaves the list', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3_000_000 }), fc.integer({ min: 20, max: 80 }), fc.integer({ min: 50, max: 2_000 }), fc.double({ min: 0, max: 1, noNaN: true }),
      (total, rowHeight, height, at) => {
        const scrollTop = at * Math.max(0, scrollHeight(total, rowHeight) - height)
        const w = rowWindow({ scrollTop, height, rowHeight, total }, 0)
        const covered = w.offset <= scrollTop + 1e-6 && (w.end === total || w.offset + (w.end - w.first) * rowHeight >= scrollTop + height - 1e-6)
        expect(w.first >= 0 && w.end <= total && covered).toBe(true)
      },
    ), // biome-ignore format: one property
  )
})
