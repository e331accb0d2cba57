// A heartbeat keeps the lease and brings active time. Repeats are dropped by sequence number; at most the wall
// time since this person's previous accepted increment counts (decision 0020).
import { acceptIncrements } from '../../model/duration.ts'
import { requireHolder } from '../../model/steps.ts'
import { stageById } from '../../model/workflow.ts'
import type { Tx } from '../db/connect.ts'
import { leaseOpenedAt, takeLease } from '../tasks/lease-queries.ts'
import { holderOf, type Step, takeStep } from '../tasks/step.ts'
import { insertEntry, lockClock, newSequences, setClock } from './queries.ts'

export type Beat = {
  session_id: string
  generation: number
  increments: readonly { sequence: number; ms: number }[]
  since_input_ms?: number | undefined
}

/** @throws Failure stale_generation, no_lease, task_taken */
export async function takeBeat(tx: Tx, step: Step, beat: Beat) {
  const { project, caller, task_id } = step
  const { session_id, generation } = beat
  const project_id = project.row.id
  let accepted_ms = 0
  const { task, rules } = await takeStep(tx, step, async (locked, { now, workflow }) => {
    requireHolder(locked, holderOf(step, { session_id, generation }))
    const openedAt = (await leaseOpenedAt(tx, project_id, task_id, session_id)) ?? now
    const kind = stageById(workflow, locked.stage_id).kind === 'review' ? 'review' : 'annotation'
    const entry = {
      project_id,
      task_id,
      person_id: caller.person_id,
      stage_id: locked.stage_id,
      kind,
      session_id,
      at: now,
    } as const
    accepted_ms = await accept(tx, entry, beat, openedAt)
    const column = kind === 'review' ? 'review_ms' : 'duration_ms'
    return { outcome: 'applied', patch: accepted_ms > 0 ? { [column]: locked[column] + accepted_ms } : {}, events: [] }
  })
  const lease = {
    project_id,
    task_id,
    person_id: caller.person_id,
    session_id,
    generation,
    now: rules.now,
    timeout_s: project.row.lease_timeout_s,
  }
  const expires_at = await takeLease(tx, lease)
  const isReview = stageById(rules.workflow, task.stage_id).kind === 'review'
  return {
    expires_at,
    duration_ms: task.duration_ms + (isReview ? 0 : accepted_ms),
    review_ms: task.review_ms + (isReview ? accepted_ms : 0),
    accepted_ms,
  }
}

type Entry = Omit<Parameters<typeof insertEntry>[1], 'sequence' | 'ms'>

async function accept(tx: Tx, entry: Entry, beat: Beat, openedAt: string): Promise<number> {
  const fresh = await newSequences(
    tx,
    entry,
    beat.increments.map((i) => i.sequence),
  )
  const unseen = beat.increments.filter((i) => fresh.delete(i.sequence))
  if (unseen.length === 0) return 0
  const now = Date.parse(entry.at)
  const before = await lockClock(tx, entry.person_id)
  const { accepted, sum, accountedUntil } = acceptIncrements({
    ms: unseen.map((i) => i.ms),
    now,
    until: now - (beat.since_input_ms ?? 0),
    accountedUntil: before,
    openedAt: Date.parse(openedAt),
  })
  for (const [i, { sequence }] of unseen.entries())
    await insertEntry(tx, { ...entry, sequence, ms: accepted[i] as number })
  if (sum > 0 && accountedUntil !== null) await setClock(tx, entry.person_id, accountedUntil)
  return sum
}
