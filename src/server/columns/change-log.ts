// Which tasks changed, and how far each column has taken that in: a question reads anew only the columns it is about.
import type { FilterFieldName } from '../../model/task-fields.ts'

/** Tasks that changed; null: so many that all are meant. */
export type Changed = Float64Array | null
type Entry = { number: number; ids: Changed }

/** So many ids are kept apart by when they came. */
const MANY_IDS = 200_000
const MANY_ENTRIES = 500

export class ChangeLog {
  /** Raised with every change. */
  number = 0
  #entries: Entry[] = []
  #kept = 0
  #most = MANY_IDS
  readonly #taken: Map<FilterFieldName, number>

  /** @param columns those that can change */
  constructor(columns: readonly FilterFieldName[]) {
    this.#taken = new Map(columns.map((name) => [name, 0]))
  }

  /** @param ids may repeat. @param rows how many tasks there are */
  add(ids: Float64Array, rows: number): void {
    if (ids.length === 0) return
    // Before the new one comes in: a column that has everything up to now must not lack it again.
    if (this.#kept > this.#most || this.#entries.length > MANY_ENTRIES) this.#merge(rows)
    this.number++
    this.#entries.push({ number: this.number, ids })
    this.#kept += ids.length
  }

  /** Which of some columns lack changes, and of which tasks: ascending, each once. */
  lacking(columns: Iterable<FilterFieldName>): { columns: FilterFieldName[]; ids: Changed } {
    const behind = [...columns].filter((name) => (this.#taken.get(name) ?? this.number) < this.number)
    const since = Math.min(this.number, ...behind.map((name) => this.#taken.get(name) as number))
    return { columns: behind, ids: union(this.#entries.filter((e) => e.number > since)) }
  }

  /** These columns hold everything up to a number. */
  took(columns: readonly FilterFieldName[], number: number): void {
    for (const name of columns) this.#taken.set(name, number)
    const everywhere = Math.min(...this.#taken.values())
    this.#entries = this.#entries.filter((e) => e.number > everywhere)
    this.#kept = this.#entries.reduce((sum, e) => sum + (e.ids?.length ?? 0), 0)
  }

  /** One entry for all: who lacks some of it reads a little more than it had to. */
  #merge(rows: number): void {
    const ids = union(this.#entries)
    const isMost = ids === null || ids.length > rows / 2
    this.#entries = [{ number: this.number, ids: isMost ? null : ids }]
    this.#kept = isMost ? 0 : ids.length
    this.#most = Math.max(MANY_IDS, 2 * this.#kept)
  }
}

function union(entries: readonly Entry[]): Changed {
  if (entries.some((e) => e.ids === null)) return null
  const all = new Float64Array(entries.reduce((sum, e) => sum + (e.ids?.length ?? 0), 0))
  let end = 0
  for (const { ids } of entries) {
    all.set(ids ?? [], end)
    end += ids?.length ?? 0
  }
  all.sort()
  let kept = 0
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) all[kept++] = all[i]!
  return all.slice(0, kept)
}
