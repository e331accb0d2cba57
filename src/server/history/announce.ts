// Tells open pages of something about a task that is no change of it: a lease that ended. Changes announce themselves,
// see record.ts.
import { sql } from 'kysely'
import { ids } from '../db/array.ts'
import type { Tx } from '../db/connect.ts'

export async function announceTasks(tx: Tx, project_id: number, taskIds: readonly number[]): Promise<void> {
  await sql`insert into task_change (project_id, task_ids) values (${project_id}, ${ids(taskIds)})`.execute(tx)
}
