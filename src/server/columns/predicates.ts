// A condition as a scan over one column. What each operator means is tasks/condition-queries.ts, to the letter: a property
// test compares the two.
import type { Condition } from '../../model/filter.ts'
import { instantOf } from '../../model/filter-problem.ts'
import { FILTER_FIELDS } from '../../model/task-fields.ts'
import { inRange } from './bits.ts'
import type { CodeColumn, Value } from './code-column.ts'
import { heldColumn } from './layout.ts'
import { namePredicate } from './name-predicates.ts'
import type { NumberColumn } from './number-column.ts'
import type { Table } from './table.ts'
import { eachRow, type Predicate, type Write } from './write.ts'

/**
 * @param c valid (conditionProblem), texts in lower case
 * @param now ms since epoch, for conditions on the last days
 * @throws Error if the index does not hold what the condition is about; the caller asks the database
 */
export function predicate(table: Table, c: Condition, now: number): Predicate {
  const columns = [c.field]
  switch (heldColumn(c.field)?.kind) {
    case 'codes':
      return { columns, write: codesWrite(table, c) }
    case 'numbers':
    case 'moments':
      return { columns, write: numbersWrite(table, c, now) }
    case 'ids':
      return { columns, write: idsWrite(table, c) }
    case 'names':
      return { columns, write: namePredicate(table, c) }
    case 'classes':
      return { columns, write: classesWrite(table, c) }
    default:
      return unknown(c)
  }
}

function unknown(c: Condition): never {
  throw new Error(`the column index does not know “${c.field} ${c.op}”`)
}

type Test = (value: Value, lowered: string) => boolean

/** What holds for one value of a dictionary. */
function valueTest(c: Condition, isText: boolean): Test {
  const list = [c.value ?? null].flat() as Value[]
  const given = new Set(list)
  const isGiven: Test = isText ? (_, lowered) => given.has(lowered) : (value) => given.has(value)
  switch (c.op) {
    case 'equals':
    case 'any_of':
      return isGiven
    case 'none_of':
      return (value, lowered) => !isGiven(value, lowered)
    case 'contains':
      return (_, lowered) => lowered.includes(c.value as string)
    case 'between': {
      const { low, high } = range(list)
      return (value) => (value as number) >= low && (value as number) <= high
    }
    case 'is_empty':
      return (value) => value === (isText ? '' : null)
    case 'is_not_empty':
      return (value) => value !== (isText ? '' : null)
    default:
      return unknown(c)
  }
}

function codesWrite(table: Table, c: Condition): Write {
  const column = table.codes(c.field)
  const test = valueTest(c, heldColumn(c.field)?.wire === 'text')
  let holds = new Uint8Array(0)
  return (out, from, to) => {
    // The dictionary grows with new values.
    if (holds.length !== column.values.length) holds = holdingCodes(column, test)
    const { codes } = column
    for (let row = from; row < to; ) {
      const end = Math.min(row + 32, to)
      let word = 0
      for (let bit = 0; row < end; row++, bit++) word |= holds[codes[row]!]! << bit
      out[(row - 1) >>> 5] = word
    }
  }
}

const holdingCodes = ({ values, lowered }: CodeColumn, test: Test) =>
  Uint8Array.from(values, (value, code) => (test(value, lowered[code] ?? '') ? 1 : 0))

/** [from, to], both included, null for no end. */
function range(value: readonly Value[]): { low: number; high: number } {
  const end = (v: Value | undefined) => (typeof v === 'string' ? Date.parse(instantOf(v) as string) : (v as number))
  return { low: end(value[0] ?? Number.NEGATIVE_INFINITY), high: end(value[1] ?? Number.POSITIVE_INFINITY) }
}

function numbersWrite(table: Table, c: Condition, now: number): Write {
  const column = table.numbers(c.field)
  const isDuration = FILTER_FIELDS[c.field].type === 'duration'
  const list = [c.value ?? null].flat() as Value[]
  switch (c.op) {
    case 'between': {
      if (list.every((end) => end === null)) return everything
      const { low, high } = range(list)
      return betweenWrite(column, low, high)
    }
    case 'last_days':
      return betweenWrite(column, now - (c.value as number) * 86_400_000, Number.POSITIVE_INFINITY)
    case 'equals':
    case 'any_of':
      return oneOfWrite(column, list as number[], true)
    case 'none_of':
      return oneOfWrite(column, list as number[], false)
    case 'is_empty':
      return oneOfWrite(column, [isDuration ? 0 : Number.NaN], true)
    case 'is_not_empty':
      return oneOfWrite(column, [isDuration ? 0 : Number.NaN], false)
    default:
      return unknown(c)
  }
}

