// Answers questions about one project from its table. What was answered before and still holds is remembered.
import { type FilterFieldName, TASK_FIELD_NAMES, TASK_FIELDS } from '../../model/task-fields.ts'
import { findRow } from './find-row.ts'
import type { OrderKey } from './key-order.ts'
import { HELD_COLUMNS } from './layout.ts'
import type { FilterMask } from './masks.ts'
import type { IndexOrder, IndexPage, Questions } from './messages.ts'
import { Remembered } from './remembered.ts'
import { rowsAfter, type Sorted } from './rows-after.ts'
import { rowsAt } from './rows-at.ts'
import { type SortKey, sortKey } from './sort-key.ts'
import { type Spread, spreadOf } from './spread.ts'
import { Table, type WireRows } from './table.ts'
import { keyOf, Views } from './views.ts'

/** Columns that are sorted by what they hold; the others need to be told names and ranks. */
const SORTED_BY_VALUE: ReadonlySet<FilterFieldName> = new Set(
  TASK_FIELD_NAMES.filter((name) => {
    const { sortable, type } = TASK_FIELDS[name]
    return sortable && type !== 'stage' && type !== 'person' && type !== 'batch' && type !== 'split'
  }),
)

const MOST_PAGES = 300

const MOST_SPREADS = 60

export class Answers {
  readonly #table: Table
  readonly #views: Views
  readonly #pages: Remembered<IndexPage>
  readonly #spreads: Remembered<Spread>

  constructor(expected: number) {
    this.#table = new Table(expected)
    this.#views = new Views(this.#table)
    this.#pages = new Remembered(this.#table, MOST_PAGES)
    this.#spreads = new Remembered(this.#table, MOST_SPREADS)
  }

  get size(): { rows: number; bytes: number } {
    return { rows: this.#table.rows, bytes: this.#table.bytes + this.#views.bytes }
  }

  insert(rows: WireRows): void {
    this.#table.insert(rows)
  }

  apply(rows: WireRows): number[] {
    return this.#table.apply(rows)
  }

  /** Makes what the first pages would wait for: the order of names, and where values lie in the other columns. */
  finish(): void {
    for (const { name } of HELD_COLUMNS) {
      if (!SORTED_BY_VALUE.has(name)) continue
      const key = sortKey(this.#table, { field: name, descending: false, keys: null })
      if (key) this.#views.zones(name).refresh(key, this.#table.rows)
    }
  }

  values(field: FilterFieldName) {
    return this.#table.codes(field).values
  }

  measure({ measures, now }: Questions['measure'][0]): Questions['measure'][1] {
    return measures.map((measure) => this.#views.measure(measure, now).answer)
  }

  page({ filter, order, place, limit, now }: Questions['page'][0]): IndexPage | null {
    const filterKey = keyOf(filter)
    const key = filterKey === null ? null : JSON.stringify([filterKey, order, place, limit])
    const known = this.#pages.get(key)
    if (known) return known
    const mask = this.#views.filter(filter, now)
    const sort = sortKey(this.#table, order)
    if (sort === null) return null
    const columns = [...mask.columns, order.field]
    const sorted = this.#sorted(mask, sort, order)
    // One more tells whether there are more.
    let rows: number[]
    if (place && 'offset' in place) {
      const spreadKey = filterKey === null ? null : JSON.stringify([filterKey, order.field, order.keys])
      const spread =
        this.#spreads.get(spreadKey) ??
        this.#spreads.set(spreadKey, columns, spreadOf(sorted.rows, sorted.bits, sort, sorted.zones))
      rows = rowsAt(sorted, spread, place.offset, limit + 1)
    } else rows = rowsAfter(sorted, this.#after(sort, order.descending, place), limit + 1)
    return this.#pages.set(key, columns, this.#page(rows, limit, sort))
  }

  row({ filter, order, task_id, name, now }: Questions['row'][0]): Questions['row'][1] {
    const mask = this.#views.filter(filter, now)
    const sort = sortKey(this.#table, order)
    if (sort === null) return null
    return findRow(this.#table, this.#sorted(mask, sort, order), { task_id, name }) ?? 'none'
  }

  /** Between questions: keeps what is remembered within bounds. */
  tidy(): void {
    this.#views.tidy()
  }

  #page(rows: readonly number[], limit: number, sort: SortKey): IndexPage {
    const last = rows[Math.min(rows.length, limit) - 1]
    return {
      ids: rows.slice(0, limit).map((row) => this.#table.ids[row]!),
      last_key: last === undefined ? null : sort.keyAt(last),
      has_more: rows.length > limit,
    }
  }

  #sorted({ bits }: FilterMask, key: SortKey, { field, descending }: IndexOrder): Sorted {
    const zones = this.#views.zones(field)
    zones.refresh(key, this.#table.rows)
    return { rows: this.#table.rows, bits, key, zones, descending }
  }

  #after(sort: SortKey, descending: boolean, place: { key: OrderKey; id: number } | null) {
    if (place === null) return null
    const edge = descending ? this.#table.rowFrom(place.id) : this.#table.rowFrom(place.id + 1)
    return { value: place.key === null ? null : sort.placeOf(place.key, place.id), edge }
  }
}
