// Leases: who has a task open now.
import { sql } from 'kysely'
import type { Tx } from '../db/connect.ts'
import { prepared, runSequence, type Statement } from '../db/sequence.ts'

export type NewLease = {
  project_id: number
  task_id: number
  person_id: number
  session_id: string
  generation: number
  now: string
  timeout_s: number
}

/** Takes or renews the lease. The caller holds the task's row lock and has decided that it may. */
export async function takeLease(tx: Tx, lease: NewLease): Promise<string> {
  await runSequence(tx, [leaseOf(lease)])
  return endOf(lease)
}

const endOf = ({ now, timeout_s }: NewLease) => new Date(Date.parse(now) + timeout_s * 1000).toISOString()

/** What takeLease runs. */
export const leaseOf = (lease: NewLease): Statement =>
  prepared(
    'take_lease',
    sql`
    insert into task_lease (project_id, task_id, person_id, session_id, generation, opened_at, expires_at)
    values (${lease.project_id}, ${lease.task_id}, ${lease.person_id}, ${lease.session_id}, ${lease.generation}, ${lease.now}, ${endOf(lease)})
    on conflict (project_id, task_id) do update set
      opened_at = case when task_lease.session_id = excluded.session_id then task_lease.opened_at else excluded.opened_at end,
      person_id = excluded.person_id, session_id = excluded.session_id, generation = excluded.generation, expires_at = excluded.expires_at`,
  )

export async function endLease(tx: Tx, project_id: number, task_id: number): Promise<void> {
  await sql`delete from task_lease where project_id = ${project_id} and task_id = ${task_id}`.execute(tx)
}
