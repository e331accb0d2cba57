// One project's loop while somebody looks at it: asks the database what was committed and tells every viewer.
import { setTimeout as sleep } from 'node:timers/promises'
import { LIVE_IDS_MAX, type LiveMessage, type LiveOperation } from '../../contract/live.ts'
import { effectiveRole, mayInProject } from '../../model/permission.ts'
import type { Database } from '../db/connect.ts'
import {
  changesOfLast,
  changesSince,
  operationsNow,
  type Position,
  positionNow,
  rolesOfViewers,
} from './live-queries.ts'
import type { Viewer } from './viewer.ts'

/** Between two looks. A change is told after 250 ms on average; a look costs a probe of two indexes. */
const LOOK_MS = 500
/** Who was removed stops hearing after this. */
const RIGHTS_MS = 3000
const PING_MS = 15_000
/** A page is read before its stream begins: what happened in between is told at the beginning. */
const LOOK_BACK_S = 10

export class ProjectFeed {
  readonly #db: Database
  readonly #project_id: number
  readonly #onError: (error: unknown) => void
  readonly #viewers = new Set<Viewer>()
  /** id → how the operation stood when it was last told */
  #told = new Map<number, string>()
  #loop: Promise<void> | null = null
  #start: Promise<Position> | null = null
  readonly #stop = new AbortController()

  constructor(db: Database, project_id: number, onError: (error: unknown) => void) {
    this.#db = db
    this.#project_id = project_id
    this.#onError = onError
  }

  get viewerCount(): number {
    return this.#viewers.size
  }

  /** Its last viewer has left. */
  get isOver(): boolean {
    return this.#stop.signal.aborted
  }

  /** From here on the viewer hears everything; first what was changed in the last seconds. */
  async add(viewer: Viewer): Promise<void> {
    this.#viewers.add(viewer)
    try {
      this.#start ??= this.#begin()
      const position = await this.#start
      this.#loop ??= this.#run(position)
      viewer.send({ kind: 'hello' })
      const changed = await changesOfLast(this.#db, this.#project_id, LOOK_BACK_S)
      if (changed === null || changed.length > 0) viewer.send(tasksMessage(changed))
      if (viewer.mayFollowOperations) {
        const operations = await operationsNow(this.#db, this.#project_id, [])
        if (operations.length > 0) viewer.send({ kind: 'operations', operations })
      }
    } catch (error) {
      viewer.stream.destroy()
      throw error
    }
  }

  /** The loop ends with its last viewer; a feed does not begin again. */
  leave(viewer: Viewer): void {
    this.#viewers.delete(viewer)
    if (this.#viewers.size === 0) this.#stop.abort()
  }

  /** Ends every stream, then the loop. */
  async close(): Promise<void> {
    for (const viewer of this.#viewers) this.#dismiss(viewer)
    await this.#loop
  }

  #dismiss(viewer: Viewer): void {
    viewer.end()
    this.leave(viewer)
  }

  async #begin(): Promise<Position> {
    const position = await positionNow(this.#db)
    this.#told = standings(await operationsNow(this.#db, this.#project_id, []))
    return position
  }

  async #run(start: Position): Promise<void> {
    let position = start
    let rightsAt = Date.now()
    while (this.#viewers.size > 0) {
      await sleep(LOOK_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined)
      if (this.#viewers.size === 0) break
      try {
        if (Date.now() - rightsAt >= RIGHTS_MS) {
          rightsAt = Date.now()
          await this.#checkRights()
        }
        position = await this.#tellTasks(position)
        if ([...this.#viewers].some((v) => v.mayFollowOperations)) await this.#tellOperations()
        await this.#checkSessions()
      } catch (error) {
        // The database is away for a moment: the position stays, so nothing is lost.
        this.#onError(error)
      }
    }
  }

  async #tellTasks(from: Position): Promise<Position> {
    const { ids, position } = await changesSince(this.#db, this.#project_id, from)
    if (ids === null || ids.length > 0) this.#tell(tasksMessage(ids))
    return position
  }

  async #tellOperations(): Promise<void> {
    const running = [...this.#told].filter(([, state]) => state.startsWith('running')).map(([id]) => id)
    const operations = await operationsNow(this.#db, this.#project_id, running)
    const news = operations.filter((o) => this.#told.get(o.id) !== standing(o))
    this.#told = standings(operations)
    if (news.length > 0) this.#tell({ kind: 'operations', operations: news }, (v) => v.mayFollowOperations)
  }

  async #checkRights(): Promise<void> {
    const roles = await rolesOfViewers(this.#db, this.#project_id, [
      ...new Set([...this.#viewers].map((v) => v.person_id)),
    ])
    for (const viewer of this.#viewers) {
      const found = roles.get(viewer.person_id)
      const role = found ? effectiveRole(found.organization_role, found.project_role) : null
      if (!role || mayInProject(role, 'view_tasks') !== true) this.#dismiss(viewer)
      else viewer.mayFollowOperations = mayInProject(role, 'run_operation') === true
    }
  }

  async #checkSessions(): Promise<void> {
    for (const viewer of this.#viewers) {
      if (Date.now() - viewer.checkedAt < PING_MS) continue
      viewer.checkedAt = Date.now()
      if (await viewer.isSignedIn()) viewer.ping()
      else this.#dismiss(viewer)
    }
  }

  #tell(message: LiveMessage, toWhom: (viewer: Viewer) => boolean = () => true): void {
    for (const viewer of this.#viewers) if (toWhom(viewer)) viewer.send(message)
  }
}

const tasksMessage = (ids: number[] | null): LiveMessage =>
  ids === null || ids.length > LIVE_IDS_MAX
    ? { kind: 'tasks', ids: [], many: true }
    : { kind: 'tasks', ids, many: false }

const standing = (o: LiveOperation) => [o.state, o.total, o.applied, o.unchanged, o.refused].join()
const standings = (operations: readonly LiveOperation[]) => new Map(operations.map((o) => [o.id, standing(o)]))
