// The units of an Auto split as typed arrays, from the texts in which the database sends them.
import type { Strata, Units } from '../../model/split-units.ts'
import { SPLITS } from '../../model/task.ts'
import type { UnitTexts } from './split-queries.ts'

export type ReadUnits = Units & {
  /** A group's key, or the id of a task that stands alone. */
  names: (string | number)[]
  /** Tasks of all units. */
  total: number
  /** Groups whose standing tasks are in several splits already. */
  divided: number
}

export function readUnits({ names, sizes, standing }: UnitTexts): ReadUnits {
  const read = JSON.parse(names) as (string | number)[]
  const counts = sizes === null ? new Int32Array(read.length).fill(1) : Int32Array.from(JSON.parse(sizes) as number[])
  const anchors = new Int8Array(read.length).fill(-1)
  let divided = 0
  if (standing)
    for (const [u, text] of standing.split(';').entries()) {
      if (text === '') continue
      const held = text.split(':').map(Number)
      anchors[u] = held.indexOf(Math.max(...held))
      if (held.filter((n) => n > 0).length > 1) divided++
    }
  return { names: read, sizes: counts, anchors, total: counts.reduce((a, b) => a + b, 0), divided }
}

const [COMMA, COLON, SEMICOLON, ZERO] = [...',:;0'].map((c) => c.charCodeAt(0)) as [number, number, number, number]

/** @param place where a stratum's number stands among them all. @param count how many strata there are */
export function readStrata(text: string, units: number, place: (number: number) => number, count: number): Strata {
  const entries = countEntries(text)
  const offsets = new Int32Array(units + 1)
  const labels = new Int32Array(entries)
  const totals = new Int32Array(entries)
  let [unit, entry, number, label] = [0, 0, 0, -1]
  const end = () => {
    labels[entry] = place(label < 0 ? number : label)
    totals[entry++] = label < 0 ? 1 : number
    number = 0
    label = -1
  }
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === COLON) {
      label = number
      number = 0
    } else if (c === COMMA) end()
    else if (c === SEMICOLON) {
      end()
      offsets[++unit] = entry
    } else number = number * 10 + c - ZERO
  }
  if (units > 0) end()
  offsets[units] = entry
  return { count, offsets, labels, totals, fixed: new Float64Array(count * SPLITS.length) }
}

function countEntries(text: string): number {
  let entries = text === '' ? 0 : 1
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === COMMA || c === SEMICOLON) entries++
  }
  return entries
}
