// A column of whole numbers, or of moments as ms since epoch with NaN for null.
import type { Column, WireColumn } from './column.ts'
import { int4s, int8s, moments } from './decode.ts'
import type { WireType } from './layout.ts'

export type Numbers = Float64Array | Int32Array

export class NumberColumn implements Column<Float64Array> {
  version = 0
  values: Numbers
  readonly #wire: WireType

  constructor(wire: WireType, capacity: number) {
    this.#wire = wire
    this.values = wire === 'int4' ? new Int32Array(capacity) : new Float64Array(capacity)
  }

  get bytes(): number {
    return this.values.byteLength
  }

  reserve(capacity: number): void {
    const grown = this.#wire === 'int4' ? new Int32Array(capacity) : new Float64Array(capacity)
    grown.set(this.values)
    this.values = grown
  }

  decode({ bytes }: WireColumn): Float64Array {
    return this.#wire === 'int4' ? int4s(bytes) : this.#wire === 'int8' ? int8s(bytes) : moments(bytes)
  }

  differs(decoded: Float64Array, at: number, row: number): boolean {
    return !Object.is(this.values[row], decoded[at])
  }

  set(decoded: Float64Array, at: number, row: number): void {
    this.values[row] = decoded[at]!
  }

  insert(from: number, rows: number, sources: Int32Array, decoded: Float64Array): void {
    const moved = this.values.slice(from, rows)
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i]!
      this.values[from + i] = source >= 0 ? moved[source - from]! : decoded[~source]!
    }
  }
}
