// How conditions answer: for a stretch of rows at once.
import type { FilterFieldName } from '../../model/task-fields.ts'
import { type Bits, inRange } from './bits.ts'

/** Sets the bits of the rows from `from`, a multiple of 32, to before `to`, and clears those behind them in the last word. */
export type Write = (out: Bits, from: number, to: number) => void

/** `columns`: what the answer depends on. */
export type Predicate = { columns: readonly FilterFieldName[]; write: Write }

/** For conditions that need more than a comparison. */
export const eachRow =
  (test: (row: number) => boolean): Write =>
  (out, from, to) => {
    for (let row = from; row < to; ) {
      const end = Math.min(row + 32, to)
      let word = 0
      for (let bit = 1; row < end; row++, bit <<= 1) if (test(row)) word |= bit
      out[(row - 1) >>> 5] = word
    }
  }

/** The other rows. */
export const not =
  (write: Write): Write =>
  (out, from, to) => {
    write(out, from, to)
    for (let w = from >>> 5; w << 5 < to; w++) out[w] = ~out[w]! & inRange(w, to)
  }
