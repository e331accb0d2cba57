// SQL of batches.
import { sql } from 'kysely'
import type { Database, Queryable } from '../db/connect.ts'

export type NamedBatch = { id: number; name: string; created_at: string }
export type BatchCount = { batch_id: number | null; task_count: number; completed_count: number }

/** Batches of a project, newest first. @param only one of them */
export async function batchesOf(db: Queryable, project_id: number, only?: number): Promise<NamedBatch[]> {
  const one = only === undefined ? sql`` : sql`and id = ${only}`
  const { rows } = await sql<NamedBatch>`
    select id, name, created_at from batch where project_id = ${project_id} ${one} order by id desc`.execute(db)
  return rows
}

/** Tasks per batch; archived ones are left out. @param only one of them */
export async function countByBatch(db: Queryable, project_id: number, only?: number): Promise<BatchCount[]> {
  const which = only === undefined ? sql`t.batch_id is not null` : sql`t.batch_id = ${only}`
  const { rows } = await sql<BatchCount>`
    select t.batch_id, count(*) as task_count, count(*) filter (where s.kind = 'completed') as completed_count
    from task t join stage s on s.project_id = t.project_id and s.id = t.stage_id
    where t.project_id = ${project_id} and ${which} and not t.is_archived group by t.batch_id`.execute(db)
  return rows
}

export async function namesOfBatches(db: Queryable, project_id: number): Promise<Map<number, string>> {
  const rows = await db.selectFrom('batch').select(['id', 'name']).where('project_id', '=', project_id).execute()
  return new Map(rows.map((r) => [r.id, r.name]))
}

/** @returns null if a batch of this name exists already; upper and lower case are the same */
export async function insertBatch(db: Queryable, project_id: number, name: string): Promise<number | null> {
  const row = await db
    .insertInto('batch')
    .values({ project_id, name: name.trim() })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

const UNIQUE_VIOLATION = '23505'

/** A name that differs from the batch's own only in case is fine. */
export async function renameBatch(
  db: Database,
  project_id: number,
  id: number,
  name: string,
): Promise<'renamed' | 'name_taken' | 'missing'> {
  try {
    const rows = await db
      .updateTable('batch')
      .set({ name: name.trim() })
      .where('project_id', '=', project_id)
      .where('id', '=', id)
      .returning('id')
      .execute()
    return rows.length > 0 ? 'renamed' : 'missing'
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) return 'name_taken'
    throw error
  }
}
