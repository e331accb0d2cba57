// For tests of the column index: plain tasks as the database would send them, and what answers should be.
import type { Condition } from '../../model/filter.ts'
import { FILTER_FIELDS, type FilterFieldName } from '../../model/task-fields.ts'
import type { WireColumn } from './column.ts'
import { HELD_COLUMNS, type HeldColumn } from './layout.ts'
import type { IndexFilter } from './messages.ts'
import type { WireRows } from './table.ts'

type Plain = string | number | boolean | null | Record<string, number>
/** Moments in ms since epoch. */
export type PlainTask = { id: number } & Partial<Record<FilterFieldName, Plain>>

/** @param names which columns; all if absent. @param tasks by ascending id */
export function wireRows(tasks: readonly PlainTask[], names?: readonly FilterFieldName[]): WireRows {
  const columns = HELD_COLUMNS.filter((c) => !names || names.includes(c.name))
  const int8 = (n: number) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64BE(BigInt(n))
    return bytes
  }
  return {
    ids: bytesOf(tasks.map((t) => int8(t.id))),
    columns: Object.fromEntries(
      columns.map((c) => [
        c.name,
        wireColumn(
          c,
          tasks.map((t) => t[c.name] ?? null),
        ),
      ]),
    ),
  }
}

function wireColumn(column: HeldColumn, values: readonly Plain[]): WireColumn {
  const ints = (size: 4 | 8, numbers: readonly number[]) =>
    bytesOf(
      numbers.map((n) => {
        const bytes = Buffer.alloc(size)
        if (size === 4) bytes.writeInt32BE(n)
        else bytes.writeBigInt64BE(BigInt(n))
        return bytes
      }),
    )
  const texts = (list: readonly string[]) => new Uint8Array(Buffer.from(list.join('\0'), 'utf8'))
  switch (column.wire) {
    case 'int4':
      return {
        bytes: ints(
          4,
          values.map((v) => Number(v ?? 0)),
        ),
      }
    case 'int8':
      return {
        bytes: ints(
          8,
          values.map((v) => Number(v ?? 0)),
        ),
      }
    case 'flag':
      return { bytes: Uint8Array.from(values, (v) => (v ? 1 : 0)) }
    case 'word':
      return {
        bytes: ints(
          4,
          values.map((v) => column.words.indexOf(String(v)) + 1),
        ),
      }
    case 'moment': {
      const micros = (ms: number) => (ms - Date.UTC(2000, 0, 1)) * 1000
      const bytes = values.map((v) => {
        const one = Buffer.alloc(8)
        one.writeBigInt64BE(v === null ? -(2n ** 63n) : BigInt(micros(v as number)))
        return one
      })
      return { bytes: bytesOf(bytes) }
    }
    case 'classes': {
      const text = (v: Plain) =>
        JSON.stringify(v ?? {})
          .replace(/:/g, ': ')
          .replace(/,/g, ', ')
      return { bytes: texts(values.map((v) => (text(v) === '{}' ? '' : text(v)))) }
    }
    case 'text': {
      const list = values.map((v) => String(v ?? ''))
      const lower = list.map((v) => (v.toLowerCase() === v ? '' : v.toLowerCase()))
      return { bytes: texts(list), lowered: texts(lower) }
    }
  }
}

const bytesOf = (parts: readonly Buffer[]) => new Uint8Array(Buffer.concat(parts))

/** What a filter means, in plain words. Texts of conditions are in lower case. */
export const holds = (task: PlainTask, filter: IndexFilter): boolean =>
  filter.every((item) => ('any' in item ? item.any : [item]).some((c) => conditionHolds(task, c as Condition)))

function conditionHolds(task: PlainTask, c: Condition): boolean {
  const { type } = FILTER_FIELDS[c.field]
  const raw = task[c.field] ?? null
  const value = type === 'text' ? String(raw ?? '').toLowerCase() : raw
  const list = [c.value ?? null].flat()
  const isEmpty = value === null || value === '' || (type === 'duration' && value === 0)
  switch (c.op) {
    case 'equals':
    case 'any_of':
      return list.includes(value as never)
    case 'none_of':
      return !list.includes(value as never)
    case 'contains':
      return (value as string).includes(c.value as string)
    case 'between': {
      const [from, to] = list.map((end) => (typeof end === 'string' ? Date.parse(end) : (end as number | null)))
      if (from === null && to === null) return true
      return (
        value !== null &&
        (from === null || (value as number) >= (from as number)) &&
        (to === null || (value as number) <= (to as number))
      )
    }
    case 'is_empty':
      return isEmpty
    case 'is_not_empty':
      return !isEmpty
    default:
      throw new Error(c.op)
  }
}
