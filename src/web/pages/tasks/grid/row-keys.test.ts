import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type KeyedRow, keyRows } from './row-keys.ts'

const from = (first: number, count = 4) => Array.from({ length: count }, (_, i) => first + i)
const keys = (rows: readonly KeyedRow[]) => rows.map(({ key }) => key)

describe('elements of rows', () => {
  const drawn = keyRows([], from(0))

  test('a row keeps its element while others come and go', () => {
    expect(keys(keyRows(drawn, from(1)))).toEqual([1, 2, 3, 4])
  })

  test('a jump fills the elements that are there', () => {
    expect(keys(keyRows(drawn, from(500)))).toEqual([0, 1, 2, 3])
  })

  test('the active row far away keeps its own, and those on its other side are made anew', () => {
    expect(keyRows(drawn, [2, ...from(500)])).toEqual([
      { row: 2, key: 2 },
      { row: 500, key: 3 },
      { row: 501, key: 4 },
      { row: 502, key: 5 },
      { row: 503, key: 6 },
    ])
  })

  test('whatever is scrolled to: no element twice, a row keeps its own, none is moved', () => {
    const view = fc.record({ first: fc.nat(60), active: fc.nat(70), count: fc.integer({ min: 0, max: 8 }) })
    fc.assert(
      fc.property(fc.array(view, { maxLength: 12 }), (views) => {
        let before: KeyedRow[] = []
        for (const { first, active, count } of views) {
          const rows = [...new Set([active, ...from(first, count)])].sort((a, b) => a - b)
          const now = keyRows(before, rows)
          expect(now.map(({ row }) => row)).toEqual(rows)
          expect(new Set(keys(now)).size).toBe(rows.length)
          for (const { row, key } of before) expect(now.find((n) => n.row === row)?.key ?? key).toBe(key)
          const stays = keys(before).filter((key) => keys(now).includes(key))
          expect(keys(now).filter((key) => stays.includes(key))).toEqual(stays)
          expect(keyRows(now, rows)).toEqual(now)
          before = now
        }
      }),
    )
  })
})