const everything: Write = (out, from, to) => {
  for (let w = from >>> 5; w << 5 < to; w++) out[w] = inRange(w, to)
}

/** Both ends included. NaN, which is null, is in no range. */
function betweenWrite(column: NumberColumn, low: number, high: number): Write {
  return (out, from, to) => {
    const { values } = column
    for (let row = from; row < to; ) {
      const end = Math.min(row + 32, to)
      let word = 0
      for (let bit = 0; row < end; row++, bit++) {
        const value = values[row]!
        word |= (value >= low && value <= high ? 1 : 0) << bit
      }
      out[(row - 1) >>> 5] = word
    }
  }
}

/** @param given NaN for null. @param hit whether rows hold that are one of them, or the others */
function oneOfWrite(column: NumberColumn, given: readonly number[], hit: boolean): Write {
  const [only] = given
  if (hit && given.length === 1 && !Number.isNaN(only)) return betweenWrite(column, only as number, only as number)
  const wanted = new Set(given)
  return eachRow((row) => wanted.has(column.values[row]!) === hit)
}

function idsWrite(table: Table, c: Condition): Write {
  if (c.op === 'between') {
    const { low, high } = range(c.value as Value[])
    return eachRow((row) => table.ids[row]! >= low && table.ids[row]! <= high)
  }
  const wanted = Float64Array.from([c.value].flat() as number[]).sort()
  if (c.op === 'equals' || c.op === 'any_of') return rowsOfIds(table, wanted)
  if (c.op !== 'none_of') return unknown(c)
  const few = new Set(wanted)
  return eachRow((row) => !few.has(table.ids[row]!))
}

/** So many rows are passed over in the time that one is looked up. */
const ROWS_PER_LOOK = 16

/** The tasks of a set. @param wanted ids, ascending */
export function rowsOfIds(table: Table, wanted: Float64Array): Write {
  return (out, from, to) => {
    out.fill(0, from >>> 5, (to + 31) >>> 5)
    if (from === to) return
    const { ids } = table
    const first = firstFrom(wanted, ids[from]!, 0, wanted.length)
    const end = firstFrom(wanted, ids[to - 1]! + 1, first, wanted.length)
    if ((end - first) * ROWS_PER_LOOK < to - from) {
      for (let at = first, row = from; at < end; at++) {
        row = firstFrom(ids, wanted[at]!, row, to)
        if (row < to && ids[row] === wanted[at]) out[row >>> 5]! |= 1 << (row & 31)
      }
      return
    }
    for (let row = from, at = first; row < to && at < end; row++) {
      while (wanted[at]! < ids[row]!) at++
      if (wanted[at] === ids[row]) out[row >>> 5]! |= 1 << (row & 31)
    }
  }
}

/** Of ascending numbers: the first place from `low` on, below `high`, that holds no less than a value. */
function firstFrom(sorted: Float64Array, value: number, low: number, high: number): number {
  let [from, to] = [low, high]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (sorted[middle]! < value) from = middle + 1
    else to = middle
  }
  return from
}

function classesWrite(table: Table, c: Condition): Write {
  const column = table.classes(c.field)
  const list = Array.isArray(c.value) ? (c.value as number[]) : []
  const hasAny = (row: number) => !column.isEmpty(row) && list.some((class_id) => column.count(row, class_id) > 0)
  switch (c.op) {
    case 'any_of':
      return eachRow(hasAny)
    case 'none_of':
      return eachRow((row) => !hasAny(row))
    case 'count_at_least': {
      const [class_id, n] = list as [number, number]
      return eachRow((row) => column.count(row, class_id) >= n)
    }
    case 'is_empty':
      return eachRow((row) => column.isEmpty(row))
    case 'is_not_empty':
      return eachRow((row) => !column.isEmpty(row))
    default:
      return unknown(c)
  }
}
