// A range of rows that is selected, from where it began to where it has come. What is not here is read first, by one
// reader however quickly the range grows, and no row twice. No React: so the count can be held to what it says.
import { isSelected, NOTHING, type TaskSelection, withTasks } from '../selection-model.ts'
import type { TaskRows } from './row-source.ts'

/** Rows whose ids are read for a range: twenty requests at most. For more, there is the filter. */
export const MOST_ROWS = 10_000

type Options = {
  source: TaskRows
  from: number
  /** What was selected before. */
  base: TaskSelection
  /** Whether the range selects; else it unselects. */
  isOn: boolean
  onSelect: (next: TaskSelection) => void
  onTooLong: () => void
  onFailed: (error: unknown) => void
}

export class RowRange {
  readonly #options: Options
  #from: number
  #to: number
  #ids = new Map<number, number>()
  readonly #made = new WeakSet<TaskSelection>()
  #isReading = false
  #isStopped = false

  constructor(options: Options) {
    this.#options = options
    this.#from = options.from
    this.#to = options.from
    this.#made.add(options.base)
  }

  /** Whether the range itself selected this, or began with it. */
  hasMade = (selection: TaskSelection): boolean => this.#made.has(selection)

  /** The range holds everything from where it began up to this row. */
  async extend(to: number): Promise<void> {
    this.#to = to
    if (this.#isReading) return
    this.#isReading = true
    try {
      let next: TaskSelection | 'too long' | null = null
      while (!next && !this.#isStopped) next = await this.#read()
      if (this.#isStopped || !next) return
      if (next === 'too long') this.#options.onTooLong()
      else this.#select(next)
    } catch (error) {
      if (!this.#isStopped) this.#options.onFailed(error)
    } finally {
      this.#isReading = false
    }
  }

  /** Something else was selected: what is still being read goes nowhere. */
  stop(): void {
    this.#isStopped = true
  }

  /** Rows came above it. */
  follow(rows: number): void {
    if (rows === 0) return
    this.#from += rows
    this.#to += rows
    this.#ids = new Map()
  }

  #select(next: TaskSelection): void {
    this.#made.add(next)
    if (next.kind === 'ids' && next.ids.size === 0) this.#made.add(NOTHING)
    this.#options.onSelect(next)
  }

  /** @returns null if the range went on meanwhile */
  async #read(): Promise<TaskSelection | 'too long' | null> {
    const { source, base, isOn } = this.#options
    const [first, last] = [Math.min(this.#from, this.#to), Math.max(this.#from, this.#to)]
    if (last - first < MOST_ROWS) {
      const ids = await this.#idsOf(first, last)
      return ids && withTasks(base, ids, isOn)
    }
    const end = (source.total ?? Number.POSITIVE_INFINITY) - 1
    if (!this.#canBeAllBut() || first + end - last > MOST_ROWS) return 'too long'
    // Nearly everything, as up to the end: named is what is left out.
    const above = await this.#idsOf(0, first - 1)
    const below = above && (await this.#idsOf(last + 1, end))
    return below && { kind: 'matching', except: new Set([...above, ...below].filter((id) => !isSelected(base, id))) }
  }

  /** Whether nothing is selected that may stand outside of the list. */
  #canBeAllBut(): boolean {
    const { base, isOn, source } = this.#options
    const isAlone = base.kind === 'ids' && [...base.ids].every((id) => source.indexOf(id) === this.#from)
    return isOn && (base.kind === 'matching' || isAlone)
  }

  #idsOf(first: number, last: number): Promise<number[] | null> {
    const [to, ids] = [this.#to, this.#ids]
    const isWanted = () => !this.#isStopped && this.#to === to && this.#ids === ids
    return this.#options.source.idsBetween(first, last, ids, isWanted)
  }
}
