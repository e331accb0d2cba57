import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  MAX_SCROLL_HEIGHT,
  pageOfRows,
  positionAt,
  rowWindow,
  ScrollPlace,
  type Size,
  scrollHeight,
  topAt,
  topToShow,
} from './row-window.ts'

const size = (over: Partial<Size> = {}): Size => ({ height: 360, rowHeight: 36, total: 10_000, ...over })
const million = size({ total: 1_000_000 })
const lastTop = (s: Size) => Math.max(0, s.total * s.rowHeight - s.height)
const lastPosition = (s: Size) => Math.max(0, scrollHeight(s.total, s.rowHeight) - s.height)

describe('ten thousand rows', () => {
  test('at the top: the visible ones and those kept below', () => {
    expect(rowWindow(0, size(), 2, 4)).toEqual({ first: 0, end: 14 })
  })
  test('in the middle: a row that is cut at the top counts as visible', () => {
    expect(rowWindow(3618, size(), 2, 2)).toEqual({ first: 98, end: 113 })
  })
  test('nothing beyond the last row, and no rows, no window', () => {
    expect(rowWindow(lastTop(size()), size(), 4, 4)).toEqual({ first: 9986, end: 10_000 })
    expect(rowWindow(0, size({ total: 0 }), 4, 4)).toEqual({ first: 0, end: 0 })
  })
  test('a pixel of the scrollbar is a pixel of rows, always', () => {
    const place = new ScrollPlace()
    for (const position of [36, 100_000, 99_990, 0, lastPosition(size())]) {
      place.scrolled(position, size())
      expect([place.top, place.shift]).toEqual([position, 0])
    }
  })
})

describe('showing a row', () => {
  test('a visible row moves nothing; one below comes to the bottom, one above to the top', () => {
    expect(topToShow(3, 0, size())).toBe(0)
    expect(topToShow(10, 0, size())).toBe(36)
    expect(topToShow(2, 400, size())).toBe(72)
  })
  test('one from far away comes to the middle, with its neighbours', () => {
    expect(topToShow(5000, 0, size())).toBe(5000 * 36 - 162)
    expect(topToShow(3, 100_000, size())).toBe(0)
  })
  test('Page down keeps one row of what was seen', () => {
    expect(pageOfRows(size())).toBe(9)
    expect(pageOfRows(size({ height: 10 }))).toBe(1)
  })
})

describe('a million rows', () => {
  test('the range is one that every browser draws, and its ends are the first and the last row', () => {
    expect(scrollHeight(million.total, 36)).toBe(MAX_SCROLL_HEIGHT)
    expect([topAt(0, million), topAt(lastPosition(million), million)]).toEqual([0, lastTop(million)])
  })

  test('a wheel moves the rows by its own pixels, wherever it turns', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000, max: MAX_SCROLL_HEIGHT - 10_000 }),
        fc.array(fc.integer({ min: -300, max: 300 }), { maxLength: 30 }),
        (start, turns) => {
          const place = new ScrollPlace()
          place.scrolled(start, million)
          const shift = place.shift
          let [position, top] = [start, place.top]
          for (const by of turns) {
            position += by
            top += by
            place.scrolled(position, million)
            expect(place.top).toBeCloseTo(top, 3)
          }
          // Rows that stay in view stay where they are in the content: nothing is drawn again.
          expect(place.shift).toBeCloseTo(shift, 3)
        },
      ),
    )
  })

  test('at rest the scrollbar goes to its place and the rows stay', () => {
    const place = new ScrollPlace()
    place.scrolled(8_000_000, million)
    for (let i = 1; i <= 100; i++) place.scrolled(8_000_000 + i * 100, million)
    const before = place.top
    const settled = place.settle(million)
    const { top } = place
    expect(Math.abs(top - before)).toBeLessThanOrEqual(0.5)
    expect(settled).toBeLessThan(8_010_000)
    expect(settled).toBeCloseTo(positionAt(top, million), 0)
    // The event that follows is our own.
    place.scrolled(settled, million)
    expect(place.top).toBe(top)
  })

  test('rounding by the browser moves no row by a pixel', () => {
    const place = new ScrollPlace()
    const position = Math.round(place.moveTo(18_000_000, million))
    place.landed(position, million)
    expect(Math.abs(place.top - 18_000_000)).toBeLessThanOrEqual(0.5)
    const { top } = place
    place.scrolled(position, million)
    expect(place.top).toBe(top)
    // Whole pixels: text stays sharp.
    expect(Number.isInteger(place.shift)).toBe(true)
  })

  test('the first and last rows are reached by small steps, and not passed', () => {
    const place = new ScrollPlace()
    let position = place.moveTo(lastTop(million) - 5000, million)
    for (let i = 0; i < 60; i++) {
      position = Math.min(lastPosition(million), position + 100)
      place.scrolled(position, million)
    }
    expect([position, place.top]).toEqual([lastPosition(million), lastTop(million)])
    position = place.moveTo(5000, million)
    for (let i = 0; i < 60; i++) {
      position = Math.max(0, position - 100)
      place.scrolled(position, million)
    }
    expect([position, place.top]).toEqual([0, 0])
  })

  test('a key moves the rows by a row, not by a row of the range', () => {
    const place = new ScrollPlace()
    place.moveTo(20_000_000, million)
    const { top, shift } = place
    place.moveTo(top + 36, million)
    expect(place.top).toBeCloseTo(top + 36, 6)
    expect(place.shift).toBeCloseTo(shift, 6)
  })

  test('any row can be shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: MAX_SCROLL_HEIGHT }), (row, from) => {
        const place = new ScrollPlace()
        place.scrolled(from, million)
        place.moveTo(topToShow(row, place.top, million), million)
        const shown = rowWindow(place.top, million, 0, 0)
        expect(shown.first <= row && row < shown.end).toBe(true)
      }),
    )
  })
})

const anySize = fc.record({
  total: fc.integer({ min: 1, max: 5_000_000 }),
  rowHeight: fc.integer({ min: 20, max: 80 }),
  height: fc.integer({ min: 50, max: 2000 }),
})

test('the way from the scrollbar to the rows and back is the same way, and never turns around', () => {
  fc.assert(
    fc.property(anySize, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (s, a, b) => {
      const [low, high] = [Math.min(a, b) * lastPosition(s), Math.max(a, b) * lastPosition(s)]
      expect(positionAt(topAt(low, s), s)).toBeCloseTo(low, 4)
      expect(topAt(low, s)).toBeLessThanOrEqual(topAt(high, s))
      expect(topAt(high, s)).toBeLessThanOrEqual(lastTop(s))
    }), // biome-ignore format: one property
  )
})

test('the window always covers the view and never leaves the list', () => {
  fc.assert(
    fc.property(anySize, fc.double({ min: 0, max: 1, noNaN: true }), (s, at) => {
      const top = at * lastTop(s)
      const w = rowWindow(top, s, 0, 0)
      const covered = w.first * s.rowHeight <= top + 1e-6 && (w.end === s.total || w.end * s.rowHeight >= top + s.height - 1e-6)
      expect(w.first >= 0 && w.end <= s.total && covered).toBe(true)
    }), // biome-ignore format: one property
  )
})
