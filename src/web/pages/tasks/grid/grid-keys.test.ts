import { expect, test } from 'vitest'
import { cellAfterKey } from './grid-keys.ts'

const extent = { rows: 100, cols: 5, page: 9 }

test('arrows stay inside the grid; above the first row is the header', () => {
  expect(cellAfterKey('ArrowUp', { row: 0, col: 2 }, extent)).toEqual({ row: -1, col: 2 })
  expect(cellAfterKey('ArrowUp', { row: -1, col: 2 }, extent)).toEqual({ row: -1, col: 2 })
  expect(cellAfterKey('ArrowDown', { row: 99, col: 2 }, extent)).toEqual({ row: 99, col: 2 })
  expect(cellAfterKey('ArrowRight', { row: 3, col: 4 }, extent)).toEqual({ row: 3, col: 4 })
})

test('pages and ends', () => {
  expect(cellAfterKey('PageDown', { row: 3, col: 0 }, extent)?.row).toBe(12)
  expect(cellAfterKey('PageUp', { row: 3, col: 0 }, extent)?.row).toBe(0)
  expect(cellAfterKey('End', { row: 3, col: 0 }, extent)?.row).toBe(99)
  expect(cellAfterKey('Home', { row: 3, col: 0 }, extent)?.row).toBe(0)
  expect(cellAfterKey('Home', { row: -1, col: 0 }, { ...extent, rows: 0 })?.row).toBe(-1)
})

test('any other key is not for moving', () => {
  expect(cellAfterKey('x', { row: 3, col: 0 }, extent)).toBeNull()
})
