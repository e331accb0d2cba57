// A page after a cursor, without keeping anything sorted: one scan that remembers the best rows so far. Zones are looked
// at in the order of the best they can have, so that most are passed over.
import { type Bits, hasBit } from './bits.ts'
import type { SortKey } from './sort-key.ts'
import { ZONE_SHIFT, type Zones } from './zones.ts'

/** What is paged through. Both directions put null last, and equal values by row in the same direction. */
export type Sorted = {
  /** How many there are. */
  rows: number
  /** The rows that count. */
  bits: Bits
  key: SortKey
  zones: Zones
  descending: boolean
}

/** Where a page begins: behind this value and, among equal ones, at `edge` (below it when descending). value null: among those. */
export type After = { value: number | null; edge: number }

/** @returns rows in order */
export function rowsAfter(sorted: Sorted, after: After | null, limit: number): number[] {
  const found = after?.value === null ? [] : new Search(sorted, after as Start | null, limit).run()
  if (found.length < limit) {
    const edge = after?.value === null ? after.edge : sorted.descending ? sorted.rows : 0
    withoutValue(sorted, edge, limit, found)
  }
  return found
}

type Start = { value: number; edge: number }

class Search {
  readonly #sorted: Sorted
  readonly #start: Start | null
  readonly #limit: number
  readonly #most: number
  /** Lower is better: values are turned round when descending. */
  readonly #sign: 1 | -1
  #found: number[] = []
  /** The last row of a full page; what comes behind it is not looked at. −1 while there is none. */
  #last = -1

  constructor(sorted: Sorted, start: Start | null, limit: number) {
    this.#sorted = sorted
    this.#start = start
    this.#limit = limit
    this.#most = Math.max(512, 4 * limit)
    this.#sign = sorted.descending ? -1 : 1
  }

  run(): number[] {
    for (const { zone, best } of this.#zonesInOrder()) {
      if (this.#last >= 0) {
        const bound = this.#sign * this.#value(this.#last)
        if (best > bound) break
        // At best as good as the last row, and all behind it.
        if (best === bound && this.#isBehind(zone)) continue
      }
      this.#scan(zone)
      if (this.#found.length > this.#limit) this.#cut()
    }
    this.#cut()
    return this.#found
  }

  /** Zones that may have something, by the best of it; equal ones in the direction of rows. */
  #zonesInOrder(): { zone: number; best: number }[] {
    const { zones, descending } = this.#sorted
    const start = this.#start === null ? Number.NEGATIVE_INFINITY : this.#sign * this.#start.value
    const found: { zone: number; best: number }[] = []
    for (let zone = 0; zone < zones.count; zone++) {
      const best = descending ? -zones.high[zone]! : zones.low[zone]!
      const worst = descending ? -zones.low[zone]! : zones.high[zone]!
      if (worst < start || best > worst) continue
      if (worst === start && this.#isBeforeEdge(zone)) continue
      found.push({ zone, best: Math.max(best, start) })
    }
    return found.sort((a, b) => a.best - b.best || this.#sign * (a.zone - b.zone))
  }

  #scan(zone: number): void {
    const { rows, bits, key, descending } = this.#sorted
    const { values, floor } = key
    const edge = this.#start?.edge ?? (descending ? rows : 0)
    // As the values are, not turned round: from `low` to `high`, of which `start` is the end where the page begins.
    const start = this.#start?.value ?? (descending ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY)
    let bound = this.#bound()
    let low = descending ? Math.max(bound, floor) : Math.max(start, floor)
    let high = descending ? start : bound
    const to = Math.min(rows, (zone + 1) << ZONE_SHIFT)
    for (let row = zone << ZONE_SHIFT; row < to; row++) {
      // 32 rows of which none counts.
      if ((row & 31) === 0 && bits[row >>> 5] === 0) {
        row += 31
        continue
      }
      const value = values[row]!
      if (!(value >= low && value <= high) || !hasBit(bits, row)) continue
      if (value === start && (descending ? row >= edge : row < edge)) continue
      if (value === bound && (descending ? row < this.#last : row > this.#last)) continue
      if (this.#found.push(row) < this.#most) continue
      this.#cut()
      bound = this.#bound()
      if (descending) low = Math.max(bound, floor)
      else high = bound
    }
  }

  /** The value of the last row. */
  #bound(): number {
    if (this.#last >= 0) return this.#value(this.#last)
    return this.#sorted.descending ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  }

  /** Leaves the best. */
  #cut(): void {
    const { values } = this.#sorted.key
    this.#found.sort((a, b) => this.#sign * (values[a]! - values[b]! || a - b))
    if (this.#found.length < this.#limit) return
    this.#found.length = this.#limit
    this.#last = this.#found[this.#limit - 1]!
  }

  #value(row: number): number {
    return this.#sorted.key.values[row]!
  }

  #isBehind(zone: number): boolean {
    return this.#sorted.descending ? (zone + 1) << ZONE_SHIFT <= this.#last : zone << ZONE_SHIFT > this.#last
  }

  #isBeforeEdge(zone: number): boolean {
    const { edge } = this.#start as Start
    return this.#sorted.descending ? zone << ZONE_SHIFT >= edge : (zone + 1) << ZONE_SHIFT <= edge
  }
}

/** Rows without a value, from `edge` on (below it when descending). */
function withoutValue({ bits, key, zones, descending, rows }: Sorted, edge: number, limit: number, found: number[]) {
  const { values, floor } = key
  const step = descending ? -1 : 1
  let row = descending ? Math.min(edge, rows) - 1 : edge
  while (row >= 0 && row < rows && found.length < limit) {
    const zone = row >> ZONE_SHIFT
    if (zones.hasNull[zone] === 0) {
      row = descending ? (zone << ZONE_SHIFT) - 1 : (zone + 1) << ZONE_SHIFT
      continue
    }
    if (!(values[row]! >= floor) && hasBit(bits, row)) found.push(row)
    row += step
  }
}
