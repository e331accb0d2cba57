// Active time that an editor reports, with a heartbeat or with its last step. Repeats are dropped by sequence number; at most
// the wall time since this person's previous accepted increment counts (decision 0020).
import { acceptIncrements } from '../../model/duration.ts'
import type { Rules } from '../../model/steps.ts'
import type { LockedTask } from '../../model/task.ts'
import { stageById } from '../../model/workflow.ts'
import type { Tx } from '../db/connect.ts'
import { readKnown, writeTime } from './queries.ts'

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
  const at = { project_id, task_id, session_id }
  const sequences = increments.map((i) => i.sequence)
  const known = await readKnown(tx, at, person_id, sequences)
  // The same twice in one report is one.
  const fresh = new Set(sequences.filter((s) => !known.sequences.has(s)))
  const unseen = increments.filter((i) => fresh.delete(i.sequence))
  if (unseen.length === 0) return {}
  const now = Date.parse(rules.now)
  const { accepted, sum, accountedUntil } = acceptIncrements({
    ms: unseen.map((i) => i.ms),
    now,
    until: now - since_input_ms,
    accountedUntil: known.accountedUntil,
    openedAt: Date.parse(known.openedAt ?? rules.now),
  })
  const isReview = stageById(rules.workflow, stage_id).kind === 'review'
  const kind = isReview ? 'review' : 'annotation'
  const from = { session_id: known.ledgerSession, at: rules.now }
  const entry = { project_id, task_id, person_id, stage_id, kind, ...from } as const
  const entries = unseen.map(({ sequence }, i) => ({ ...entry, sequence, ms: accepted[i] as number }))
  const clock = sum === 0 || accountedUntil === null ? null : { person_id, until: accountedUntil }
  await writeTime(tx, entries, clock)
  if (sum === 0) return {}
  return isReview ? { review_ms: task.review_ms + sum } : { duration_ms: task.duration_ms + sum }
}
