// Where the grid's rows come from: any part of the list by row number, read where somebody looks and a little ahead.
import type { Task } from '../../../../contract/tasks.ts'
import { BLOCK, blocksOf, RowBlocks } from './row-blocks.ts'
import { RowRequests } from './row-requests.ts'

export type Page = { tasks: Task[]; people: { id: number; name: string }[] }
export type Place = { task_id: number } | { name: string }
export type Reads = {
  /** Rows by number. */
  page: (offset: number, limit: number, signal?: AbortSignal) => Promise<Page>
  count: () => Promise<number>
  /** At which row a task stands, by id or by name; null: nowhere in this list. */
  rowOf: (place: Place) => Promise<number | null>
  /** These tasks as they are now; `isMatching`: only those that still stand under the filter. */
  byIds: (ids: readonly number[], isMatching: boolean) => Promise<Page>
}

/** A row that must not move. `isHeld`: somebody's pointer or focus is on it; else it is only the first in view. */
export type Anchor = { row: number; id: number; isHeld: boolean }

/** Rows read ahead in the direction of scrolling: a second of quick wheel. */
const AHEAD = 150
const BEHIND = 25
/** Rows of one request where many are needed at once. */
const LARGE_PAGE = 500

export class TaskRows {
  readonly #reads: Reads
  readonly #requests: RowRequests
  #blocks = new RowBlocks()
  /** The list before a change, shown until its rows are read anew: row `i` then is row `i + shift` now. */
  #before: { blocks: RowBlocks; shift: number } | null = null
  #view = { first: 0, end: 0 }
  #isBack = false
  #total: number | null = null
  #counted: number | null = null
  #isCounting = false
  #refreshes = 0
  readonly #listeners = new Set<() => void>()
  readonly people = new Map<number, string>()
  /** Shown rows that left the filter since they were read; they keep their place while one of them is held. */
  gone: ReadonlySet<number> = new Set()
  error: unknown = null
  /** Rises with every change that a view must show. */
  version = 0

