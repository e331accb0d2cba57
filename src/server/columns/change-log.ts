// Which tasks changed, and how far each column has taken that in: a question reads anew only the columns it is about.
import type { FilterFieldName } from '../../model/task-fields.ts'

type Entry = { number: number; ids: Float64Array }

/** So many ids are kept apart by when they came; beyond, one entry holds them all. */
const MOST_IDS = 1_000_000
const MOST_ENTRIES = 500

export class ChangeLog {
  #entries: Entry[] = []
  #kept = 0
  /** Raised with every change. */
  number = 0
  readonly #taken: Map<FilterFieldName, number>

  /** @param columns those that can change */
  constructor(columns: readonly FilterFieldName[]) {
    this.#taken = new Map(columns.map((name) => [name, 0]))
  }

  /** @param ids may repeat */
  add(ids: Float64Array): void {
    if (ids.length === 0) return
    this.number++
    this.#entries.push({ number: this.number, ids })
    this.#kept += ids.length
    if (this.#kept > MOST_IDS || this.#entries.length > MOST_ENTRIES) this.#merge()
  }

  /** Which of some columns lack changes, and of which tasks: ascending, each once. */
  lacking(columns: Iterable<FilterFieldName>): { columns: FilterFieldName[]; ids: Float64Array } {
    const behind = [...columns].filter((name) => (this.#taken.get(name) ?? this.number) < this.number)
    const since = Math.min(this.number, ...behind.map((name) => this.#taken.get(name) as number))
    return { columns: behind, ids: union(this.#entries.filter((e) => e.number > since)) }
  }

  /** These columns hold everything up to a number. */
  took(columns: readonly FilterFieldName[], number: number): void {
    for (const name of columns) this.#taken.set(name, number)
    const everywhere = Math.min(...this.#taken.values())
    this.#entries = this.#entries.filter((e) => e.number > everywhere)
    this.#kept = this.#entries.reduce((sum, e) => sum + e.ids.length, 0)
  }

  /** One entry that counts as the latest: who lacks some of it reads a little more than it had to. */
  #merge(): void {
    const ids = union(this.#entries)
    this.#entries = [{ number: this.number, ids }]
    this.#kept = ids.length
  }
}

function union(entries: readonly Entry[]): Float64Array {
  const all = new Float64Array(entries.reduce((sum, e) => sum + e.ids.length, 0))
  let end = 0
  for (const { ids } of entries) {
    all.set(ids, end)
    end += ids.length
  }
  all.sort()
  let kept = 0
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) all[kept++] = all[i]!
  return all.slice(0, kept)
}
