// The columns of one project on the server's side: loads them into the thread, and brings them up to date before each
// question.
import type { Condition } from '../../model/filter.ts'
import type { FilterFieldName } from '../../model/task-fields.ts'
import type { Database } from '../db/connect.ts'
import { type Changed, ChangeLog } from './change-log.ts'
import { Coalesced } from './coalesce.ts'
import type { IndexThread } from './index-thread.ts'
import { KeptRows } from './kept-rows.ts'
import { HELD_COLUMNS, type HeldColumn, heldColumn } from './layout.ts'
import type { Question, Questions } from './messages.ts'
import { changesSince, currentSnapshot, readRows, tasksWith, type Which } from './queries.ts'
import { hasGoneBack } from './snapshot.ts'
import type { WireRows } from './table.ts'

const CHANGING = HELD_COLUMNS.filter((column) => !column.is_fixed)
/** Told by every change, new tasks too, since every question is about it. */
const ALWAYS: FilterFieldName = 'is_archived'
/** From so many new changes on, all columns take them in at once: one that waits its turn would meet a mountain of them. */
const BULK = 500
/** Beyond so many changed tasks, or this share of them, nobody waits until they are read: the database answers meanwhile. */
const MANY = 50_000
const MANY_SHARE = 1 / 8
/** Answers of the database that are kept for the next question. */
const MOST_FOUND = 20

/** So much has changed that it is read in the background. */
export class Behind extends Error {}

export class ProjectColumns {
  readonly project_id: number
  /** Tasks it holds. */
  rows = 0
  /** Whether a change got lost, on its way or by the database, so that answers may be wrong from now on. */
  isBroken = false
  usedAt = Date.now()
  /** Never older than what it last knew. */
  readonly kept = new KeptRows()
  /** When it last knew everything; changes are kept for an hour. */
  currentAt = Date.now()
  readonly #db: Database
  readonly #thread: IndexThread
  /** Tasks that one statement reads. */
  readonly #step: number
  readonly #log = new ChangeLog(CHANGING.map((column) => column.name))
  readonly #catchUp = new Coalesced((columns: ReadonlySet<FilterFieldName>) => this.#takeChanges(columns))
  /** Tasks of conditions, as of a change; millions of ids may be in it. */
  readonly #found = new Map<string, Promise<Uint8Array>>()
  #foundAt = 0
  #snapshot = ''
  /** Reads what was too much to wait for. */
  #behind: Promise<void> | null = null

  readonly #report: (error: unknown) => void

  /** @param report told of what fails while nobody waits for it */
  constructor(db: Database, thread: IndexThread, project_id: number, step: number, report: (error: unknown) => void) {
    this.#report = report
    this.#db = db
    this.#thread = thread
    this.project_id = project_id
    this.#step = step
  }

  /** Reads everything. What changes meanwhile is read again before the first question. */
  async load(expected: number): Promise<{ rows: number; bytes: number }> {
    this.#snapshot = await currentSnapshot(this.#db)
    await this.ask('begin', { expected })
    await this.#readPages(HELD_COLUMNS, (rows) => this.ask('insert', { rows }))
    const size = await this.ask('finish', {})
    this.rows = size.rows
    this.currentAt = this.usedAt = Date.now()
    return size
  }

  /**
   * Brings some columns up to date with everything that was committed before the call.
   * @throws Behind
   * @returns the database's clock, ms since epoch
   */
  current(columns: Iterable<FilterFieldName>): Promise<number> {
    this.usedAt = Date.now()
    return this.#catchUp.next([ALWAYS, ...columns])
  }

  /** Takes in what a bulk change wrote: the next who looks need not wait for all of it. */
  async follow(): Promise<void> {
    await this.#catchUp.next([])
  }

  ask<Q extends Question>(question: Q, input: Questions[Q][0]): Promise<Questions[Q][1]> {
    return this.#thread.ask(this.project_id, question, input)
  }

