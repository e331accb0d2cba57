// The columns of one project's tasks, all archived ones too. Row n is the task with the n-th lowest id; tasks are never
// deleted, so rows only ever come.
import type { FilterFieldName } from '../../model/task-fields.ts'
import { ClassColumn } from './class-column.ts'
import { CodeColumn } from './code-column.ts'
import type { Column, WireColumn } from './column.ts'
import { int8s } from './decode.ts'
import { HELD_COLUMNS, type HeldColumn } from './layout.ts'
import { NameColumn } from './name-column.ts'
import { NumberColumn } from './number-column.ts'

/** Values of some tasks on their way from the database. `ids` ascend, 8 bytes each. */
export type WireRows = { ids: Uint8Array; columns: Partial<Record<FilterFieldName, WireColumn>> }

/** Told before and after values change; `rows` are those that do. */
export type Follower = {
  beforeChange(columns: ReadonlySet<FilterFieldName>, rows: Uint32Array): void
  afterChange(columns: ReadonlySet<FilterFieldName>, rows: Uint32Array): void
  /** Rows were added from `from` on. `isAnew`: those that stood there before have moved, or the columns are larger. */
  afterInsert(from: number, isAnew: boolean): void
}

/** Free rows beyond those known when memory is taken, so that an import need not move everything soon. */
const SPARE = 1.05
const LEAST = 1024

export class Table {
  /** How many tasks. */
  rows = 0
  #capacity: number
  ids: Float64Array
  /** Raised when rows are added. */
  version = 0
  readonly #columns = new Map<FilterFieldName, Column>()
  #follower: Follower | null = null

  /** @param expected how many tasks will come */
  constructor(expected: number) {
    this.#capacity = Math.max(LEAST, Math.ceil(expected * SPARE))
    this.ids = new Float64Array(this.#capacity)
    for (const column of HELD_COLUMNS)
      if (column.kind !== 'ids') this.#columns.set(column.name, makeColumn(column, this.#capacity))
  }

  get capacity(): number {
    return this.#capacity
  }

  get bytes(): number {
    let bytes = this.ids.byteLength
    for (const column of this.#columns.values()) bytes += column.bytes
    return bytes
  }

  follow(follower: Follower): void {
    this.#follower = follower
  }

  codes(name: FilterFieldName): CodeColumn {
    return this.#columns.get(name) as CodeColumn
  }
  numbers(name: FilterFieldName): NumberColumn {
    return this.#columns.get(name) as NumberColumn
  }
  classes(name: FilterFieldName): ClassColumn {
    return this.#columns.get(name) as ClassColumn
  }
  get names(): NameColumn {
    return this.#columns.get('name') as NameColumn
  }

  versionOf(name: FilterFieldName): number {
    return this.#columns.get(name)?.version ?? this.version
  }

  /** The first row whose id is not below. */
  rowFrom(id: number): number {
    let low = 0
    let high = this.rows
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.ids[middle]! < id) low = middle + 1
      else high = middle
    }
    return low
  }

  /** −1 if there is none. */
  rowOf(id: number): number {
    const row = this.rowFrom(id)
    return row < this.rows && this.ids[row] === id ? row : -1
  }

  /** Takes over new values of known tasks. @returns ids of tasks that are not known */
  apply({ ids, columns }: WireRows): number[] {
    const unknown: number[] = []
    const wanted = int8s(ids)
    const rows = new Int32Array(wanted.length)
    for (let i = 0; i < wanted.length; i++) {
      const row = this.rowOf(wanted[i]!)
      rows[i] = row
      if (row < 0) unknown.push(wanted[i]!)
    }
    const changed = new Uint8Array(rows.length)
    const dirty: { name: FilterFieldName; column: Column; decoded: unknown }[] = []
    for (const [name, column, wire] of this.#present(columns)) {
      const decoded = column.decode(wire, wanted.length)
      let isDirty = false
      for (let i = 0; i < rows.length; i++)
        if (rows[i]! >= 0 && column.differs(decoded, i, rows[i]!)) {
          changed[i] = 1
          isDirty = true
        }
      if (isDirty) dirty.push({ name, column, decoded })
    }
    if (dirty.length > 0) this.#write(dirty, rows, changed)
    return unknown
  }

  #write(dirty: { name: FilterFieldName; column: Column; decoded: unknown }[], rows: Int32Array, changed: Uint8Array) {
    const names = new Set(dirty.map((d) => d.name))
    const changedRows = Uint32Array.from(rows.filter((_, i) => changed[i]))
    this.#follower?.beforeChange(names, changedRows)
    for (const { column, decoded } of dirty) {
      for (let i = 0; i < rows.length; i++) if (changed[i]) column.set(decoded, i, rows[i]!)
      column.version++
    }
    this.#follower?.afterChange(names, changedRows)
  }

  /** Takes in tasks with all their columns; those that are known already are left as they are. */
  insert({ ids, columns }: WireRows): void {
    const all = int8s(ids)
    const fresh: number[] = []
    for (let i = 0; i < all.length; i++) if (this.rowOf(all[i]!) < 0) fresh.push(i)
    if (fresh.length === 0) return
    const from = this.rowFrom(all[fresh[0]!]!)
    const sources = this.#mergeSources(from, all, fresh)
    const isTooSmall = from + sources.length > this.#capacity
    if (isTooSmall) this.#reserve(from + sources.length)
    const rowsBefore = this.rows
    for (const [, column, wire] of this.#present(columns)) {
      column.insert(from, rowsBefore, sources, column.decode(wire, all.length))
      column.version++
    }
    const moved = this.ids.slice(from, rowsBefore)
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i]!
      this.ids[from + i] = source >= 0 ? moved[source - from]! : all[~source]!
    }
    this.rows = from + sources.length
    this.version++
    this.#follower?.afterInsert(from, from < rowsBefore || isTooSmall)
  }

  /** The rows from `from` on with the fresh ones among them, in the order of ids; see Column.insert. */
  #mergeSources(from: number, all: Float64Array, fresh: readonly number[]): Int32Array {
    const sources = new Int32Array(this.rows - from + fresh.length)
    let row = from
    let next = 0
    for (let i = 0; i < sources.length; i++) {
      const at = fresh[next]
      if (at !== undefined && (row === this.rows || all[at]! < this.ids[row]!)) {
        sources[i] = ~at
        next++
      } else sources[i] = row++
    }
    return sources
  }

  #reserve(rows: number): void {
    this.#capacity = Math.ceil(rows * 1.15)
    const ids = new Float64Array(this.#capacity)
    ids.set(this.ids)
    this.ids = ids
    for (const column of this.#columns.values()) column.reserve(this.#capacity)
  }

  *#present(columns: WireRows['columns']): Iterable<[FilterFieldName, Column, WireColumn]> {
    for (const [name, column] of this.#columns) {
      const wire = columns[name]
      if (wire) yield [name, column, wire]
    }
  }
}

function makeColumn(column: HeldColumn, capacity: number): Column {
  switch (column.kind) {
    case 'codes':
      return new CodeColumn(column, capacity)
    case 'classes':
      return new ClassColumn(capacity)
    case 'names':
      return new NameColumn(capacity)
    default:
      return new NumberColumn(column.wire, capacity)
  }
}
