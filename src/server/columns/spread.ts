// How the rows of a filter spread over the values of a column: counts per bucket, made by one scan. They tell in which
// bucket any place of the order lies, whichever direction.
import { type Bits, hasBit } from './bits.ts'
import type { SortKey } from './sort-key.ts'
import type { Zones } from './zones.ts'

const BUCKETS = 4096

export type Spread = {
  low: number
  scale: number
  /** Rows per bucket; buckets ascend with the values. */
  counts: Uint32Array
  /** The least and the greatest value in each bucket. */
  lows: Float64Array
  highs: Float64Array
  /** Rows with a value, and without. */
  present: number
  absent: number
}

/** Of the rows that count. */
export function spreadOf(rows: number, bits: Bits, { values, floor }: SortKey, zones: Zones): Spread {
  const spread = emptySpread(Math.min(...zones.low), Math.max(...zones.high))
  for (let row = 0; row < rows; row++) {
    if ((row & 31) === 0 && bits[row >>> 5] === 0) {
      row += 31
      continue
    }
    if (!hasBit(bits, row)) continue
    const value = values[row]!
    if (value >= floor) take(spread, value)
    else spread.absent++
  }
  spread.present = spread.counts.reduce((sum, count) => sum + count, 0)
  return spread
}

/** Of some rows. @param rows all with a value, from `low` to `high` */
export function spreadWithin(values: SortKey['values'], rows: Uint32Array, low: number, high: number): Spread {
  const spread = emptySpread(low, high)
  for (let i = 0; i < rows.length; i++) take(spread, values[rows[i]!]!)
  spread.present = rows.length
  return spread
}

function emptySpread(low: number, high: number): Spread {
  return {
    low,
    scale: high > low ? (BUCKETS - 1) / (high - low) : 0,
    counts: new Uint32Array(BUCKETS),
    lows: new Float64Array(BUCKETS).fill(Number.POSITIVE_INFINITY),
    highs: new Float64Array(BUCKETS).fill(Number.NEGATIVE_INFINITY),
    present: 0,
    absent: 0,
  }
}

function take({ low, scale, counts, lows, highs }: Spread, value: number): void {
  const bucket = ((value - low) * scale) | 0
  counts[bucket]!++
  if (value < lows[bucket]!) lows[bucket] = value
  if (value > highs[bucket]!) highs[bucket] = value
}

/** A stretch of an order: all values from `low` to `high` stand at the places from `start` to before `end`. */
export type Stretch = { low: number; high: number; start: number; end: number }

/** The stretches in which some places lie, in order. */
export function* stretchesAt(spread: Spread, descending: boolean, offset: number, limit: number): Iterable<Stretch> {
  const { counts, lows, highs } = spread
  let start = 0
  for (let i = 0; i < counts.length && start < offset + limit; i++) {
    const bucket = descending ? counts.length - 1 - i : i
    const end = start + counts[bucket]!
    if (end > start && end > offset) yield { low: lows[bucket]!, high: highs[bucket]!, start, end }
    start = end
  }
}
