// Rows of operations: the frozen set, outcomes, progress, what undo needs.
import { type RawBuilder, sql } from 'kysely'
import type { Selection } from '../../model/selection.ts'
import type { Decision, LockedTask, TaskRow } from '../../model/task.ts'
import { array, ids } from '../db/array.ts'
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

export async function operationsBefore(
  db: Queryable,
  project_id: number,
  before: number | null,
  limit: number,
): Promise<OperationRow[]> {
  const { rows } = await sql<OperationRow>`
    select ${COLUMNS} from operation o where o.project_id = ${project_id} and (${before}::int8 is null or o.id < ${before}::int8)
    order by o.id desc limit ${limit}`.execute(db)
  return rows
}

/**
 * An operation that is still running, locked; null when there is none or others hold them all. The one that did
 * least comes first, so that a large one does not delay the small ones that came after it.
 */
export async function lockRunning(tx: Tx, id?: { project_id: number; id: number }): Promise<OperationRow | null> {
  const which = id ? sql`and o.project_id = ${id.project_id} and o.id = ${id.id}` : sql``
  const { rows } = await sql<OperationRow>`
    select ${COLUMNS} from operation o where o.state = 'running' ${which} 
    order by o.applied + o.unchanged + o.refused, o.id limit 1 for update of o skip locked`.execute(tx)
  return rows[0] ?? null
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

/** Freezes the target: later arrivals are untouched. @returns how many tasks */
export async function freeze(
  tx: Tx,
  project_id: number,
  operation_id: number,
  target: RawBuilder<boolean>,
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into operation_task (project_id, operation_id, task_id)
    select ${project_id}::int8, ${operation_id}::int8, t.id from task t where ${target}`.execute(tx)
  const total = Number(numAffectedRows ?? 0)
  await sql`update operation set total = ${total} where project_id = ${project_id} and id = ${operation_id}`.execute(tx)
  return total
}

/** The tasks that another operation applied, as the target of its undo. */
export async function freezeApplied(
  tx: Tx,
  project_id: number,
  operation_id: number,
  undoes_id: number,
): Promise<number> {
  const target = sql<boolean>`t.project_id = ${project_id} and t.id in (
    select x.task_id from operation_task x where x.project_id = ${project_id} and x.operation_id = ${undoes_id} and x.outcome = 'applied')`
  return freeze(tx, project_id, operation_id, target)
}

/** @param plan a query of (task_id, plan) */
export async function writePlan(
  tx: Tx,
  project_id: number,
  operation_id: number,
  plan: RawBuilder<unknown> | null,
): Promise<void> {
  if (!plan) return
  await sql`
    update operation_task x set plan = p.plan from (${plan}) p
    where x.project_id = ${project_id} and x.operation_id = ${operation_id} and x.task_id = p.task_id`.execute(tx)
}

export async function readPlan(db: Queryable, plan: RawBuilder<unknown> | null): Promise<Map<number, string>> {
  if (!plan) return new Map()
  const { rows } = await sql<{ task_id: number; plan: string }>`${plan}`.execute(db)
  return new Map(rows.map((r) => [r.task_id, r.plan]))
}

/** The next tasks without an outcome. */
export async function nextOfFrozen(
  tx: Tx,
  project_id: number,
  operation_id: number,
  limit: number,
): Promise<{ task_id: number; plan: string | null }[]> {
  const { rows } = await sql<{ task_id: number; plan: string | null }>`
    select task_id, plan from operation_task where project_id = ${project_id} and operation_id = ${operation_id} and outcome is null
    order by task_id limit ${limit}`.execute(tx)
  return rows
}

export type Outcome = { task_id: number; decision: Decision; task: LockedTask | null }

/** Marks tasks of a step and moves the counters. For applied ones it keeps the columns as they were. */
export async function markOutcomes(
  tx: Tx,
  project_id: number,
  operation_id: number,
  outcomes: readonly Outcome[],
): Promise<void> {
  const refused = (d: Decision) => (d.outcome === 'refused' ? d : null)
  await sql`
    update operation_task x set outcome = p.outcome, reason = p.reason, person_id = p.person_id, before = cast(p.before as jsonb), version_after = p.version_after
    from unnest(${ids(outcomes.map((o) => o.task_id))}, ${array(
      outcomes.map((o) => o.decision.outcome),
      'text',
    )},
      ${array(
        outcomes.map((o) => refused(o.decision)?.reason ?? null),
        'text',
      )}, ${array(
        outcomes.map((o) => refused(o.decision)?.person_id ?? null),
        'int8',
      )},
      ${array(outcomes.map(snapshot), 'text')}, ${array(
        outcomes.map((o) => (o.decision.outcome === 'applied' && o.task ? o.task.version + 1 : null)),
        'int4',
      )}
    ) as p(id, outcome, reason, person_id, before, version_after)
    where x.project_id = ${project_id} and x.operation_id = ${operation_id} and x.task_id = p.id`.execute(tx)
  const count = (outcome: string) => outcomes.filter((o) => o.decision.outcome === outcome).length
  await sql`
    update operation set applied = applied + ${count('applied')}, unchanged = unchanged + ${count('unchanged')}, refused = refused + ${count('refused')}
    where project_id = ${project_id} and id = ${operation_id}`.execute(tx)
}

function snapshot({ decision, task }: Outcome): string | null {
  if (decision.outcome !== 'applied' || !task) return null
  return JSON.stringify(
    Object.fromEntries(Object.keys(decision.patch).map((column) => [column, task[column as keyof TaskRow]])),
  )
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

/** What undo restores, of some tasks. */
export async function snapshotsOf(db: Queryable, project_id: number, operation_id: number, taskIds: readonly number[]) {
  const { rows } = await sql<{ task_id: number; before: Partial<TaskRow> | null; version_after: number }>`
    select task_id, before, version_after from operation_task
    where project_id = ${project_id} and operation_id = ${operation_id} and task_id = any(${ids(taskIds)}) and outcome = 'applied'`.execute(
    db,
  )
  return new Map(rows.map((r) => [r.task_id, r]))
}

/** What the frozen set holds, for the typed confirmation. */
export async function weightOf(
  db: Queryable,
  project_id: number,
  operation_id: number,
): Promise<{ objects: number; completed: number }> {
  const { rows } = await sql<{ objects: number; completed: number }>`
    select coalesce(sum(t.object_count), 0)::int8 as objects, count(*) filter (where s.kind = 'completed') as completed
    from operation_task x join task t on t.project_id = x.project_id and t.id = x.task_id
    join stage s on s.project_id = t.project_id and s.id = t.stage_id
    where x.project_id = ${project_id} and x.operation_id = ${operation_id}`.execute(db)
  return rows[0] ?? { objects: 0, completed: 0 }
}

export type ResultRow = {
  task_id: number
  name: string
  outcome: 'applied' | 'unchanged' | 'refused' | null
  reason: string | null
  person_name: string | null
}

export async function resultsOf(
  db: Queryable,
  at: { project_id: number; operation_id: number; outcome: string | null; after: number; limit: number },
): Promise<ResultRow[]> {
  const { rows } = await sql<ResultRow>`
    select x.task_id, coalesce(t.name, '') as name, x.outcome, x.reason, p.name as person_name
    from operation_task x left join task t on t.project_id = x.project_id and t.id = x.task_id left join person p on p.id = x.person_id
    where x.project_id = ${at.project_id} and x.operation_id = ${at.operation_id} and x.task_id > ${at.after}
      and (${at.outcome}::text is null or x.outcome = ${at.outcome}::text)
    order by x.task_id limit ${at.limit}`.execute(db)
  return rows
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
