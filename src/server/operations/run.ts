// The road of every bulk operation: freeze the ids, compare with what was expected, then step by step, one
// transaction each: lock, decide, change, record, mark. A restart goes on where an outcome is missing.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Failure } from '../../model/failure.ts'
import { requireAllFound, type Selection } from '../../model/selection.ts'
import type { Decision, LockedTask } from '../../model/task.ts'
import type { Tx } from '../db/connect.ts'
import type { App, ProjectScope } from '../handler.ts'
import { type Actor, record } from '../history/record.ts'
import { inputProblem } from '../input.ts'
import { projectById } from '../projects/scope-queries.ts'
import { selectionSql } from '../tasks/filter-queries.ts'
import { lockTasks } from '../tasks/queries.ts'
import { contextOf } from './context.ts'
import { stepFailed, stepSucceeded } from './failing.ts'
import { operationNamed } from './index.ts'
import type { Operation, OperationContext } from './operation.ts'
import * as rows from './operation-queries.ts'

export type RunRequest = {
  name: string
  params: unknown
  selection: Selection
  expected_count?: number
  confirm?: number
  key: string | null
  undoes_id?: number
}

/** Above this many objects, removing annotations is confirmed by typing the number (domain.md 4.1). */
export const CONFIRM_OBJECTS = 1000

/**
 * Runs an operation: small sets in this call and in one transaction, large ones in the background.
 * @returns the operation, finished or running. The same key and request give the same operation.
 * @throws Failure
 */
export async function runOperation(
  app: App,
  project: ProjectScope,
  actor: Actor,
  request: RunRequest,
): Promise<rows.OperationRow> {
  const project_id = project.row.id
  const operation = operationNamed(request.name)
  const raw = checkParams(operation, request.params)
  const request_hash = hashOf({ name: request.name, params: request.params, selection: request.selection })
  const known = request.key ? await rows.operationByKey(app.db, project_id, actor.person_id, request.key) : null
  if (known) return sameRequest(known, request_hash)

  const started = await app.db.transaction().execute(async (tx) => {
    const context = await contextOf(tx, project, actor.person_id)
    const params = operation.prepare ? operation.prepare(raw, context) : raw
    const { selection, key = null, undoes_id = null } = request
    const id = await rows.insertOperation(tx, {
      project_id,
      name: request.name,
      params: params as object,
      selection,
      key,
      request_hash,
      actor,
      undoes_id,
    })
    if (id === null) return null
    if (undoes_id && !(await rows.claimUndo(tx, project_id, undoes_id, id)))
      throw new Failure('not_undoable', 'This operation was undone already.')
    const total = undoes_id
      ? await rows.freezeApplied(tx, project_id, id, undoes_id)
      : await rows.freeze(tx, project_id, id, selectionSql(project_id, selection))
    checkTotal(total, request)
    await checkConfirmation(tx, project_id, id, params, request)
    if (operation.plan) {
      const target = sql<boolean>`t.project_id = ${project_id} and t.id in (select x.task_id from operation_task x where x.project_id = ${project_id} and x.operation_id = ${id})`
      await rows.writePlan(tx, project_id, id, await operation.plan(tx, { project_id, target }, params))
    }
    if (total <= app.config.limits.small_operation) {
      await step(tx, context, operation, { project_id, id, params, actor }, total)
      await rows.finishOperation(tx, project_id, id, 'done', null)
    }
    return id
  })
  if (started === null)
    return sameRequest(
      (await rows.operationByKey(app.db, project_id, actor.person_id, request.key as string)) as rows.OperationRow,
      request_hash,
    )
  app.background.wake(OPERATIONS_JOB)
  return (await rows.operationById(app.db, project_id, started)) as rows.OperationRow
}

export const OPERATIONS_JOB = 'operations'

/** One step of some running operation. @returns whether there may be more to do. @throws what the step threw */
export async function continueOperations(app: App): Promise<boolean> {
  let row: rows.OperationRow | null = null
  try {
    row = await app.db.transaction().execute(async (tx) => {
      row = await rows.lockRunning(tx)
      if (row) await continueOne(tx, app, row)
      return row
    })
  } catch (error) {
    if (row) await stepFailed(app, row)
    throw error
  }
  if (row) stepSucceeded(app, row)
  return row !== null
}

