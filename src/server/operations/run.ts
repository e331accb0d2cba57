// How every bulk operation begins: freeze the ids, compare with what was expected; then step by step (continue.ts).
import { createHash } from 'node:crypto'
import { Failure } from '../../model/failure.ts'
import { requireAllFound, type Selection } from '../../model/selection.ts'
import type { App, ProjectScope } from '../handler.ts'
import type { Actor } from '../history/record.ts'
import { inputProblem } from '../input.ts'
import { selectionSql } from '../tasks/filter-queries.ts'
import { heldContextOf } from './context.ts'
import { operationNamed } from './index.ts'
import { wakeOperations } from './lanes.ts'
import type { Operation } from './operation.ts'
import * as rows from './operation-queries.ts'
import { freeze, freezeApplied, type Weight, weigh } from './part-queries.ts'
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
export const CONFIRM_MOST = 1000

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
      await freeze(tx, project_id, id, target, plan?.query ?? null, app.config.limits.step, removesAnnotations(params))
      if (plan) await operation.keepPlan?.(tx, { project_id, operation_id: id }, plan.report)
    }
    const weight = await weigh(tx, project_id, id)
    const { total } = weight
    checkTotal(total, request)
    checkConfirmation(params, weight, request)
    if (total <= app.config.limits.small_operation) {
      // A step takes no more than so many parts, and the parts of an undo may be small.
      for (let left = total; left > 0; )
        left -= await takeOperationStep(tx, context, operation, { project_id, id, params, actor, undoes_id }, total)
      await rows.finishOperation(tx, project_id, id, 'done', null)
    }
    return id
  })
  if (started === null)
    return sameRequest(
      (await rows.operationByKey(app.db, project_id, actor.person_id, request.key as string)) as rows.OperationRow,
      request_hash,
    )
  wakeOperations(app)
  return (await rows.operationById(app.db, project_id, started)) as rows.OperationRow
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
  const { confirm, confirm_of } = confirmation(params, weight)
  if (confirm !== null && request.confirm !== confirm)
    throw new Failure(
      'confirmation_needed',
      `This removes annotations; the selected tasks hold ${CONFIRMED[confirm_of](confirm)}. Send confirm: ${confirm}.`,
      { confirm },
    )
}

const CONFIRMED = {
  objects: (n: number) => `${n} objects`,
  image_values: (n: number) => `values of ${n} whole images`,
}

export const removesAnnotations = (params: unknown) =>
  (params as { remove_annotations?: boolean }).remove_annotations === true

/**
 * What has to be typed, where it is more than 1,000 or any Completed task is hit: how many objects the selected tasks hold,
 * or where they hold none, on how many of them the whole image has values. Of all that are selected: which of them
 * somebody has open, and are left out, changes while it is typed.
 */
export function confirmation(
  params: unknown,
  { objects, image_values, completed }: Omit<Weight, 'total'>,
): { confirm: number | null; confirm_of: keyof typeof CONFIRMED } {
  const confirm_of = objects > 0 ? 'objects' : 'image_values'
  const most = objects > 0 ? objects : image_values
  const isNeeded = removesAnnotations(params) && most > 0 && (most > CONFIRM_MOST || completed > 0)
  return { confirm: isNeeded ? most : null, confirm_of }
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
