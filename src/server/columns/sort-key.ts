// What rows are sorted by, as numbers: values themselves, or places in an order of texts.
import { type OrderKey, placeAmong } from './key-order.ts'
import { heldColumn } from './layout.ts'
import type { IndexOrder } from './messages.ts'
import type { Numbers } from './number-column.ts'
import type { Table } from './table.ts'

export type SortKey = {
  values: Numbers | Int16Array
  /** Below it a value means null; so does NaN. */
  floor: number
  /** A row's key as a cursor holds it; moments as ms since epoch. */
  keyAt(row: number): OrderKey
  /** Where a cursor stands among the values: between two of them if no row has its key. */
  placeOf(key: Exclude<OrderKey, null>, id: number): number
}

/** @returns null if the dictionary has more values than `keys` */
export function sortKey(table: Table, order: IndexOrder): SortKey | null {
  switch (heldColumn(order.field)?.kind) {
    case 'ids':
      return plain(table.ids)
    case 'numbers':
    case 'moments':
      return plain(table.numbers(order.field).values)
    case 'names':
      return byName(table, order.descending)
    case 'codes':
      return byDictionary(table, order)
    default:
      throw new Error(`the column index cannot sort by “${order.field}”`)
  }
}

function plain(values: Numbers): SortKey {
  const keyAt = (row: number) => (Number.isNaN(values[row]!) ? null : values[row]!)
  return { values, floor: Number.NEGATIVE_INFINITY, keyAt, placeOf: (key) => key as number }
}

function byDictionary(table: Table, { field, keys: given }: IndexOrder): SortKey | null {
  const column = table.codes(field)
  if (given !== null && given.length < column.values.length) return null
  const keys = given ?? column.values.map((value) => (typeof value === 'boolean' ? Number(value) : value))
  const { ofRow, distinct } = column.ranks(keys, table.rows)
  return {
    values: ofRow,
    floor: 0,
    keyAt: (row) => keys[column.codes[row]!] ?? null,
    placeOf: (key) => placeAmong(distinct, key),
  }
}

/** No two rows share a place by name, so a cursor always stands between two. */
function byName(table: Table, descending: boolean): SortKey {
  const { names } = table
  return {
    values: names.ranks(table.rows),
    floor: 0,
    keyAt: (row) => names.nameAt(row),
    placeOf(key, id) {
      const row = table.rowFrom(id)
      const isKnown = row < table.rows && table.ids[row] === id
      return names.countBefore(key as string, isKnown && !descending ? row + 1 : row) - 0.5
    },
  }
}
