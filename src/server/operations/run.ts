// The road of every bulk operation: freeze the ids, compare with what was expected, then step by step, one
// transaction each: lock, decide, record. A restart goes on with the parts that are not done.
import { createHash } from 'node:crypto'
import { Failure } from '../../model/failure.ts'
import { requireAllFound, type Selection } from '../../model/selection.ts'
import type { Tx } from '../db/connect.ts'
import type { App, ProjectScope } from '../handler.ts'
import type { Actor } from '../history/record.ts'
import { inputProblem } from '../input.ts'
import { projectById } from '../projects/scope-queries.ts'
import { selectionSql } from '../tasks/filter-queries.ts'
import { heldContextOf } from './context.ts'
import { stepFailed, stepSucceeded } from './failing.ts'
import { operationNamed } from './index.ts'
import type { Operation } from './operation.ts'
import * as rows from './operation-queries.ts'
import { stepForOthers, stepTook } from './pace.ts'
import { freeze, freezeApplied, hasParts, type Weight, weigh } from './part-queries.ts'
import { takeOperationStep } from './step.ts'

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
    const context = await heldContextOf(tx, project, actor.person_id)
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
    const target = selectionSql(project_id, selection)
    if (undoes_id) await freezeApplied(tx, project_id, id, undoes_id)
    else {
      const plan = (await operation.plan?.(tx, { project_id, target }, params, context)) ?? null
      await freeze(tx, project_id, id, target, plan?.query ?? null, app.config.limits.step)
      if (plan) await operation.keepPlan?.(tx, { project_id, operation_id: id }, plan.report)
    }
    const weight = await weigh(tx, project_id, id)
    const { total } = weight
    checkTotal(total, request)
    checkConfirmation(params, weight, request)
    if (total <= app.config.limits.small_operation) {
      await takeOperationStep(tx, context, operation, { project_id, id, params, actor, undoes_id }, total)
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

/** Most tasks of a step while somebody looks at the project: who asks for a page waits until the last step is taken in. */
const WATCHED_STEP = 4000

/** One step of some running operation. @returns whether there may be more to do. @throws what the step threw */
export async function continueOperations(app: App): Promise<boolean> {
  const isEmbedded = app.config.database_url === null
  const isAwaited = isEmbedded && (await app.quiet.come())
  let row: rows.OperationRow | null = null
  try {
    row = await app.db.transaction().execute(async (tx) => {
      row = await rows.lockRunning(tx)
      if (row) await continueOne(tx, app, row, isAwaited)
      return row
    })
  } catch (error) {
    if (row) await stepFailed(app, row)
    throw error
  }
  if (row) stepSucceeded(app, row)
  const following = row && app.columns.follow(row.project_id)
  // Else a page would find the next step before what it waits for.
  if (isEmbedded) await following
  return row !== null
}

/** @param isAwaited somebody waits for the database */
async function continueOne(tx: Tx, app: App, row: rows.OperationRow, isAwaited: boolean): Promise<void> {
  const startedAt = performance.now()
  const { project_id, id, params } = row
  if (row.cancel_requested) return rows.finishOperation(tx, project_id, id, 'cancelled', null)
  const project = await projectById(tx, project_id)
  const actor: Actor = { person_id: row.actor_id, kind: row.actor_kind }
  const context = await heldContextOf(tx, project, row.actor_id)
  const running = { project_id, id, params, actor, undoes_id: row.undoes_id }
  const { step } = app.config.limits
  const isSmall = isAwaited || app.columns.isWatched(project_id)
  const limit = isSmall ? stepForOthers(app, Math.min(step, WATCHED_STEP)) : step
  const taken = await takeOperationStep(tx, context, operationNamed(row.name), running, limit)
  stepTook(app, taken, performance.now() - startedAt)
  if (await hasParts(tx, project_id, id)) await rows.commitLater(tx)
  else await rows.finishOperation(tx, project_id, id, 'done', null)
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

function checkConfirmation(params: unknown, weight: Weight, request: RunRequest): void {
  const wanted = confirmNumber(params, weight)
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
