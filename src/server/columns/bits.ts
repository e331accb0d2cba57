// Sets of rows, a bit each: a million take 125 KB, and 32 rows are joined or passed over at a time.

export type Bits = Uint32Array

export const bitsFor = (capacity: number): Bits => new Uint32Array(Math.ceil(capacity / 32))

export const hasBit = (bits: Bits, row: number): boolean => ((bits[row >>> 5]! >>> (row & 31)) & 1) === 1

/** How many of 32 bits are set. */
export function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The bits of a word that stand for rows before `rows`. */
export function inRange(word: number, rows: number): number {
  const first = word << 5
  return rows >= first + 32 ? -1 : rows <= first ? 0 : (1 << (rows - first)) - 1
}
