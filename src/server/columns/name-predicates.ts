// Conditions on the name: a search through the bytes of all names in lower case.
import type { Condition } from '../../model/filter.ts'
import type { Bits } from './bits.ts'
import type { Table } from './table.ts'
import { not, type Write } from './write.ts'

/** @param c texts in lower case. @throws Error if the operator is not known here */
export function namePredicate(table: Table, c: Condition): Write {
  const texts = [c.value ?? ''].flat() as string[]
  switch (c.op) {
    case 'contains':
      return contains(table, Buffer.from(texts[0] as string, 'utf8'))
    case 'equals':
    case 'any_of':
    case 'is_empty':
      return isOne(table, texts)
    case 'none_of':
    case 'is_not_empty':
      return not(isOne(table, texts))
    default:
      throw new Error(`the column index does not know “name ${c.op}”`)
  }
}

/** Rows that are searched before it is seen whether hits are rare. */
const STRETCH = 1 << 14
/** When more than one name in so many has it, walking through every name is quicker than jumping from hit to hit. */
const DENSE = 16

/** Rare texts are found by the engine's own search, common ones by looking at each name. */
function contains(table: Table, text: Buffer): Write {
  const step = stepsOf(text)
  return (out, from, to) => {
    let isDense = false
    for (let start = from; start < to; start += STRETCH) {
      const end = Math.min(to, start + STRETCH)
      if (isDense) walk(table, text, step, out, start, end)
      else {
        out.fill(0, start >>> 5, (end + 31) >>> 5)
        isDense = jump(table, text, 0, out, start, end) * DENSE > end - start
      }
    }
  }
}

/** A name stands between two zero bytes, so its whole text does too. */
function isOne(table: Table, texts: readonly string[]): Write {
  const wholes = texts.map((text) => Buffer.from(`\0${text}\0`, 'utf8'))
  return (out, from, to) => {
    out.fill(0, from >>> 5, (to + 31) >>> 5)
    for (const whole of wholes) jump(table, whole, 1, out, from, to)
  }
}

/**
 * Goes from hit to hit.
 * @param before bytes of the text that lie before the name
 * @returns how many names have it
 */
function jump(table: Table, text: Buffer, before: number, out: Bits, from: number, to: number): number {
  if (from === to) return 0
  const { data, starts, end } = table.names.lowerCase
  const first = starts[from]! - before
  const bytes = Buffer.from(data.buffer, first, (to < table.rows ? starts[to]! : end) - first)
  let hits = 0
  let row = from
  let at = bytes.indexOf(text)
  while (at >= 0) {
    row = rowAt(starts, first + at + before, row, to)
    out[row >>> 5]! |= 1 << (row & 31)
    hits++
    at = row + 1 < to ? bytes.indexOf(text, starts[row + 1]! - before - first) : -1
  }
  return hits
}

/** The row, from `from` on, within whose name a byte lies. */
function rowAt(starts: Uint32Array, at: number, from: number, to: number): number {
  let low = from
  let high = to
  while (low + 1 < high) {
    const middle = (low + high) >>> 1
    if (starts[middle]! <= at) low = middle
    else high = middle
  }
  return low
}

/** Horspool's search: by how much to go on from a place with this byte, where a text's last byte was looked for. */
function stepsOf(text: Uint8Array): Uint32Array {
  const last = text.length - 1
  const step = new Uint32Array(256).fill(text.length)
  for (let i = 0; i < last; i++) step[text[i]!] = last - i
  return step
}

/** Looks at each name. */
function walk(table: Table, text: Uint8Array, step: Uint32Array, out: Bits, from: number, to: number): void {
  const { data, starts, end } = table.names.lowerCase
  const last = text.length - 1
  const lastByte = text[last]!
  for (let row = from; row < to; ) {
    const stop = Math.min(row + 32, to)
    let word = 0
    for (let bit = 1; row < stop; row++, bit <<= 1) {
      const nameEnd = row + 1 < table.rows ? starts[row + 1]! - 1 : end - 1
      for (let at = starts[row]! + last; at < nameEnd; ) {
        const byte = data[at]!
        if (byte === lastByte && endsAt(data, at, text)) {
          word |= bit
          break
        }
        at += step[byte]!
      }
    }
    out[(row - 1) >>> 5] = word
  }
}

function endsAt(data: Uint8Array, at: number, text: Uint8Array): boolean {
  const first = at - text.length + 1
  for (let i = text.length - 2; i >= 0; i--) if (data[first + i] !== text[i]) return false
  return true
}
