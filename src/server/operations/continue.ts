// The steps of running operations, one transaction each: lock, decide, record. A restart goes on with the parts that are not done.
import { commitLater } from '../db/commit-later.ts'
import type { Tx } from '../db/connect.ts'
import type { App } from '../handler.ts'
import type { Actor } from '../history/record.ts'
import { projectById } from '../projects/scope-queries.ts'
import { heldContextOf } from './context.ts'
import { stepFailed, stepSucceeded } from './failing.ts'
import { operationNamed } from './index.ts'
import { FIRST_LANE, type Lane } from './lanes.ts'
import { finishOperation, joinRunning, type OperationRow, stopRunning } from './operation-queries.ts'
import { stepTook, stepWithin } from './pace.ts'
import { hasParts } from './part-queries.ts'
import { takeOperationStep } from './step.ts'

/** While somebody looks at the project: who asks for a page waits until the last step is taken in. */
const WATCHED = { ms: 150, most: 4000 }
/** The embedded database has one connection: whoever comes waits for the whole step, and is not known before. */
const EMBEDDED_MS = 400

/** One step of some running operation. @returns whether there may be more to do. @throws what the step threw */
export async function continueOperations(app: App, lane: Lane = FIRST_LANE): Promise<boolean> {
  const isEmbedded = app.config.database_url === null
  const isFirst = lane === FIRST_LANE
  const isAwaited = (isEmbedded || !isFirst) && (await app.quiet.come())
  // A second step at once takes a processor from whoever waits for an answer.
  if (!isFirst && app.quiet.isDisturbed) return true
  let row: OperationRow | null = null
  let isAtWork = false
  try {
    row = await app.db.transaction().execute(async (tx) => {
      row = await joinRunning(tx)
      if (row && !row.cancel_requested) isAtWork = await continueOne(tx, app, row, isAwaited, lane)
      return row
    })
  } catch (error) {
    if (row) await stepFailed(app, row)
    throw error
  }
  if (row?.cancel_requested) return endCancelled(app, row)
  if (!row || !isAtWork) return false
  stepSucceeded(app, row)
  // What this lane ended, or left, the first one may wait for.
  if (!isFirst) app.background.wake(FIRST_LANE.name)
  const following = app.columns.follow(row.project_id)
  // Else a page would find the next step before what it waits for.
  if (isEmbedded) await following
  return true
}

async function endCancelled(app: App, { project_id, id }: OperationRow): Promise<true> {
  await app.db.transaction().execute((tx) => stopRunning(tx, project_id, id, 'cancelled', null))
  return true
}

/** @param isAwaited somebody waits for the database. @returns whether anything was left that nobody else is at */
async function continueOne(tx: Tx, app: App, row: OperationRow, isAwaited: boolean, lane: Lane): Promise<boolean> {
  const startedAt = performance.now()
  const { project_id, id, params } = row
  const project = await projectById(tx, project_id)
  const actor: Actor = { person_id: row.actor_id, kind: row.actor_kind }
  const context = await heldContextOf(tx, project, row.actor_id)
  const running = { project_id, id, params, actor, undoes_id: row.undoes_id }
  const taken = await takeOperationStep(
    tx,
    context,
    operationNamed(row.name),
    running,
    stepSize(app, project_id, isAwaited),
    lane.from,
  )
  if (taken === 0) return false
  stepTook(app, taken, performance.now() - startedAt)
  // The counters are locked since: who comes here last sees that nothing is left.
  if (await hasParts(tx, project_id, id)) await commitLater(tx)
  else await finishOperation(tx, project_id, id, 'done', null)
  return true
}

function stepSize(app: App, project_id: number, isAwaited: boolean): number {
  const { step } = app.config.limits
  if (isAwaited || app.columns.isWatched(project_id)) return stepWithin(app, WATCHED.ms, Math.min(step, WATCHED.most))
  return app.config.database_url === null ? stepWithin(app, EMBEDDED_MS, step) : step
}
