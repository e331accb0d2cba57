// Tells whoever follows the tasks of a project (open pages, the column index) that something about these is different: a
// change, or what is none, such as a lease that ended.
import { sql } from 'kysely'
import { ids } from '../db/array.ts'
import type { Tx } from '../db/connect.ts'
import { prepared, runSequence, type Statement } from '../db/sequence.ts'

export async function announceTasks(tx: Tx, project_id: number, taskIds: readonly number[]): Promise<void> {
  await runSequence(tx, [announcement(project_id, taskIds)])
}

export const announcement = (project_id: number, taskIds: readonly number[]): Statement =>
  prepared(
    'announce_tasks',
    sql`insert into task_change (project_id, task_ids) values (${project_id}, ${ids(taskIds)})`,
  )
