// A heartbeat keeps the lease and brings active time.
import { requireHolder } from '../../model/steps.ts'
import type { Tx } from '../db/connect.ts'
import { announceTasks } from '../history/announce.ts'
import { takeLease } from '../tasks/lease-queries.ts'
import { holderOf, type Step, takeStep } from '../tasks/step.ts'
import { acceptTime, type ReportedTime } from './accept-time.ts'

/** @throws Failure stale_generation, no_lease, task_taken */
export async function takeBeat(tx: Tx, step: Step, beat: ReportedTime & { generation: number }) {
  const { project, caller, task_id } = step
  const { session_id, generation } = beat
  const { task, decision, rules } = await takeStep(tx, step, async (locked, known) => {
    requireHolder(locked, holderOf(step, beat))
    return { outcome: 'applied', patch: await acceptTime(tx, locked, known, caller.person_id, beat), events: [] }
  })
  const lease = {
    project_id: project.row.id,
    task_id,
    person_id: caller.person_id,
    session_id,
    generation,
    now: rules.now,
    timeout_s: project.row.lease_timeout_s,
  }
  const expires_at = await takeLease(tx, lease)
  // No change of the task, but whoever looks at the table has seen it closed.
  if (!task.lease) await announceTasks(tx, lease.project_id, [task_id])
  const { duration_ms = task.duration_ms, review_ms = task.review_ms } = decision.patch
  const accepted_ms = duration_ms - task.duration_ms + review_ms - task.review_ms
  return { expires_at, duration_ms, review_ms, accepted_ms }
}
