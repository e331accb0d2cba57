// Tells whoever follows the tasks of a project (open pages, the column index) that something about these is different: a
// change, or what is none, such as a lease that ended.
import { sql } from 'kysely'
import { ids } from '../db/array.ts'
import type { Tx } from '../db/connect.ts'
import { runPrepared } from '../db/prepared.ts'

export async function announceTasks(tx: Tx, project_id: number, taskIds: readonly number[]): Promise<void> {
  const statement = sql`insert into task_change (project_id, task_ids) values (${project_id}, ${ids(taskIds)})`
  await runPrepared(tx, 'announce_tasks', statement)
}
