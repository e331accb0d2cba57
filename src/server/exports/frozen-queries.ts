// What an export froze is kept for its downloads. Whoever deletes revisions asks here what is frozen, and whether it is being frozen.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/connect.ts'

/**
 * Whether an export froze the revision `r`. Asked by the project's exports, of which each is looked up by its key: by task, all
 * that was ever exported was read for each save. An export is made after what it holds, but for clocks that were set back.
 */
export const isFrozen = sql<boolean>`((
  select true from export_run e join export_task x on x.project_id = e.project_id and x.export_id = e.id and x.task_id = r.task_id
  where e.project_id = r.project_id and e.created_at > r.created_at - interval '1 day' and x.revision_id = r.id limit 1) is true)`

/** What an export freezes is seen only once it is committed: this lock tells of it before. */
const lockOf = (project_id: number) => sql`hashtextextended('what exports freeze', ${project_id}::int8)`

/** Before an export freezes: waits for the transactions that may delete what it is about to see, and keeps others from it until it ends. */
export async function beginFreezing(tx: Tx, project_id: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockOf(project_id)})`.execute(tx)
}

/**
 * Whether this transaction may delete revisions that are not frozen: false while an export freezes, true keeps exports waiting
 * until it ends. To be asked in a statement before the one that deletes, which then sees the exports that were made until now.
 */
export const mayDelete = (project_id: number): RawBuilder<boolean> =>
  sql<boolean>`pg_try_advisory_xact_lock_shared(${lockOf(project_id)})`

/** The same for who has time: waits until nothing is being frozen. */
export async function waitToDelete(tx: Tx, project_id: number): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${lockOf(project_id)})`.execute(tx)
}
