// The column index of this server process: which projects it holds, and for how long. Every answer may be null, "ask the
// database": while a project loads, when it is small, and when anything goes wrong here.
import type { Filter } from '../../model/filter.ts'
import type { FilterFieldName } from '../../model/task-fields.ts'
import type { IndexLimits } from '../config.ts'
import type { Database } from '../db/connect.ts'
import type { Log } from '../handler.ts'
import type { Cursor, Order } from '../tasks/filter-queries.ts'
import { columnsOf, indexFilter } from './index-filter.ts'
import { cursorKey, cursorPlace, indexOrder } from './index-order.ts'
import { IndexThread } from './index-thread.ts'
import type { KeptRows } from './kept-rows.ts'
import type { OrderKey } from './key-order.ts'
import type { Counts, Measure } from './messages.ts'
import { Behind, ProjectColumns } from './project-columns.ts'
import { changedLately, countAll, hasTasks } from './queries.ts'

/** `last_key`: what the last task is sorted by, as a cursor holds it. `kept`: what is known of the rows. */
export type FoundPage = { ids: number[]; last_key: OrderKey; has_more: boolean; kept: KeptRows }
/** A measure under a filter of the model. */
export type Wanted = { filter: Filter } & ({ what: 'total' } | { what: 'counts' | 'sum'; field: FilterFieldName })

const MINUTE_MS = 60_000
const IDLE_MS = 10 * MINUTE_MS
const WATCHED_MS = 5000
/** Changes are kept for an hour at least (jobs/purge-queries.ts); who has not looked for that long begins anew. */
const BEHIND_MS = 30 * MINUTE_MS
/** How soon a project that was too small, or that failed, is looked at again. */
const AGAIN_MS = 30_000
const MOST_AT_START = 10

export class ColumnIndex {
  readonly #db: Database
  readonly #limits: IndexLimits
  readonly #log: Log
  readonly #held = new Map<number, ProjectColumns>()
  readonly #notBefore = new Map<number, number>()
  readonly #loading = new Map<number, Promise<void>>()
  readonly #sweep: NodeJS.Timeout
  #thread: IndexThread | null = null
  /** How often everything that was known came to be in doubt. */
  #doubts = 0
  #isClosed = false

  constructor(db: Database, limits: IndexLimits, log: Log) {
    this.#db = db
    this.#limits = limits
    this.#log = log
    this.#sweep = setInterval(() => this.#dropOld(), MINUTE_MS)
    this.#sweep.unref()
  }

  /** @param place a cursor, or the number of rows to leave out. @returns up to `limit` ids in order */
  page(
    project_id: number,
    filter: Filter,
    order: Order,
    place: Cursor | { offset: number } | null,
    limit: number,
  ): Promise<FoundPage | null> {
    return this.#answer(project_id, [...columnsOf(filter), order.field], async (columns, now) => {
      const found = await indexFilter(this.#db, columns, filter)
      const at = place === null || 'offset' in place ? place : cursorPlace(order, place)
      for (;;) {
        const by = await indexOrder(this.#db, columns, order)
        const page = await columns.ask('page', { filter: found, order: by, place: at, limit, now })
        if (page) return { ...page, last_key: cursorKey(order, page.last_key), kept: columns.kept }
      }
    })
  }

