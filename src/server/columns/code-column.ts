// A column of few different values: each row holds a small number, the dictionary says what it stands for.

import type { Column, WireColumn } from './column.ts'
import { int4s, int8s, textStarts } from './decode.ts'
import { distinctInOrder, type OrderKey } from './key-order.ts'
import type { HeldColumn, WireType } from './layout.ts'

export type Value = string | number | boolean | null
export type Codes = Uint8Array | Uint16Array | Uint32Array

/** The place of each code, and so of each row, in some order of the values; −1 for null. */
type Ranks = { keys: readonly OrderKey[]; distinct: OrderKey[]; ofCode: Int32Array; ofRow: Int16Array | Int32Array }

export class CodeColumn implements Column<Uint32Array> {
  version = 0
  codes: Codes
  /** What each code stands for. Code 0 is null, except in a flag. */
  readonly values: Value[]
  /** Of texts: each value in lower case, as the database makes it. */
  readonly lowered: string[] = ['']
  readonly #codeOf: Map<Value, number>
  readonly #wire: WireType
  #ranks: Ranks | null = null

  constructor({ wire, words }: Pick<HeldColumn, 'wire' | 'words'>, capacity: number) {
    this.#wire = wire
    this.values = wire === 'flag' ? [false, true] : [null, ...words]
    this.#codeOf = new Map(this.values.map((value, code) => [value, code]))
    this.codes = wire === 'flag' || wire === 'word' ? new Uint8Array(capacity) : new Uint16Array(capacity)
  }

  get bytes(): number {
    return this.codes.byteLength + (this.#ranks?.ofRow.byteLength ?? 0)
  }

  /** The code of a value; none if no task ever had it. */
  codeOf(value: Value): number | undefined {
    return this.#codeOf.get(value)
  }

  reserve(capacity: number): void {
    const grown = new (this.codes.constructor as Uint16ArrayConstructor)(capacity)
    grown.set(this.codes as Uint16Array)
    this.codes = grown
    this.#ranks = null
  }

  decode({ bytes, lowered }: WireColumn, count: number): Uint32Array {
    switch (this.#wire) {
      case 'flag':
        return Uint32Array.from(bytes)
      case 'word':
        return Uint32Array.from(int4s(bytes))
      case 'text':
        return this.#internTexts(bytes, lowered as Uint8Array, count)
      default:
        return this.#internNumbers(this.#wire === 'int4' ? int4s(bytes) : int8s(bytes))
    }
  }

  differs(decoded: Uint32Array, at: number, row: number): boolean {
    return this.codes[row] !== decoded[at]
  }

  set(decoded: Uint32Array, at: number, row: number): void {
    const code = decoded[at]!
    this.codes[row] = code
    if (this.#ranks === null) return
    if (code < this.#ranks.ofCode.length) this.#ranks.ofRow[row] = this.#ranks.ofCode[code]!
    else this.#ranks = null
  }

  insert(from: number, rows: number, sources: Int32Array, decoded: Uint32Array): void {
    const moved = this.codes.slice(from, rows)
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i]!
      this.codes[from + i] = source >= 0 ? moved[source - from]! : decoded[~source]!
    }
    this.#ranks = null
  }

  /**
   * The place of each row in the order of `keys`; equal keys share a place, null has −1.
   * @param keys what each code is sorted by: numbers, or texts by code point
   */
  ranks(keys: readonly OrderKey[], rows: number): Pick<Ranks, 'distinct' | 'ofRow'> {
    const known = this.#ranks
    if (known && known.keys.length === keys.length && known.keys.every((key, code) => key === keys[code])) return known
    const distinct = distinctInOrder(keys)
    const rankOf = new Map(distinct.map((key, rank) => [key, rank]))
    const ofCode = Int32Array.from(keys, (key) => rankOf.get(key) ?? -1)
    const ofRow = new (distinct.length < 2 ** 15 ? Int16Array : Int32Array)(this.codes.length)
    for (let row = 0; row < rows; row++) ofRow[row] = ofCode[this.codes[row]!]!
    this.#ranks = { keys, distinct, ofCode, ofRow }
    return this.#ranks
  }

  /** 0 is null where a column may be empty: ids begin at 1. */
  #internNumbers(numbers: Float64Array): Uint32Array {
    const codes = new Uint32Array(numbers.length)
    let lastNumber = Number.NaN
    let lastCode = 0
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i]!
      if (number !== lastNumber) {
        const isNull = number === 0 && this.#wire === 'int8'
        lastCode = isNull ? 0 : (this.#codeOf.get(number) ?? this.#add(number, ''))
        lastNumber = number
      }
      codes[i] = lastCode
    }
    return codes
  }

  #internTexts(bytes: Uint8Array, lowered: Uint8Array, count: number): Uint32Array {
    const codes = new Uint32Array(count)
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const lower = Buffer.from(lowered.buffer, lowered.byteOffset, lowered.byteLength)
    const starts = textStarts(bytes, count)
    const lowerStarts = textStarts(lowered, count)
    for (let i = 0; i < count; i++) {
      const value = text.toString('utf8', starts[i]!, starts[i + 1]! - 1)
      codes[i] =
        this.#codeOf.get(value) ??
        this.#add(value, lower.toString('utf8', lowerStarts[i]!, lowerStarts[i + 1]! - 1) || value)
    }
    return codes
  }

  #add(value: Value, lowered: string): number {
    const code = this.values.length
    this.values.push(value)
    this.lowered.push(lowered)
    this.#codeOf.set(value, code)
    if (code === 2 ** 16 && this.codes instanceof Uint16Array) this.codes = Uint32Array.from(this.codes)
    return code
  }
}
