// Where the grid's rows come from: one small interface, so that another way of loading changes nothing else.
// This one reads keyset pages from the top down and keeps them.
import type { Task } from '../../../../contract/tasks.ts'

/** Rows by index. `version` rises with every change that a view must show. */
export interface RowSource {
  /** Exact number of rows; null until it is known. */
  readonly total: number | null
  readonly version: number
  /** undefined while it is not loaded */
  rowAt(index: number): Task | undefined
  /** Starts to load rows [from, to). */
  ensure(from: number, to: number): void
  subscribe(listener: () => void): () => void
}

export type Page = { tasks: Task[]; people: { id: number; name: string }[]; next_cursor: string | null }
export type Reads = {
  page: (cursor: string | null, limit: number) => Promise<Page>
  count: () => Promise<number>
  /** These tasks as they are now; `isMatching`: only those that still stand under the filter. */
  byIds: (ids: readonly number[], isMatching: boolean) => Promise<Page>
}

/** The first page is small, so that it is there at once; the next are as large as the server gives. */
const FIRST_PAGE = 100
const NEXT_PAGE = 500

type Loaded = { rows: Task[]; indexes: Map<number, number>; cursor: string | null; isWhole: boolean }
const empty = (): Loaded => ({ rows: [], indexes: new Map(), cursor: null, isWhole: false })

export class KeysetRows implements RowSource {
  readonly #reads: Reads
  #loaded = empty()
  #counted: number | null = null
  #wanted = 0
  #running: Promise<void> | null = null
  #reloading: Promise<void> | null = null
  readonly #listeners = new Set<() => void>()
  readonly people = new Map<number, string>()
  /** Shown rows that left the filter since they were loaded. */
  gone: ReadonlySet<number> = new Set()
  /** True when a reload would show other rows or another order. */
  isOld = false
  error: unknown = null
  version = 0

  constructor(reads: Reads) {
    this.#reads = reads
  }

  get total(): number | null {
    if (this.#loaded.isWhole) return this.#loaded.rows.length
    return this.#counted === null ? null : Math.max(this.#counted, this.#loaded.rows.length)
  }
  get loadedCount(): number {
    return this.#loaded.rows.length
  }
  loadedIds = (): number[] => this.#loaded.rows.map((t) => t.id)
  rowAt = (index: number): Task | undefined => this.#loaded.rows[index]
  /** −1 if it is not loaded. */
  indexOf = (id: number): number => this.#loaded.indexes.get(id) ?? -1

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  ensure(_from: number, to: number): void {
    this.#wanted = to
    if (this.#isCovered(this.#loaded, to) || this.#running || this.error) return
    this.#running = this.#run().finally(() => {
      this.#running = null
    })
  }

  /** Resolves once rows [0, to) are loaded, or as many as there are. @throws ApiError */
  async load(to: number): Promise<void> {
    while (!this.#isCovered(this.#loaded, to)) {
      await this.#running
      if (this.error) throw this.error
      if (!this.#isCovered(this.#loaded, to)) this.ensure(0, to)
    }
  }

  /** Forgets the failure and goes on. */
  retry(): void {
    this.error = null
    this.#tell()
    this.ensure(0, Math.max(1, this.#wanted))
  }

  /** Reads everything anew; what is shown stays until the visible rows are there. */
  reload(): Promise<void> {
    this.#reloading ??= this.#readAnew().finally(() => {
      this.#reloading = null
    })
    return this.#reloading
  }

  /** Renews rows in place: none moves, none leaves. @returns ids that left the filter */
  async renew(ids: readonly number[]): Promise<ReadonlySet<number>> {
    const before = this.#loaded
    const [matching, counted] = await Promise.all([this.#reads.byIds(ids, true), this.#reads.count()])
    const found = new Set(matching.tasks.map((t) => t.id))
    const left = ids.filter((id) => !found.has(id))
    const others = left.length > 0 ? await this.#reads.byIds(left, false) : { tasks: [], people: [], next_cursor: null }
    if (before !== this.#loaded) return new Set()
    const isChanged = this.#replace([...matching.tasks, ...others.tasks])
    for (const page of [matching, others]) this.#meet(page)
    const gone = new Set([...[...this.gone].filter((id) => !found.has(id)), ...left])
    const isOld = this.isOld || gone.size > 0 || counted !== this.total
    if (isChanged || isOld !== this.isOld || gone.size !== this.gone.size) {
      this.gone = gone
      this.isOld = isOld
      this.#tell()
    }
    return gone
  }

  async #run(): Promise<void> {
    try {
      const counting = this.#counted === null ? this.#reads.count() : null
      while (!this.#isCovered(this.#loaded, this.#wanted)) {
        const into = this.#loaded
        await this.#readPage(into)
        if (counting) this.#counted = await counting
        this.#tell()
      }
    } catch (error) {
      this.error = error
      this.#tell()
    }
  }

  async #readAnew(): Promise<void> {
    const fresh = empty()
    try {
      const counted = await this.#reads.count()
      while (!this.#isCovered(fresh, Math.max(1, this.#wanted))) await this.#readPage(fresh)
      this.#counted = counted
      this.#loaded = fresh
      this.gone = new Set()
      this.isOld = false
      this.error = null
    } catch (error) {
      if (this.#loaded.rows.length === 0) this.error = error
    }
    this.#tell()
  }

  async #readPage(into: Loaded): Promise<void> {
    const page = await this.#reads.page(into.cursor, into.rows.length === 0 ? FIRST_PAGE : NEXT_PAGE)
    this.#meet(page)
    for (const task of page.tasks) {
      // A row that moved down while pages were read would come twice.
      if (into.indexes.has(task.id)) continue
      into.indexes.set(task.id, into.rows.length)
      into.rows.push(task)
    }
    into.cursor = page.next_cursor
    into.isWhole = page.next_cursor === null
  }

  #replace(tasks: readonly Task[]): boolean {
    let isChanged = false
    for (const task of tasks) {
      const index = this.#loaded.indexes.get(task.id)
      if (index === undefined || JSON.stringify(this.#loaded.rows[index]) === JSON.stringify(task)) continue
      this.#loaded.rows[index] = task
      isChanged = true
    }
    return isChanged
  }

  #meet(page: Page): void {
    for (const { id, name } of page.people) this.people.set(id, name)
  }

  #isCovered = (loaded: Loaded, to: number): boolean => loaded.isWhole || loaded.rows.length >= to

  #tell(): void {
    this.version += 1
    for (const listener of this.#listeners) listener()
  }
}
