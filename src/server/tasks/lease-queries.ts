// Leases: who has a task open now.
import { sql } from 'kysely'
import type { Tx } from '../db/connect.ts'
import { runPrepared } from '../db/prepared.ts'

/** Takes or renews the lease. The caller holds the task's row lock and has decided that it may. */
export async function takeLease(
  tx: Tx,
  lease: {
    project_id: number
    task_id: number
    person_id: number
    session_id: string
    generation: number
    now: string
    timeout_s: number
  },
): Promise<string> {
  const expires_at = new Date(Date.parse(lease.now) + lease.timeout_s * 1000).toISOString()
  const statement = sql`
    insert into task_lease (project_id, task_id, person_id, session_id, generation, opened_at, expires_at)
    values (${lease.project_id}, ${lease.task_id}, ${lease.person_id}, ${lease.session_id}, ${lease.generation}, ${lease.now}, ${expires_at})
    on conflict (project_id, task_id) do update set
      opened_at = case when task_lease.session_id = excluded.session_id then task_lease.opened_at else excluded.opened_at end,
      person_id = excluded.person_id, session_id = excluded.session_id, generation = excluded.generation, expires_at = excluded.expires_at`
  await runPrepared(tx, 'take_lease', statement)
  return expires_at
}

export async function endLease(tx: Tx, project_id: number, task_id: number): Promise<void> {
  await sql`delete from task_lease where project_id = ${project_id} and task_id = ${task_id}`.execute(tx)
}

/** When the session that holds the task began; null without a lease of that session. */
export async function leaseOpenedAt(
  tx: Tx,
  project_id: number,
  task_id: number,
  session_id: string,
): Promise<string | null> {
  const statement = sql<{ opened_at: string }>`
    select opened_at from task_lease where project_id = ${project_id} and task_id = ${task_id} and session_id = ${session_id}`
  const [lease] = await runPrepared(tx, 'lease_of_session', statement)
  return lease?.opened_at ?? null
}
