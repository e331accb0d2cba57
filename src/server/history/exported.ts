// Notes that tasks left the house in an export. Not a change of the task: `version` stays, so that undo of an earlier
// operation still knows it, and the timeline has no entry.
import { sql } from 'kysely'
import type { Tx } from '../db/connect.ts'
import { becomeTaskWriter } from './record.ts'

/** Stamps the tasks of a frozen export, locked in id order like every change of many tasks. */
export async function markExported(tx: Tx, project_id: number, export_id: number): Promise<void> {
  await becomeTaskWriter(tx)
  await sql`
    select count(*) from (
      select t.id from task t join export_task x on x.project_id = t.project_id and x.task_id = t.id
      where t.project_id = ${project_id} and x.export_id = ${export_id} order by t.id for update of t) locked`.execute(
    tx,
  )
  await sql`
    update task t set exported_at = e.created_at from export_task x join export_run e on e.project_id = x.project_id and e.id = x.export_id
    where t.project_id = ${project_id} and x.project_id = ${project_id} and x.export_id = ${export_id} and x.task_id = t.id`.execute(
    tx,
  )
  await sql`
    insert into task_change (project_id, task_ids)
    select ${project_id}::int8, array_agg(task_id order by task_id) from export_task
    where project_id = ${project_id} and export_id = ${export_id} having count(*) > 0`.execute(tx)
}