  /** @param first what was read of it already: its first rows and their number */
  constructor(reads: Reads, first: { page: Page; total: number } | null = null) {
    this.#reads = reads
    this.#requests = new RowRequests({
      read: (blocks, signal) => this.#readBlocks(blocks, signal),
      isHere: (block) => this.#blocks.has(block),
      onError: (error) => this.#fail(error),
    })
    if (!first) return
    this.#total = first.total
    this.#take(0, first.page)
  }

  /** Rows of the list as it is shown; null until it is known. */
  get total(): number | null {
    return this.#total
  }
  /** Exact number of tasks under the filter as last heard, also while the rows still stand as they did before. */
  get count(): number | null {
    return this.#counted ?? this.#total
  }
  get loadedCount(): number {
    return this.#blocks.count
  }
  /** undefined while it is not here */
  rowAt(row: number): Task | undefined {
    return this.#blocks.rowAt(row) ?? this.#before?.blocks.rowAt(row - this.#before.shift)
  }
  /** −1 if it is not here. */
  indexOf(id: number): number {
    return this.#blocks.indexOf(id)
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Rows [first, end) are in view: they are read, and then those that come next. */
  ensure(first: number, end: number): void {
    const isJump = Math.abs(first - this.#view.first) > 2 * BLOCK
    if (first !== this.#view.first) this.#isBack = first < this.#view.first
    this.#view = { first, end }
    const wanted = isJump ? blocksOf(first, end) : this.#withNext()
    this.#blocks.see(wanted)
    this.#requests.want(wanted)
  }

  /** The task at a row, read if need be. @throws ApiError */
  async read(row: number): Promise<Task | undefined> {
    const block = Math.floor(row / BLOCK)
    if (!this.#blocks.has(block)) this.#take(block, await this.#reads.page(block * BLOCK, BLOCK))
    return this.#blocks.rowAt(row)
  }

  /** At which row a task stands, by id or by name; null: nowhere in this list. @throws ApiError */
  find(place: Place): Promise<number | null> {
    return this.#reads.rowOf(place)
  }

  /**
   * Ids of rows first … last, in order; what is not here is read.
   * @param known ids by row that were read before; what is read is added
   * @returns null as soon as nobody wants them any more. @throws ApiError
   */
  async idsBetween(
    first: number,
    last: number,
    known: Map<number, number>,
    isWanted: () => boolean,
  ): Promise<number[] | null> {
    const found: number[] = []
    for (let row = first; row <= last; row++) {
      let id = this.rowAt(row)?.id ?? known.get(row)
      if (id === undefined) {
        const { tasks } = await this.#reads.page(row, Math.min(LARGE_PAGE, last - row + 1))
        tasks.forEach((t, i) => void known.set(row + i, t.id))
        if (!isWanted()) return null
        id = tasks[0]?.id
        if (id === undefined) break
      }
      found.push(id)
    }
    return found
  }

  /** Forgets the failure and goes on. */
  retry(): void {
    this.error = null
    this.#tell()
    this.#requests.restart()
    if (this.#total === null) void this.#count()
  }

  /**
   * Reads what is in view and the total anew; all rows change at once, none is missing meanwhile. While the anchor's
   * task is held but has left the list, the rows are renewed where they stand.
   * @returns how many rows further down the anchor stands now. @throws ApiError
   */
  async refresh(anchor: Anchor | null): Promise<number> {
    const call = ++this.#refreshes
    const [counted, row] = await Promise.all([
      this.#reads.count(),
      anchor ? this.#reads.rowOf({ task_id: anchor.id }) : null,
    ])
    if (call !== this.#refreshes) return 0
    if (anchor?.isHeld && row === null) {
      await this.#renew(call, counted)
      return 0
    }
    let shift = anchor && row !== null ? row - anchor.row : 0
    const { first, end } = this.#view
    const from = Math.max(0, Math.min(first + shift, counted - (end - first)))
    const blocks = blocksOf(from, Math.min(Math.max(from + 1, end + shift), counted))
    const offset = (blocks[0] ?? 0) * BLOCK
    const page = await this.#reads.page(offset, Math.max(1, blocks.length) * BLOCK)
    if (call !== this.#refreshes) return 0
    // It may have moved once more between the two questions.
    const inPage = anchor ? page.tasks.findIndex((t) => t.id === anchor.id) : -1
    if (anchor && inPage >= 0) shift = offset + inPage - anchor.row
    this.#before = { blocks: this.#blocks, shift }
    this.#blocks = new RowBlocks()
    this.gone = new Set()
    this.error = null
    this.#counted = null
    this.#total = counted
    this.#take(offset / BLOCK, page)
    this.#requests.restart()
    return shift
  }

  /** What is in view, where it stands. */
  async #renew(call: number, counted: number): Promise<void> {
    const { first, end } = this.#view
    const ids = Array.from({ length: end - first }, (_, i) => this.rowAt(first + i)?.id).filter(
      (id) => id !== undefined,
    )
    const matching = await this.#reads.byIds(ids, true)
    const found = new Set(matching.tasks.map((t) => t.id))
    const left = ids.filter((id) => !found.has(id))
    const others = left.length > 0 ? await this.#reads.byIds(left, false) : { tasks: [], people: [] }
    if (call !== this.#refreshes) return
    for (const { tasks, people } of [matching, others]) {
      this.#meet(people)
      for (const task of tasks) this.#blocks.replace(task)
    }
    this.gone = new Set([...[...this.gone].filter((id) => !found.has(id)), ...left])
    this.#counted = counted
    this.#tell()
  }

  /** The blocks in view, then those that come next in the direction of scrolling, then the ones just left. */
  #withNext(): number[] {
    const { first, end } = this.#view
    const inView = blocksOf(first, end)
    // The first rows come alone, so that they are there at once.
    if (this.#total === null) return inView
    const below = blocksOf(end, Math.min(this.#total, end + (this.#isBack ? BEHIND : AHEAD)))
    const above = blocksOf(first - (this.#isBack ? AHEAD : BEHIND), first).reverse()
    return [...new Set([...inView, ...(this.#isBack ? [...above, ...below] : [...below, ...above])])]
  }

  async #readBlocks(blocks: readonly number[], signal: AbortSignal): Promise<void> {
    const [offset, limit] = [(blocks[0] as number) * BLOCK, blocks.length * BLOCK]
    if (this.#total === null) void this.#count()
    const page = await this.#reads.page(offset, limit, signal)
    if (signal.aborted) return
    // The last page says where the list ends; one beyond the end, that it became shorter than it was.
    if (page.tasks.length < limit && (page.tasks.length > 0 || offset === 0)) this.#total = offset + page.tasks.length
    else if (page.tasks.length === 0) void this.#count()
    this.#take(blocks[0] as number, page)
    this.#requests.want(this.#withNext())
  }

  async #count(): Promise<void> {
    if (this.#isCounting) return
    this.#isCounting = true
    const call = this.#refreshes
    try {
      const counted = await this.#reads.count()
      // A refresh that came between knows better.
      if (call === this.#refreshes) this.#total = counted
      this.#tell()
    } catch (error) {
      this.#fail(error)
    }
    this.#isCounting = false
  }

  #take(block: number, { tasks, people }: Page): void {
    this.#meet(people)
    this.#blocks.put(block, tasks)
    this.#tell()
  }

  #meet(people: Page['people']): void {
    for (const { id, name } of people) this.people.set(id, name)
  }

  #fail(error: unknown): void {
    this.error = error
    this.#tell()
  }

  #tell(): void {
    this.version += 1
    for (const listener of this.#listeners) listener()
  }
}
