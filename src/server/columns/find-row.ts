// At which place of an order a task stands: a certain one, or the first whose name fits best.
import { bitsFor, hasBit } from './bits.ts'
import { namePredicate } from './name-predicates.ts'
import type { Sorted } from './rows-after.ts'
import { placeOf } from './rows-at.ts'
import type { Table } from './table.ts'

/** @param by name: in lower case, '' for none. @returns null if the filter leaves no such task */
export function findRow(
  table: Table,
  sorted: Sorted,
  by: { task_id: number | null; name: string },
): { row: number; task_id: number } | null {
  const known = by.task_id === null ? -1 : table.rowOf(by.task_id)
  const row = known >= 0 && hasBit(sorted.bits, known) ? known : bestNamed(table, sorted, by.name)
  return row < 0 ? null : { row: placeOf(sorted, row), task_id: table.ids[row]! }
}

/** The first in order whose name is the text, else begins with it, else holds it. −1 if none. */
function bestNamed(table: Table, sorted: Sorted, name: string): number {
  const having = bitsFor(table.rows)
  const condition = name === '' ? ({ op: 'is_empty' } as const) : ({ op: 'contains', value: name } as const)
  namePredicate(table, { field: 'name', ...condition })(having, 0, table.rows)
  const text = Buffer.from(name, 'utf8')
  let best = -1
  let bestFit = 3
  for (let row = 0; row < table.rows; row++) {
    if ((row & 31) === 0 && having[row >>> 5] === 0) {
      row += 31
      continue
    }
    if (!hasBit(having, row) || !hasBit(sorted.bits, row)) continue
    const fit = fitOf(table, row, text)
    if (fit < bestFit || (fit === bestFit && isBefore(sorted, row, best))) {
      best = row
      bestFit = fit
    }
  }
  return best
}

/** Of a name that holds the text. 0: is it · 1: begins with it · 2: has it somewhere else. */
function fitOf({ names, rows }: Table, row: number, text: Uint8Array): 0 | 1 | 2 {
  const { data, starts, end } = names.lowerCase
  const start = starts[row]!
  for (let i = 0; i < text.length; i++) if (data[start + i] !== text[i]) return 2
  return start + text.length === (row + 1 < rows ? starts[row + 1]! : end) - 1 ? 0 : 1
}

function isBefore({ key: { values, floor }, descending }: Sorted, a: number, b: number): boolean {
  const [x, y] = [values[a]!, values[b]!]
  const [hasA, hasB] = [x >= floor, y >= floor]
  if (hasA !== hasB) return hasA
  if (hasA && x !== y) return descending ? x > y : x < y
  return descending ? a > b : a < b
}
