// The least and the greatest value in each stretch of rows, so that a search for a page passes over most of them.
import type { SortKey } from './sort-key.ts'

/** Rows in a zone. */
export const ZONE_SHIFT = 12

export class Zones {
  /** Infinity where all are null, as is −Infinity in `high`. */
  low = new Float64Array(0)
  high = new Float64Array(0)
  /** 1 where there is a null. */
  hasNull = new Uint8Array(0)
  #stale = new Uint8Array(0)
  #isStale = true
  #values: SortKey['values'] | null = null

  get count(): number {
    return this.low.length
  }

  /** Values of these rows have changed. */
  touch(rows: Uint32Array): void {
    this.#isStale = true
    for (let i = 0; i < rows.length; i++) {
      const zone = rows[i]! >> ZONE_SHIFT
      if (zone < this.#stale.length) this.#stale[zone] = 1
    }
  }

  forget(): void {
    this.#values = null
  }

  /** Makes good what changed. @param rows how many there are */
  refresh({ values, floor }: SortKey, rows: number): void {
    const count = Math.ceil(rows / 2 ** ZONE_SHIFT)
    if (this.#values !== values || this.low.length !== count) {
      this.low = new Float64Array(count)
      this.high = new Float64Array(count)
      this.hasNull = new Uint8Array(count)
      this.#stale = new Uint8Array(count).fill(1)
      this.#values = values
    } else if (!this.#isStale) return
    for (let zone = 0; zone < count; zone++) if (this.#stale[zone]) this.#look(zone, values, floor, rows)
    this.#isStale = false
  }

  #look(zone: number, values: SortKey['values'], floor: number, rows: number): void {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    let nulls = 0
    const to = Math.min(rows, (zone + 1) << ZONE_SHIFT)
    for (let row = zone << ZONE_SHIFT; row < to; row++) {
      const value = values[row]!
      if (value >= floor) {
        if (value < low) low = value
        if (value > high) high = value
      } else nulls = 1
    }
    this.low[zone] = low
    this.high[zone] = high
    this.hasNull[zone] = nulls
    this.#stale[zone] = 0
  }
}