  /** The tasks that a condition holds for, from the database. What it looks at changes only with tasks, unless `fleeting`. */
  tasksWith(condition: Condition, fleeting: boolean): Promise<Uint8Array> {
    const find = () => tasksWith(this.#db, this.project_id, condition)
    if (fleeting) return find()
    if (this.#foundAt !== this.#log.number) this.#found.clear()
    this.#foundAt = this.#log.number
    const key = JSON.stringify(condition)
    const known = this.#found.get(key)
    if (known) return known
    const tasks = find()
    this.#found.set(key, tasks)
    if (this.#found.size > MOST_FOUND) this.#found.delete(this.#found.keys().next().value as string)
    tasks.catch(() => this.#found.delete(key))
    return tasks
  }

  async #takeChanges(columns: ReadonlySet<FilterFieldName>): Promise<number> {
    const startedAt = Date.now()
    const { snapshot, now, ids } = await changesSince(this.#db, this.project_id, this.#snapshot)
    if (hasGoneBack(this.#snapshot, snapshot)) {
      this.isBroken = true
      throw new Error('the database has forgotten what the column index knows')
    }
    this.#log.add(ids, this.rows)
    this.kept.forget(ids)
    this.#snapshot = snapshot
    this.currentAt = startedAt
    const lacking = this.#log.lacking(ids.length < BULK ? columns : CHANGING.map((column) => column.name))
    if (lacking.columns.length === 0) return now
    const many = Math.max(MANY, this.rows * MANY_SHARE)
    if (lacking.ids !== null && lacking.ids.length <= many) await this.#take(lacking.columns, lacking.ids)
    else {
      this.#behind ??= this.#take(lacking.columns, lacking.ids)
        .catch((error) => this.#report(error))
        .finally(() => {
          this.#behind = null
        })
      throw new Behind()
    }
    return now
  }

  /** Reads some columns of some tasks anew; what changes meanwhile is still lacking afterwards. */
  async #take(names: readonly FilterFieldName[], ids: Changed): Promise<void> {
    const { number } = this.#log
    const columns = names.map((name) => heldColumn(name) as HeldColumn)
    if (ids === null) await this.#readPages(columns, (rows) => this.#apply(rows))
    else
      for (let i = 0; i < ids.length; i += this.#step) {
        const which = together(ids.subarray(i, i + this.#step))
        const rows = await readRows(this.#db, this.project_id, columns, which)
        if (rows) await this.#apply(rows)
      }
    this.#log.took(names, number)
  }

  async #readPages(columns: readonly HeldColumn[], use: (rows: WireRows) => Promise<unknown>): Promise<void> {
    for (let after = 0; ; ) {
      const rows = await readRows(this.#db, this.project_id, columns, { after, limit: this.#step })
      if (!rows) return
      after = lastOf(rows.ids)
      await use(rows)
    }
  }

  async #apply(rows: WireRows): Promise<void> {
    const unknown = await this.#change('apply', rows)
    if (unknown.length === 0) return
    const added = await readRows(this.#db, this.project_id, HELD_COLUMNS, { ids: unknown })
    if (added) this.rows = await this.#change('insert', added)
  }

  async #change<Q extends 'apply' | 'insert'>(question: Q, rows: WireRows): Promise<Questions[Q][1]> {
    try {
      return await this.#thread.ask(this.project_id, question, { rows })
    } catch (error) {
      this.isBroken = true
      throw error
    }
  }
}

/** Near ones are read by their range: a task costs 1.5 µs then, and 5 µs when it is looked up by itself. */
function together(ids: Float64Array): Which {
  const [from, to] = [ids[0]!, ids[ids.length - 1]!]
  return to - from < 3 * ids.length ? { from, to } : { ids: [...ids] }
}

function lastOf(ids: Uint8Array): number {
  const view = new DataView(ids.buffer, ids.byteOffset + ids.byteLength - 8)
  return view.getUint32(0) * 2 ** 32 + view.getUint32(4)
}
