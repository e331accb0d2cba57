// Far jumps: the rows at some place of an order, without sorting. Buckets of values tell where the place lies, and only
// the rows of that bucket are looked at.
import { type Bits, countBits, hasBit } from './bits.ts'
import type { Sorted } from './rows-after.ts'
import type { SortKey } from './sort-key.ts'
import { type Spread, type Stretch, spreadWithin, stretchesAt } from './spread.ts'
import { ZONE_SHIFT } from './zones.ts'

/** So few are simply sorted. */
const FEW = 512

/**
 * @param spread of these rows
 * @returns up to `limit` rows from place `offset` on, in order
 */
export function rowsAt(sorted: Sorted, spread: Spread, offset: number, limit: number): number[] {
  const found: number[] = []
  for (const stretch of stretchesAt(spread, sorted.descending, offset, limit)) {
    const skip = Math.max(0, offset - stretch.start)
    const most = Math.min(stretch.end, offset + limit) - stretch.start - skip
    if (stretch.low === stretch.high) walk(sorted, stretch, skip, most, found)
    else choose(sorted, rowsWithin(sorted, stretch), stretch, skip, most, found)
  }
  if (found.length < limit && spread.absent > 0)
    walk(sorted, null, Math.max(0, offset - spread.present), limit - found.length, found)
  return found
}

/** At which place a row stands. */
export function placeOf({ rows, bits, key, descending }: Sorted, row: number): number {
  const { values, floor } = key
  const own = values[row]!
  const isNull = !(own >= floor)
  let before = 0
  for (let other = 0; other < rows; other++) {
    if ((other & 31) === 0 && bits[other >>> 5] === 0) {
      other += 31
      continue
    }
    if (!hasBit(bits, other)) continue
    const value = values[other]!
    if (!(value >= floor)) {
      if (isNull && (descending ? other > row : other < row)) before++
    } else if (isNull || (descending ? value > own : value < own)) before++
    else if (value === own && (descending ? other > row : other < row)) before++
  }
  return before
}

/** Rows of one value, or of none: their order is that of the rows. 32 rows are passed over at a time. */
function walk(sorted: Sorted, one: { low: number } | null, skip: number, most: number, found: number[]): void {
  const { rows, key, zones, descending } = sorted
  const end = found.length + most
  const words = Math.ceil(rows / 32)
  let toSkip = skip
  for (let i = 0; i < words && found.length < end; i++) {
    const w = descending ? words - 1 - i : i
    const zone = w >>> (ZONE_SHIFT - 5)
    if (one === null ? zones.hasNull[zone] === 0 : zones.low[zone]! > one.low || zones.high[zone]! < one.low) continue
    const word = one === null ? withoutValue(sorted, w) : withValue(sorted.bits, key.values, one.low, w)
    const count = countBits(word)
    if (count <= toSkip) toSkip -= count
    else
      for (let k = 0; k < 32 && found.length < end; k++) {
        const bit = descending ? 31 - k : k
        if (((word >>> bit) & 1) === 0) continue
        if (toSkip > 0) toSkip--
        else found.push((w << 5) + bit)
      }
  }
}

/** Which of 32 rows count and have a value. */
function withValue(bits: Bits, values: SortKey['values'], value: number, w: number): number {
  if (bits[w] === 0) return 0
  const first = w << 5
  let word = 0
  for (let bit = 0; bit < 32; bit++) if (values[first + bit] === value) word |= 1 << bit
  return word & bits[w]!
}

function withoutValue({ bits, key: { values, floor } }: Sorted, w: number): number {
  const first = w << 5
  let word = 0
  for (let bit = 0; bit < 32; bit++) if (!(values[first + bit]! >= floor)) word |= 1 << bit
  return word & bits[w]!
}

/** Ascending. */
function rowsWithin({ bits, key, rows, zones }: Sorted, { low, high, start, end }: Stretch): Uint32Array {
  const { values } = key
  const found = new Uint32Array(end - start)
  let length = 0
  for (let zone = 0; zone < zones.count && length < found.length; zone++) {
    if (zones.high[zone]! < low || zones.low[zone]! > high) continue
    const to = Math.min(rows, (zone + 1) << ZONE_SHIFT)
    for (let row = zone << ZONE_SHIFT; row < to; row++) {
      const value = values[row]!
      if (value >= low && value <= high && hasBit(bits, row)) found[length++] = row
    }
  }
  return found
}

/** Those of `rows`, ascending and with values in `stretch`, that stand at the places from `skip` on. */
function choose(
  sorted: Sorted,
  rows: Uint32Array,
  stretch: Stretch,
  skip: number,
  most: number,
  found: number[],
): void {
  const { key, descending } = sorted
  const { values } = key
  if (stretch.low === stretch.high) {
    for (let i = skip; i < skip + most; i++) found.push(rows[descending ? rows.length - 1 - i : i]!)
    return
  }
  if (rows.length <= FEW) {
    const sign = descending ? -1 : 1
    rows.sort((a, b) => sign * (values[a]! - values[b]! || a - b))
    found.push(...rows.subarray(skip, skip + most))
    return
  }
  for (const part of stretchesAt(spreadWithin(values, rows, stretch.low, stretch.high), descending, skip, most)) {
    const within = rows.filter((row) => values[row]! >= part.low && values[row]! <= part.high)
    const before = Math.max(0, skip - part.start)
    choose(sorted, within, part, before, Math.min(part.end, skip + most) - part.start - before, found)
  }
}
