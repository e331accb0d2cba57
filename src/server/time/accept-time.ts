// Active time that an editor reports, with a heartbeat or with its last step. Repeats are dropped by sequence number; at most
// the wall time since this person's previous accepted increment counts (decision 0020).
import { acceptIncrements } from '../../model/duration.ts'
import type { Rules } from '../../model/steps.ts'
import type { LockedTask } from '../../model/task.ts'
import { stageById } from '../../model/workflow.ts'
import type { Tx } from '../db/connect.ts'
import { leaseOpenedAt } from '../tasks/lease-queries.ts'
import { insertEntry, lockClock, newSequences, setClock } from './queries.ts'

export type ReportedTime = {
  session_id: string
  increments?: readonly { sequence: number; ms: number }[] | undefined
  /** How long ago the last input was that the increments count. */
  since_input_ms?: number | undefined
}

/** Writes the ledger. @returns what the task's time becomes: nothing, if nothing was accepted */
export async function acceptTime(
  tx: Tx,
  task: LockedTask,
  rules: Pick<Rules, 'now' | 'workflow'>,
  person_id: number,
  { session_id, increments = [], since_input_ms = 0 }: ReportedTime,
): Promise<{ duration_ms?: number; review_ms?: number }> {
  if (increments.length === 0) return {}
  const { project_id, id: task_id, stage_id } = task
  const fresh = await newSequences(
    tx,
    { project_id, task_id, session_id },
    increments.map((i) => i.sequence),
  )
  const unseen = increments.filter((i) => fresh.delete(i.sequence))
  if (unseen.length === 0) return {}
  const openedAt = (await leaseOpenedAt(tx, project_id, task_id, session_id)) ?? rules.now
  const now = Date.parse(rules.now)
  const { accepted, sum, accountedUntil } = acceptIncrements({
    ms: unseen.map((i) => i.ms),
    now,
    until: now - since_input_ms,
    accountedUntil: await lockClock(tx, person_id),
    openedAt: Date.parse(openedAt),
  })
  const isReview = stageById(rules.workflow, stage_id).kind === 'review'
  const kind = isReview ? 'review' : 'annotation'
  const entry = { project_id, task_id, person_id, stage_id, kind, session_id, at: rules.now } as const
  for (const [i, { sequence }] of unseen.entries())
    await insertEntry(tx, { ...entry, sequence, ms: accepted[i] as number })
  if (sum === 0) return {}
  if (accountedUntil !== null) await setClock(tx, person_id, accountedUntil)
  return isReview ? { review_ms: task.review_ms + sum } : { duration_ms: task.duration_ms + sum }
}
