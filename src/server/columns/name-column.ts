// The names: one run of bytes as they are, one in lower case where that differs, and each row's place by name.
import type { Column, WireColumn } from './column.ts'
import { textStarts } from './decode.ts'
import { compareBytes, mergeOrder, orderByBytes } from './name-order.ts'

type DecodedNames = { bytes: Uint8Array; starts: Uint32Array; lowered: Uint8Array; loweredStarts: Uint32Array }

export class NameColumn implements Column<DecodedNames> {
  version = 0
  readonly #exact: Texts
  /** The same object while no name has a capital letter. */
  #lower: Texts
  /** Rows in the order of names, equal ones by row; rows that came later are merged in when somebody asks. */
  #order = new Uint32Array(0)
  #ranks = new Int32Array(0)

  constructor(capacity: number) {
    this.#exact = new Texts(capacity)
    this.#lower = this.#exact
  }

  get bytes(): number {
    const texts = this.#exact.bytes + (this.#lower === this.#exact ? 0 : this.#lower.bytes)
    return texts + this.#order.byteLength + this.#ranks.byteLength
  }

  /** In lower case, each name between two zero bytes; see `startOf`. */
  get lowerCase(): Texts {
    return this.#lower
  }

  nameAt(row: number): string {
    return this.#exact.at(row)
  }

  reserve(capacity: number): void {
    this.#exact.reserve(capacity)
    if (this.#lower !== this.#exact) this.#lower.reserve(capacity)
  }

  decode({ bytes, lowered }: WireColumn, count: number): DecodedNames {
    if (!lowered) throw new Error('names travel with their lower case')
    return { bytes, starts: textStarts(bytes, count), lowered, loweredStarts: textStarts(lowered, count) }
  }

  // A name is given when the task is made and stays.
  differs(): boolean {
    return false
  }
  set(): void {}

  insert(from: number, rows: number, sources: Int32Array, decoded: DecodedNames): void {
    const hasCapitals = decoded.lowered.some((byte) => byte !== 0)
    if (hasCapitals && this.#lower === this.#exact) this.#lower = this.#exact.copy(rows)
    const exact = (at: number) => decoded.bytes.subarray(decoded.starts[at]!, decoded.starts[at + 1]! - 1)
    const lower = (at: number) => {
      const text = decoded.lowered.subarray(decoded.loweredStarts[at]!, decoded.loweredStarts[at + 1]! - 1)
      return text.length > 0 ? text : exact(at)
    }
    if (this.#lower !== this.#exact) this.#lower.insert(from, rows, sources, lower)
    this.#exact.insert(from, rows, sources, exact)
    // Rows that moved have other numbers now; rows at the end are merged in.
    if (from < rows) this.#order = new Uint32Array(0)
  }

  /** The place of each row by name, equal ones by row. */
  ranks(rows: number): Int32Array {
    if (this.#order.length === rows) return this.#ranks
    const { data, starts } = this.#exact
    const added = orderByBytes(data, starts, this.#order.length, rows)
    this.#order = mergeOrder(data, starts, this.#order, added)
    if (this.#ranks.length < rows) this.#ranks = new Int32Array(starts.length)
    for (let rank = 0; rank < rows; rank++) this.#ranks[this.#order[rank]!] = rank
    return this.#ranks
  }

  /** How many rows stand before a row of that number and name, be there such a row or not. `ranks` were asked for before. */
  countBefore(name: string, row: number): number {
    const text = Buffer.from(`${name}\0`, 'utf8')
    const { data, starts } = this.#exact
    let low = 0
    let high = this.#order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#order[middle]!
      if ((compareBytes(data, starts[other]!, text, 0) || other - row) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Many texts in one run of bytes, a zero byte before each and after the last. */
class Texts {
  data: Uint8Array
  starts: Uint32Array
  /** Where the next one begins. */
  end = 1

  constructor(capacity: number) {
    this.starts = new Uint32Array(capacity)
    this.data = new Uint8Array(capacity * 24 + 1)
  }

  get bytes(): number {
    return this.data.byteLength + this.starts.byteLength
  }

  /** @param rows how many there are */
  at(row: number): string {
    const start = this.starts[row]!
    const end = this.data.indexOf(0, start)
    return Buffer.from(this.data.buffer, start, end - start).toString('utf8')
  }

  reserve(capacity: number): void {
    const starts = new Uint32Array(capacity)
    starts.set(this.starts)
    this.starts = starts
  }

  copy(rows: number): Texts {
    const copy = new Texts(this.starts.length)
    copy.starts.set(this.starts.subarray(0, rows))
    copy.data = this.data.slice()
    copy.end = this.end
    return copy
  }

  insert(from: number, rows: number, sources: Int32Array, decoded: (at: number) => Uint8Array): void {
    const start = from < rows ? this.starts[from]! : this.end
    const moved = this.data.slice(start, this.end)
    const movedStarts = this.starts.slice(from, rows)
    this.end = start
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i]!
      let text: Uint8Array
      if (source >= 0) {
        const at = movedStarts[source - from]! - start
        text = moved.subarray(at, moved.indexOf(0, at))
      } else text = decoded(~source)
      this.#room(text.length + 1)
      this.starts[from + i] = this.end
      this.data.set(text, this.end)
      this.end += text.length
      this.data[this.end++] = 0
    }
  }

  #room(more: number): void {
    if (this.end + more <= this.data.length) return
    const grown = new Uint8Array(Math.ceil((this.end + more) * 1.2))
    grown.set(this.data)
    this.data = grown
  }
}
