// A number of one filter, kept in step: the total, the tasks per value of a column, or the sum of one.
import type { FilterFieldName } from '../../model/task-fields.ts'
import { hasBit } from './bits.ts'
import type { Codes } from './code-column.ts'
import type { FilterMask } from './masks.ts'
import type { Counts, Measure } from './messages.ts'
import type { Numbers } from './number-column.ts'
import type { Table } from './table.ts'

export class Measured {
  readonly mask: FilterMask
  readonly columns: ReadonlySet<FilterFieldName>
  readonly #table: Table
  readonly #measure: Measure
  /** Per code of the dictionary. */
  #totals = new Float64Array(0)
  #sum = 0

  constructor(table: Table, measure: Measure, mask: FilterMask) {
    this.mask = mask
    this.columns = new Set([...mask.columns, ...('field' in measure ? [measure.field] : [])])
    this.#table = table
    this.#measure = measure
    this.add(0)
  }

  get answer(): number | Counts {
    if (this.#measure.what === 'total') return this.mask.total
    if (this.#measure.what === 'sum') return this.#sum
    const { values } = this.#table.codes(this.#measure.field)
    return values.flatMap((value, code) => {
      const total = this.#totals[code] ?? 0
      return total > 0 ? [{ value, total }] : []
    })
  }

  /** Takes rows in that hold, or out before they change. @param sign 1 or −1 */
  count(rows: Uint32Array, sign: 1 | -1): void {
    const { bits } = this.mask
    if (this.#measure.what === 'sum') {
      const { values } = this.#table.numbers(this.#measure.field)
      for (let i = 0; i < rows.length; i++) if (hasBit(bits, rows[i]!)) this.#sum += sign * values[rows[i]!]!
    } else if (this.#measure.what === 'counts') {
      const { codes } = this.#table.codes(this.#measure.field)
      const totals = this.#room()
      for (let i = 0; i < rows.length; i++) if (hasBit(bits, rows[i]!)) totals[codes[rows[i]!]!]! += sign
    }
  }

  /** Takes in every row from `from` on. */
  add(from: number): void {
    if (this.#measure.what === 'sum') this.#sum += this.#sumFrom(this.#table.numbers(this.#measure.field).values, from)
    else if (this.#measure.what === 'counts') this.#countFrom(this.#table.codes(this.#measure.field).codes, from)
  }

  #sumFrom(values: Numbers, from: number): number {
    const { bits } = this.mask
    let sum = 0
    for (let row = from; row < this.#table.rows; row++) if (hasBit(bits, row)) sum += values[row]!
    return sum
  }

  #countFrom(codes: Codes, from: number): void {
    const { bits } = this.mask
    const { rows } = this.#table
    const totals = this.#room()
    // Adding 0 or 1 without looking is quicker than any way to pass over rows, and whole numbers quicker than others.
    const added = new Uint32Array(totals.length)
    for (let row = from; row < rows; row++) added[codes[row]!]! += (bits[row >>> 5]! >>> (row & 31)) & 1
    for (let code = 0; code < added.length; code++) totals[code]! += added[code]!
  }

  /** The dictionary grows with new values. */
  #room(): Float64Array {
    const { length } = this.#measure.what === 'counts' ? this.#table.codes(this.#measure.field).values : []
    if (this.#totals.length < length) {
      const totals = new Float64Array(length * 2)
      totals.set(this.#totals)
      this.#totals = totals
    }
    return this.#totals
  }
}
