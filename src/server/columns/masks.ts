// Conditions and filters over all rows, kept in step with the table.
import type { FilterFieldName } from '../../model/task-fields.ts'
import { type Bits, bitsFor, countBits, inRange } from './bits.ts'
import type { Table } from './table.ts'
import type { Predicate } from './write.ts'

/** The rows that one condition holds for. */
export class ConditionMask {
  readonly columns: readonly FilterFieldName[]
  readonly bits: Bits
  readonly #predicate: Predicate

  constructor(table: Table, predicate: Predicate) {
    this.columns = predicate.columns
    this.#predicate = predicate
    this.bits = bitsFor(table.capacity)
    this.look(0, table.rows)
  }

  /** Looks at rows anew. @param from a multiple of 32 */
  look(from: number, to: number): void {
    this.#predicate.write(this.bits, from, to)
  }
}

/** The rows that a filter holds for: all of its parts, and any of a part's conditions. */
export class FilterMask {
  readonly columns: ReadonlySet<FilterFieldName>
  readonly bits: Bits
  total = 0
  readonly #parts: readonly (readonly ConditionMask[])[]
  readonly #table: Table

  constructor(table: Table, parts: readonly (readonly ConditionMask[])[]) {
    this.columns = new Set(parts.flat().flatMap((condition) => condition.columns))
    this.bits = bitsFor(table.capacity)
    this.#parts = parts
    this.#table = table
    this.look(0, this.bits.length)
  }

  /** Joins its conditions anew. @param from the first word, `to` the one behind the last */
  look(from: number, to: number): void {
    const { bits } = this
    for (let w = from; w < to; w++) {
      let word = inRange(w, this.#table.rows)
      for (const part of this.#parts) word &= anyOf(part, w)
      this.total += countBits(word) - countBits(bits[w]!)
      bits[w] = word
    }
  }
}

function anyOf(part: readonly ConditionMask[], w: number): number {
  let word = 0
  for (const condition of part) word |= condition.bits[w]!
  return word
}
