// Notes that tasks left the house in an export. Not a change of the task: `version` stays, so that undo of an earlier
// operation still knows it, and the timeline has no entry.
import { sql } from 'kysely'
import { ids as idList } from '../db/array.ts'
import type { Tx } from '../db/connect.ts'
import { announceTasks } from './announce.ts'
import { becomeTaskWriter } from './record.ts'

/** Tasks of a step: for as long as it takes, their saves wait, and claims pass them over. */
export const STAMPED_AT_ONCE = 1000

/** @property stamped_to the last task that was stamped */
export type UnstampedExport = { project_id: number; id: number; stamped_to: number }

/** The oldest export that has tasks to stamp, held until the transaction ends; null when there is none. */
export async function nextUnstamped(tx: Tx): Promise<UnstampedExport | null> {
  const { rows } = await sql<UnstampedExport>`
    select project_id, id, stamped_to from export_run where stamped_to is not null
    order by id limit 1 for update skip locked`.execute(tx)
  return rows[0] ?? null
}

/** Stamps the next tasks of a frozen export, locked in id order like every change of many tasks. @returns whether there may be more */
export async function stampExported(tx: Tx, { project_id, id, stamped_to }: UnstampedExport): Promise<boolean> {
  await becomeTaskWriter(tx)
  const { rows } = await sql<{ id: number }>`
    select t.id from task t where t.project_id = ${project_id} and t.id = any(array(
      select x.task_id from export_task x where x.project_id = ${project_id} and x.export_id = ${id} and x.task_id > ${stamped_to}
      order by x.task_id limit ${STAMPED_AT_ONCE}))
    order by t.id for update of t`.execute(tx)
  const ids = rows.map((r) => r.id)
  const last = ids.at(-1)
  if (last !== undefined) {
    // A later export may have been faster.
    await sql`
      update task t set exported_at = greatest(t.exported_at, e.created_at) from export_run e
      where e.project_id = ${project_id} and e.id = ${id} and t.project_id = ${project_id} and t.id = any(${idList(ids)})`.execute(
      tx,
    )
    await announceTasks(tx, project_id, ids)
  }
  const hasMore = last !== undefined && ids.length === STAMPED_AT_ONCE
  await sql`update export_run set stamped_to = ${hasMore ? last : null} where project_id = ${project_id} and id = ${id}`.execute(
    tx,
  )
  return hasMore
}
