// What nobody can ask for any more, after the undo time.
import { sql } from 'kysely'
import type { Database, Tx } from '../db/connect.ts'
import { isFrozen, waitToDelete } from '../exports/frozen-queries.ts'
import { UNDO_DAYS } from '../operations/operation-queries.ts'

/** Revisions that a step looks at: it is everyone's wait on the embedded database. */
const STEP = 500

/** How far a walk through all revisions has come. */
export type Place = { project_id: number; task_id: number; id: number }
export const BEGINNING: Place = { project_id: 0, task_id: 0, id: 0 }

/**
 * Looks at the next revisions of a project, in the order of their key: no index knows how old they are, and each save would
 * pay for it. Those go that no task shows and no export froze, drafts too, once no undo can bring them back: one that began in
 * the last hour of its time may be at it for long, so a day is added, and what is being undone now is left alone. Asked first is
 * what a task shows, as most are: `not exists` would be asked last.
 * @returns where to go on; null at the end
 */
export async function purgeRevisions(tx: Tx, after: Place): Promise<Place | null> {
  const isNext = sql`(r.project_id, r.task_id, r.id) > (${after.project_id}::int8, ${after.task_id}::int8, ${after.id}::int8)`
  const { rows } = await sql<Place>`
    with step as (
      select r.project_id, r.task_id, r.id from annotation_revision r where ${isNext} order by r.project_id, r.task_id, r.id limit ${STEP})
    select project_id, task_id, id from step where project_id = (select min(project_id) from step) order by task_id desc, id desc limit 1`.execute(
    tx,
  )
  const [last] = rows
  if (!last) return null
  await waitToDelete(tx, last.project_id)
  await sql`
    delete from annotation_revision r where r.project_id = ${last.project_id} and ${isNext}
      and (r.project_id, r.task_id, r.id) <= (${last.project_id}::int8, ${last.task_id}::int8, ${last.id}::int8)
      and r.created_at < now() - make_interval(days => ${2 * UNDO_DAYS})
      and (select true from task t where t.project_id = r.project_id and t.id = r.task_id and t.revision_id = r.id) is not true
      and not ${isFrozen}
      and not exists (select 1 from operation_group g where g.project_id = r.project_id and g.first_id <= r.task_id and g.last_id >= r.task_id
        and (g.at > now() - make_interval(days => ${UNDO_DAYS + 1}) or (g.project_id, g.operation_id) in (
          select u.project_id, u.undoes_id from operation u where u.state = 'running' and u.undoes_id is not null)))`.execute(
    tx,
  )
  return last
}

export async function purgeExpired(db: Database): Promise<void> {
  await sql`delete from session where expires_at < now()`.execute(db)
  await sql`delete from task_lease where expires_at < now() - interval '1 day'`.execute(db)
  await sql`delete from invitation where expires_at < now() - interval '30 days'`.execute(db)
  await sql`delete from task_file where created_at < now() - interval '1 day'`.execute(db)
  // A closed tab leaves its import open: what is in stays in, and it can be repeated.
  await sql`
    update import_run set state = 'cancelled', finished_at = now(), error = 'Given up: it was never finished.'
    where state = 'running' and active_at < now() - interval '2 days'`.execute(db)
  await sql`
    update import_run set state = 'cancelled', finished_at = now(), error = 'Given up: it was never confirmed.'
    where state = 'reported' and active_at < now() - interval '30 days'`.execute(db)
}

/** Parsed documents of annotation imports that were applied or given up. */
export async function purgeImportedDocuments(db: Database): Promise<void> {
  await sql`
    update import_item i set document = null from import_run r
    where r.project_id = i.project_id and r.id = i.import_id and r.kind = 'annotations' and i.document is not null
      and (r.state in ('cancelled', 'failed') or (r.state = 'done' and (r.operation_id is null or exists (
        select 1 from operation o where o.project_id = r.project_id and o.id = r.operation_id and o.state <> 'running'))))`.execute(
    db,
  )
}

/** Who follows changes looks more often than this (columns/, live/). */
export async function purgeChanges(db: Database): Promise<void> {
  await sql`delete from task_change where at < now() - interval '1 hour'`.execute(db)
}
