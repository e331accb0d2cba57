// Steps that fail. A database that is away for a moment must not end an operation; one that fails every time must not
// stand before the others for ever.

import type { App } from '../handler.ts'
import { type OperationRow, stopRunning } from './operation-queries.ts'

/** With the pause of the background between them, some ten seconds. */
const ATTEMPTS = 5

const inARow = new WeakMap<App, Map<number, number>>()
const countsOf = (app: App) => {
  const counts = inARow.get(app) ?? new Map<number, number>()
  inARow.set(app, counts)
  return counts
}

export function stepSucceeded(app: App, { id }: OperationRow): void {
  countsOf(app).delete(id)
}

/** Ends the operation as failed once its step failed too often in a row. What was applied can be undone. */
export async function stepFailed(app: App, { project_id, id }: OperationRow): Promise<void> {
  const counts = countsOf(app)
  const failures = (counts.get(id) ?? 0) + 1
  counts.set(id, failures)
  if (failures < ATTEMPTS) return
  const sentence =
    'The server could not go on with this, several times. What was done so far can be undone; the reason is in the log.'
  await app.db.transaction().execute((tx) => stopRunning(tx, project_id, id, 'failed', sentence))
  counts.delete(id)
}