async function continueOne(tx: Tx, app: App, row: rows.OperationRow): Promise<void> {
  const { project_id, id, params } = row
  if (row.cancel_requested) return rows.finishOperation(tx, project_id, id, 'cancelled', null)
  const project = await projectById(tx, project_id)
  const actor: Actor = { person_id: row.actor_id, kind: row.actor_kind }
  const context = await contextOf(tx, project, row.actor_id)
  const left = await step(
    tx,
    context,
    operationNamed(row.name),
    { project_id, id, params, actor },
    app.config.limits.step,
  )
  if (left === 0) await rows.finishOperation(tx, project_id, id, 'done', null)
}

type Running = { project_id: number; id: number; params: unknown; actor: Actor }

/** @returns how many tasks of the frozen set this step took up; 0 when none was left */
async function step(
  tx: Tx,
  started: OperationContext,
  operation: Operation,
  running: Running,
  limit: number,
): Promise<number> {
  const { project_id, id, params } = running
  const frozen = await rows.nextOfFrozen(tx, project_id, id, limit)
  if (frozen.length === 0) return 0
  const taskIds = frozen.map((f) => f.task_id)
  const tasks = new Map((await lockTasks(tx, project_id, taskIds)).map((t) => [t.id, t]))
  // Only now: what a heartbeat added while this waited for its task belongs to what a reset hides.
  const context = { ...started, time_floor: await rows.timeFloor(tx) }
  const facts = operation.load ? await operation.load(tx, project_id, params, taskIds) : new Map<number, unknown>()
  const outcomes = frozen.map(({ task_id, plan }): rows.Outcome => {
    const task = tasks.get(task_id) ?? null
    const decision: Decision = task
      ? operation.decide(task, params, context, { plan, facts: facts.get(task_id) })
      : { outcome: 'refused', reason: 'gone' }
    return { task_id, task, decision }
  })
  const applied = outcomes.flatMap((o) =>
    o.decision.outcome === 'applied' && o.task ? [{ task: o.task, ...o.decision }] : [],
  )
  await record(tx, project_id, { actor: running.actor, at: context.now, operation_id: id }, applied)
  if (operation.write)
    await operation.write(
      tx,
      project_id,
      params,
      applied.map(({ task }) => ({ task: task as LockedTask, facts: facts.get(task.id) })),
      context,
    )
  await rows.markOutcomes(tx, project_id, id, outcomes)
  return frozen.length
}

/** Parameters by the operation's own schema. @throws Failure invalid_input naming the field */
export function checkParams(operation: Operation, params: unknown): unknown {
  const problem = inputProblem(operation.params, params ?? {}, 'params')
  if (problem) throw new Failure('invalid_input', problem)
  return params ?? {}
}

function checkTotal(total: number, request: RunRequest): void {
  if (total === 0) throw new Failure('empty_selection', 'selection: no task matches.')
  if (!request.undoes_id) requireAllFound(request.selection, total)
  if (request.expected_count !== undefined && request.expected_count !== total)
    throw new Failure(
      'selection_changed',
      `The selection now holds ${total} tasks, not ${request.expected_count}. Look at the preview again.`,
      { total },
    )
}

async function checkConfirmation(
  tx: Tx,
  project_id: number,
  id: number,
  params: unknown,
  request: RunRequest,
): Promise<void> {
  if (!removesAnnotations(params)) return
  const wanted = confirmNumber(params, await rows.weightOf(tx, project_id, id))
  if (wanted !== null && request.confirm !== wanted)
    throw new Failure('confirmation_needed', `This removes ${wanted} objects. Send confirm: ${wanted}.`, {
      confirm: wanted,
    })
}

const removesAnnotations = (params: unknown) => (params as { remove_annotations?: boolean }).remove_annotations === true

/** The number that has to be typed: of objects, where more than 1,000 or any Completed task are hit. */
export function confirmNumber(params: unknown, weight: { objects: number; completed: number }): number | null {
  if (!removesAnnotations(params)) return null
  return weight.objects > CONFIRM_OBJECTS || (weight.completed > 0 && weight.objects > 0) ? weight.objects : null
}

function sameRequest(known: rows.OperationRow, request_hash: string): rows.OperationRow {
  if (known.request_hash !== request_hash)
    throw new Failure('key_reused', 'key: this idempotency key was used for another request.')
  return known
}

/** Stable under the order of keys. */
function hashOf(value: unknown): string {
  const sorted = (v: unknown): unknown =>
    Array.isArray(v)
      ? v.map(sorted)
      : v && typeof v === 'object'
        ? Object.fromEntries(
            Object.entries(v)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([k, x]) => [k, sorted(x)]),
          )
        : v
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex')
}
