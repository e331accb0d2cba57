// What was made of a table's columns and is kept in step with them: masks of conditions and filters, numbers, zones. So a
// question that was asked before costs nothing, and a change costs what it changes.
import type { FilterFieldName } from '../../model/task-fields.ts'
import { int8s } from './decode.ts'
import { ConditionMask, FilterMask } from './masks.ts'
import { Measured } from './measured.ts'
import type { IndexCondition, IndexFilter, Measure } from './messages.ts'
import { predicate, rowsOfIds } from './predicates.ts'
import type { Follower, Table } from './table.ts'
import { not } from './write.ts'
import { Zones } from './zones.ts'

/** A bit a row each. Beyond, all of them are made anew when they are asked for. */
const MOST_MASKS = 256
const MOST_MEASURES = 400
/** Where more of a table changes than this, making things anew is quicker than keeping them in step. */
const MUCH = 1 / 8

export class Views implements Follower {
  readonly #table: Table
  readonly #conditions = new Map<string, ConditionMask>()
  readonly #filters = new Map<string, FilterMask>()
  readonly #measures = new Map<string, Measured>()
  readonly #zones = new Map<FilterFieldName, Zones>()

  constructor(table: Table) {
    this.#table = table
    table.follow(this)
  }

  get bytes(): number {
    return ((this.#conditions.size + this.#filters.size) * this.#table.capacity) / 8
  }

  /** @throws Error if a condition is not known here */
  filter(filter: IndexFilter, now: number): FilterMask {
    const key = keyOf(filter)
    const known = key === null ? undefined : this.#filters.get(key)
    if (known) return known
    const parts = filter.map((item) => ('any' in item ? item.any : [item]).map((c) => this.#condition(c, now)))
    const mask = new FilterMask(this.#table, parts)
    if (key !== null) this.#filters.set(key, mask)
    return mask
  }

  measure(measure: Measure, now: number): Measured {
    const filterKey = keyOf(measure.filter)
    const key = filterKey === null ? null : `${measure.what}:${'field' in measure ? measure.field : ''}:${filterKey}`
    const known = key === null ? undefined : this.#measures.get(key)
    if (known) return known
    const measured = new Measured(this.#table, measure, this.filter(measure.filter, now))
    if (key !== null) this.#measures.set(key, measured)
    return measured
  }

  zones(field: FilterFieldName): Zones {
    const known = this.#zones.get(field)
    if (known) return known
    const zones = new Zones()
    this.#zones.set(field, zones)
    return zones
  }

  /** Lets go of everything when there is too much of it. Between questions only: what one holds on to stays in step. */
  tidy(): void {
    if (this.#conditions.size + this.#filters.size > MOST_MASKS || this.#measures.size > MOST_MEASURES) this.#forget()
  }

  beforeChange(columns: ReadonlySet<FilterFieldName>, rows: Uint32Array): void {
    if (rows.length > this.#table.rows * MUCH) this.#forget()
    for (const measured of this.#measures.values()) if (meet(measured.columns, columns)) measured.count(rows, -1)
  }

  afterChange(columns: ReadonlySet<FilterFieldName>, rows: Uint32Array): void {
    const words = wordsOf(rows)
    const { rows: all } = this.#table
    for (const condition of this.#conditions.values())
      if (meet(condition.columns, columns))
        for (const word of words) condition.look(word << 5, Math.min(all, (word << 5) + 32))
    for (const filter of this.#filters.values())
      if (meet(filter.columns, columns)) for (const word of words) filter.look(word, word + 1)
    for (const measured of this.#measures.values()) if (meet(measured.columns, columns)) measured.count(rows, 1)
    for (const [field, zones] of this.#zones) if (columns.has(field)) zones.touch(rows)
  }

  afterInsert(from: number, isAnew: boolean): void {
    const { rows } = this.#table
    for (const zones of this.#zones.values()) zones.forget()
    // A mask has a bit for each row that there was memory for when it was made.
    if (isAnew) {
      this.#forget()
      return
    }
    const first = from & ~31
    for (const condition of this.#conditions.values()) condition.look(first, rows)
    for (const filter of this.#filters.values()) filter.look(first >>> 5, (rows + 31) >>> 5)
    for (const measured of this.#measures.values()) measured.add(from)
  }

  #condition(c: IndexCondition, now: number): ConditionMask {
    if ('tasks' in c) {
      const found = rowsOfIds(this.#table, int8s(c.tasks))
      return new ConditionMask(this.#table, { columns: [], write: c.others ? not(found) : found })
    }
    const key = isLasting(c) ? JSON.stringify(c) : null
    const known = key === null ? undefined : this.#conditions.get(key)
    if (known) return known
    const condition = new ConditionMask(this.#table, predicate(this.#table, c, now))
    if (key !== null) this.#conditions.set(key, condition)
    return condition
  }

  #forget(): void {
    this.#conditions.clear()
    this.#filters.clear()
    this.#measures.clear()
  }
}

/** Means the same each time; not the last days, which move on, or tasks that the database found. */
const isLasting = (c: IndexCondition) => !('tasks' in c) && c.op !== 'last_days'

/** null for a filter that means something else each time. */
export const keyOf = (filter: IndexFilter): string | null =>
  filter.every((item) => ('any' in item ? item.any.every(isLasting) : isLasting(item))) ? JSON.stringify(filter) : null

function meet(a: Iterable<FilterFieldName>, b: ReadonlySet<FilterFieldName>): boolean {
  for (const name of a) if (b.has(name)) return true
  return false
}

/** The words of 32 rows in which some rows lie, each once. @param rows ascending */
function wordsOf(rows: Uint32Array): number[] {
  const words: number[] = []
  for (let i = 0; i < rows.length; i++) {
    const word = rows[i]! >>> 5
    if (words.at(-1) !== word) words.push(word)
  }
  return words
}