  /** @returns a number for each total and sum, the tasks per value for each counts */
  measure(project_id: number, wanted: readonly Wanted[]): Promise<(number | Counts)[] | null> {
    const fields = wanted.flatMap((w) => [...columnsOf(w.filter), ...('field' in w ? [w.field] : [])])
    return this.#answer(project_id, fields, async (columns, now) => {
      const measures = await Promise.all(
        wanted.map(
          async ({ filter, ...w }) => ({ ...w, filter: await indexFilter(this.#db, columns, filter) }) as Measure,
        ),
      )
      return columns.ask('measure', { measures, now })
    })
  }

  /** At which row of a filter and order a task stands. @param by name: in lower case, '' for none */
  row(
    project_id: number,
    filter: Filter,
    order: Order,
    by: { task_id: number | null; name: string },
  ): Promise<{ row: number | null; task_id: number | null } | null> {
    return this.#answer(project_id, [...columnsOf(filter), order.field], async (columns, now) => {
      const found = await indexFilter(this.#db, columns, filter)
      for (;;) {
        const answer = await columns.ask('row', {
          ...by,
          filter: found,
          order: await indexOrder(this.#db, columns, order),
          now,
        })
        if (answer) return answer === 'none' ? { row: null, task_id: null } : answer
      }
    })
  }

  /** Whether it answers for a project now. Asking for one that it does not hold may make it load that. */
  holds(project_id: number): boolean {
    return this.#held.has(project_id)
  }

  /** Whether somebody asked about a project just now. */
  isWatched(project_id: number): boolean {
    const columns = this.#held.get(project_id)
    return columns !== undefined && Date.now() - columns.usedAt < WATCHED_MS
  }

  /** Loads a project that is large enough, and waits for it. @returns whether the index answers now */
  async load(project_id: number): Promise<boolean> {
    if (!this.#held.has(project_id)) await this.#consider(project_id)
    return this.#held.has(project_id)
  }

  /** Loads what people worked on before this start, so that the first who looks need not wait. Never fails. */
  async loadLately(): Promise<void> {
    const lately = await changedLately(this.#db, MOST_AT_START).catch(() => [])
    for (const project_id of lately) await this.#consider(project_id)
  }

  /** Takes in how far a bulk change of this project got. Never fails. */
  async follow(project_id: number): Promise<void> {
    try {
      await this.#held.get(project_id)?.follow()
    } catch (error) {
      if (!(error instanceof Behind)) this.#report(project_id, error)
    }
  }

  /**
   * A connection broke. The database may have crashed, and forgotten changes that were not yet on its disk (db/commit-later.ts),
   * whose numbers other transactions get now: everything is read again.
   */
  doubt(): void {
    this.#doubts++
    for (const project_id of this.#held.keys()) this.#drop(project_id)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#sweep)
    await this.#thread?.stop()
    // What is under way fails with the thread.
    await Promise.allSettled(this.#loading.values())
    this.#held.clear()
  }

  async #answer<A>(
    project_id: number,
    fields: readonly FilterFieldName[],
    make: (columns: ProjectColumns, now: number) => Promise<A>,
  ): Promise<A | null> {
    if (isOver(this.#held.get(project_id))) this.#drop(project_id)
    const columns = this.#held.get(project_id)
    if (!columns) {
      if (Date.now() >= (this.#notBefore.get(project_id) ?? 0)) void this.#consider(project_id)
      return null
    }
    try {
      return await make(columns, await columns.current(fields))
    } catch (error) {
      if (!(error instanceof Behind)) this.#report(project_id, error)
      return null
    }
  }

  /** Loads a project if it is large enough. Never fails. */
  #consider(project_id: number): Promise<void> {
    const known = this.#loading.get(project_id)
    if (known || this.#isClosed) return known ?? Promise.resolve()
    this.#notBefore.set(project_id, Date.now() + AGAIN_MS)
    const loading = this.#load(project_id)
      .catch((error) => this.#report(project_id, error))
      .finally(() => this.#loading.delete(project_id))
    this.#loading.set(project_id, loading)
    return loading
  }

  async #load(project_id: number): Promise<void> {
    const doubts = this.#doubts
    if (!(await hasTasks(this.#db, project_id, this.#limits.from))) return
    const expected = await countAll(this.#db, project_id)
    if (expected > this.#limits.rows || this.#isClosed) return
    this.#makeRoom(expected)
    this.#thread ??= new IndexThread((error) => this.#lost(error))
    const thread = this.#thread
    const columns = new ProjectColumns(this.#db, thread, project_id, this.#limits.step, (error) =>
      this.#report(project_id, error),
    )
    const startedAt = Date.now()
    try {
      const { rows, bytes } = await columns.load(expected)
      if (doubts !== this.#doubts) throw new Error('a connection broke while the column index read a project')
      this.#log.info({ project_id, rows, bytes, ms: Date.now() - startedAt }, 'the column index holds a project')
    } catch (error) {
      thread.forget(project_id)
      throw error
    }
    this.#held.set(project_id, columns)
  }

  #report(project_id: number, error: unknown): void {
    if (!this.#isClosed) this.#log.error({ err: error, project_id }, 'the column index failed; the database answers')
  }

  /** The thread is gone, and with it all that it held; the next question begins anew. */
  #lost(error: Error): void {
    this.#thread = null
    this.#held.clear()
    if (!this.#isClosed) this.#log.error({ err: error }, 'the thread of the column index has ended')
  }

  #drop(project_id: number): void {
    if (this.#held.delete(project_id)) this.#thread?.forget(project_id)
  }

  #dropOld(): void {
    for (const [project_id, columns] of this.#held) if (isOver(columns)) this.#drop(project_id)
    for (const [project_id, at] of this.#notBefore) if (at < Date.now()) this.#notBefore.delete(project_id)
  }

  /** Lets go of what was not used for longest. */
  #makeRoom(expected: number): void {
    const held = [...this.#held.values()].sort((a, b) => a.usedAt - b.usedAt)
    let total = held.reduce((sum, { rows }) => sum + rows, 0)
    for (const { project_id, rows } of held) {
      if (total + expected <= this.#limits.rows) return
      total -= rows
      this.#drop(project_id)
    }
  }
}

/** Whether nobody used it for long, it knows no more what it missed, or something got lost. */
const isOver = (columns: ProjectColumns | undefined) =>
  columns !== undefined &&
  (columns.isBroken || Date.now() - columns.usedAt > IDLE_MS || Date.now() - columns.currentAt > BEHIND_MS)
