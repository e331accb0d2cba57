// Rows of operations: who, what, progress, end.
import { sql } from 'kysely'
import type { Selection } from '../../model/selection.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import type { Actor } from '../history/record.ts'

export const UNDO_DAYS = 30

export type OperationRow = {
  project_id: number
  id: number
  name: string
  params: Record<string, unknown>
  state: 'running' | 'done' | 'cancelled' | 'failed'
  total: number
  applied: number
  unchanged: number
  refused: number
  cancel_requested: boolean
  actor_id: number | null
  actor_kind: 'person' | 'token' | 'system'
  actor_name: string | null
  undoes_id: number | null
  undone_by_id: number | null
  request_hash: string
  error: string | null
  created_at: string
  finished_at: string | null
}

const COLUMNS = sql`
  o.project_id, o.id, o.name, o.params, o.state, o.total, o.applied, o.unchanged, o.refused, o.cancel_requested, o.actor_id, o.actor_kind,
  o.undoes_id, o.undone_by_id, o.request_hash, o.error, o.created_at, o.finished_at,
  (select p.name from person p where p.id = o.actor_id) as actor_name`

export async function operationById(db: Queryable, project_id: number, id: number): Promise<OperationRow | null> {
  const { rows } =
    await sql<OperationRow>`select ${COLUMNS} from operation o where o.project_id = ${project_id} and o.id = ${id}`.execute(
      db,
    )
  return rows[0] ?? null
}

export async function operationByKey(
  db: Queryable,
  project_id: number,
  actor_id: number | null,
  key: string,
): Promise<OperationRow | null> {
  const { rows } = await sql<OperationRow>`
    select ${COLUMNS} from operation o where o.project_id = ${project_id} and o.actor_id = ${actor_id} and o.key = ${key}`.execute(
    db,
  )
  return rows[0] ?? null
}

type Page = { state: OperationRow['state'] | null; before: number | null; limit: number }

/** The newest first. */
export async function operationsBefore(
  db: Queryable,
  project_id: number,
  { state, before, limit }: Page,
): Promise<OperationRow[]> {
  // Written out: those that run have an index of their own.
  const inState = state === null ? sql`` : sql`and o.state = ${sql.lit(state)}`
  const { rows } = await sql<OperationRow>`
    select ${COLUMNS} from operation o
    where o.project_id = ${project_id} ${inState} and (${before}::int8 is null or o.id < ${before}::int8)
    order by o.id desc limit ${limit}`.execute(db)
  return rows
}

/**
 * An operation that is still running; null when there is none. What is told to be cancelled comes first: it costs no step.
 * Then the one that did least, so that a large one does not delay the small ones that came after it. Several may work on it at once, each on parts of its own: until this
 * transaction ends, nothing but its last part ends it.
 */
export async function joinRunning(tx: Tx): Promise<OperationRow | null> {
  const { rows } = await sql<OperationRow>`
    select ${COLUMNS} from operation o where o.state = 'running'
    order by o.cancel_requested desc, o.applied + o.unchanged + o.refused, o.id limit 1 for key share of o skip locked`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** Ends it before its last part, once all who work on it are through with their steps. Not if it has ended since. */
export async function stopRunning(
  tx: Tx,
  project_id: number,
  id: number,
  state: 'cancelled' | 'failed',
  error: string | null,
): Promise<void> {
  const { rows } = await sql`
    select 1 from operation where project_id = ${project_id} and id = ${id} and state = 'running' for update`.execute(
    tx,
  )
  if (rows.length > 0) await finishOperation(tx, project_id, id, state, error)
}

export type NewOperation = {
  project_id: number
  name: string
  params: object
  selection: Selection
  key: string | null
  request_hash: string
  actor: Actor
  undoes_id: number | null
}

/** @returns the id; null if this person already used the key (a race) */
export async function insertOperation(tx: Tx, o: NewOperation): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    insert into operation (project_id, name, params, selection, key, request_hash, actor_id, actor_kind, state, total, undoes_id)
    values (${o.project_id}, ${o.name}, ${JSON.stringify(o.params)}, ${JSON.stringify(o.selection)}, ${o.key}, ${o.request_hash},
            ${o.actor.person_id}, ${o.actor.kind}, 'running', 0, ${o.undoes_id})
    on conflict (project_id, actor_id, key) where key is not null do nothing returning id`.execute(tx)
  return rows[0]?.id ?? null
}

export async function finishOperation(
  tx: Queryable,
  project_id: number,
  id: number,
  state: 'done' | 'cancelled' | 'failed',
  error: string | null,
): Promise<void> {
  await sql`update operation set state = ${state}, error = ${error}, finished_at = now() where project_id = ${project_id} and id = ${id}`.execute(
    tx,
  )
  // An undo that changed nothing, or stopped half-way, may be tried again.
  await sql`
    update operation u set undone_by_id = null from operation o
    where o.project_id = ${project_id} and o.id = ${id} and u.project_id = o.project_id and u.id = o.undoes_id and u.undone_by_id = o.id
      and (o.applied = 0 or o.state <> 'done')`.execute(tx)
}

/** Marks an operation as undone by another. @returns false if somebody was faster */
export async function claimUndo(tx: Tx, project_id: number, undoes_id: number, id: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update operation set undone_by_id = ${id} where project_id = ${project_id} and id = ${undoes_id} and undone_by_id is null`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0) === 1
}

export async function requestCancel(db: Queryable, project_id: number, id: number): Promise<void> {
  await sql`update operation set cancel_requested = true where project_id = ${project_id} and id = ${id} and state = 'running'`.execute(
    db,
  )
}

/** Newest entry of the time ledger. The ledger's sequence is not cached, so later entries of a locked task are higher. */
export async function timeFloor(db: Queryable): Promise<number> {
  const { rows } = await sql<{ last_value: number }>`select last_value from time_entry_id`.execute(db)
  return rows[0]?.last_value ?? 0
}

export async function batchIds(db: Queryable, project_id: number): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`select id from batch where project_id = ${project_id}`.execute(db)
  return new Set(rows.map((r) => r.id))
}
