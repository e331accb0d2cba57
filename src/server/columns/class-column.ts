// The counts of objects per class: each row points into a pool of `[pairs, class, count, class, count…]`.
import type { Column, WireColumn } from './column.ts'
import { textStarts } from './decode.ts'

type DecodedClasses = { starts: Uint32Array; pool: Int32Array }

/** Where rows without objects point to. */
const EMPTY = 0

export class ClassColumn implements Column<DecodedClasses> {
  version = 0
  #starts: Uint32Array
  #pool = new Int32Array(1024)
  /** The next free place in the pool. */
  #end = 1
  /** What the rows use of it; the rest is left behind by changed rows. */
  #used = 1

  constructor(capacity: number) {
    this.#starts = new Uint32Array(capacity)
  }

  get bytes(): number {
    return this.#starts.byteLength + this.#pool.byteLength
  }

  isEmpty(row: number): boolean {
    return this.#starts[row] === EMPTY
  }

  /** How many objects of a class a task has. */
  count(row: number, class_id: number): number {
    const start = this.#starts[row]!
    const end = start + 2 * this.#pool[start]!
    for (let i = start + 1; i < end; i += 2) if (this.#pool[i] === class_id) return this.#pool[i + 1]!
    return 0
  }

  reserve(capacity: number): void {
    const starts = new Uint32Array(capacity)
    starts.set(this.#starts)
    this.#starts = starts
  }

  /** Texts as PostgreSQL writes jsonb: `{"1": 3, "12": 5}`; no class has 0. */
  decode({ bytes }: WireColumn, count: number): DecodedClasses {
    const textStart = textStarts(bytes, count)
    const starts = new Uint32Array(count)
    const pool: number[] = [0]
    for (let i = 0; i < count; i++) {
      const numbers = numbersIn(bytes, textStart[i]!, textStart[i + 1]! - 1)
      if (numbers.length === 0) continue
      starts[i] = pool.length
      pool.push(numbers.length / 2, ...numbers)
    }
    return { starts, pool: Int32Array.from(pool) }
  }

  differs(decoded: DecodedClasses, at: number, row: number): boolean {
    const theirs = decoded.starts[at]!
    const ours = this.#starts[row]!
    const length = 1 + 2 * this.#pool[ours]!
    for (let i = 0; i < length; i++) if (decoded.pool[theirs + i] !== this.#pool[ours + i]) return true
    return false
  }

  set(decoded: DecodedClasses, at: number, row: number): void {
    const left = this.#starts[row]!
    if (left !== EMPTY) this.#used -= 1 + 2 * this.#pool[left]!
    this.#starts[row] = EMPTY
    this.#starts[row] = this.#keep(decoded, at)
  }

  insert(from: number, rows: number, sources: Int32Array, decoded: DecodedClasses): void {
    const moved = this.#starts.slice(from, rows)
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i]!
      this.#starts[from + i] = source >= 0 ? moved[source - from]! : EMPTY
    }
    // Afterwards, since keeping one may move all that rows point to.
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i]!
      if (source < 0) this.#starts[from + i] = this.#keep(decoded, ~source)
    }
  }

  /** @returns where the pool holds it now */
  #keep(decoded: DecodedClasses, at: number): number {
    const from = decoded.starts[at]!
    if (from === EMPTY) return EMPTY
    const length = 1 + 2 * decoded.pool[from]!
    if (this.#end + length > this.#pool.length) this.#makeRoom(length)
    const start = this.#end
    this.#pool.set(decoded.pool.subarray(from, from + length), start)
    this.#end += length
    this.#used += length
    return start
  }

  /** Closes the gaps if they are most of the pool, else makes it larger. */
  #makeRoom(more: number): void {
    const old = this.#pool
    if (this.#used * 2 > this.#end) {
      this.#pool = new Int32Array(Math.ceil((old.length + more) * 1.3))
      this.#pool.set(old.subarray(0, this.#end))
      return
    }
    this.#pool = new Int32Array(Math.max(old.length, this.#used + more))
    this.#end = 1
    for (let row = 0; row < this.#starts.length; row++) {
      const from = this.#starts[row]!
      if (from === EMPTY) continue
      const length = 1 + 2 * old[from]!
      this.#pool.set(old.subarray(from, from + length), this.#end)
      this.#starts[row] = this.#end
      this.#end += length
    }
  }
}

const [ZERO, NINE] = [48, 57]

/** The whole numbers of a text, in order. */
function numbersIn(bytes: Uint8Array, from: number, to: number): number[] {
  const numbers: number[] = []
  let number = -1
  for (let i = from; i <= to; i++) {
    const byte = i < to ? bytes[i]! : 0
    if (byte >= ZERO && byte <= NINE) number = (number < 0 ? 0 : number * 10) + byte - ZERO
    else if (number >= 0) {
      numbers.push(number)
      number = -1
    }
  }
  return numbers
}
