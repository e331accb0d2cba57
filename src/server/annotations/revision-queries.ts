// SQL of the revisions that a person can compare with.
import { sql } from 'kysely'
import type { AnnotationDocument, AnnotationObject } from '../../model/annotation.ts'
import type { RevisionStep, Revisions } from '../../model/revisions.ts'
import { array } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'
import { BESIDE, documentOfRow } from './queries.ts'

/** Of revisions and of steps. */
const MOST = 50

/** Drafts are nobody's but their author's; copies are for managers to restore. null: no such task */
export async function revisionsOf(db: Queryable, project_id: number, task_id: number): Promise<Revisions | null> {
  const task = await sql<{ current_id: number | null; history_floor: number }>`
    select revision_id as current_id, history_floor from task where project_id = ${project_id} and id = ${task_id}`.execute(
    db,
  )
  const [found] = task.rows
  if (!found) return null
  const revisions = await sql<Revisions['revisions'][number]>`
    select id, author_id, stage_id, object_count, created_at from annotation_revision
    where project_id = ${project_id} and task_id = ${task_id} and kind not in ${BESIDE} order by id desc limit ${MOST}`.execute(
    db,
  )
  // A step of before it was noted on which revision it was taken has no such field.
  const steps = await sql<RevisionStep>`
    select kind, at, actor_id as person_id, (after ->> 'revision_id')::int8 as revision_id from task_event
    where project_id = ${project_id} and task_id = ${task_id} and number > ${found.history_floor}
      and kind in ('submitted', 'approved', 'rejected') and after ? 'revision_id' order by number desc limit ${MOST}`.execute(
    db,
  )
  return { revisions: revisions.rows, steps: steps.rows, current_id: found.current_id }
}

/** Who drew or changed the objects of a revision. */
export async function peopleOfObjects(
  db: Queryable,
  project_id: number,
  task_id: number,
  revision_id: number | null,
): Promise<number[]> {
  if (revision_id === null) return []
  const { rows } = await sql<{ person_id: number }>`
    select distinct p.person_id::int8 as person_id
    from annotation_revision r, json_array_elements(r.objects) o, unnest(array[o ->> 'author_id', o ->> 'edited_by_id']) p(person_id)
    where r.project_id = ${project_id} and r.task_id = ${task_id} and r.id = ${revision_id} and p.person_id is not null
    limit 200`.execute(db)
  return rows.map((r) => r.person_id)
}

/**
 * Which revision a person's editing session went on from who sends a whole document too late: the last that it saved, else
 * the newest there was when they opened the task. null: none
 */
export async function baseOfSession(
  db: Queryable,
  r: { project_id: number; task_id: number; session_id: string; author_id: number },
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select id from annotation_revision
    where project_id = ${r.project_id} and task_id = ${r.task_id} and kind not in ${BESIDE}
      and ((session_id = ${r.session_id} and author_id = ${r.author_id}) or created_at <= (
        select max(e.at) from task_event e where e.project_id = ${r.project_id} and e.task_id = ${r.task_id}
          and e.kind = 'opened' and e.actor_id = ${r.author_id}))
    order by id desc limit 1`.execute(db)
  return rows[0]?.id ?? null
}

/** Those of these objects that stood in the newest revision before `base_id` that an editing session did not save itself. */
export async function objectsBeforeSession(
  db: Queryable,
  r: { project_id: number; task_id: number; session_id: string; author_id: number },
  base_id: number,
  object_ids: readonly string[],
): Promise<AnnotationObject[]> {
  const { rows } = await sql<{ object: AnnotationObject }>`
    select o.value as object
    from (
      select objects from annotation_revision
      where project_id = ${r.project_id} and task_id = ${r.task_id} and id < ${base_id} and kind not in ${BESIDE}
        and (session_id, author_id) is distinct from (${r.session_id}, ${r.author_id}::int8)
      order by id desc limit 1) before, json_array_elements(before.objects) o
    where o.value ->> 'id' = any(${array(object_ids, 'text')})`.execute(db)
  return rows.map((row) => row.object)
}

export async function revisionById(
  db: Queryable,
  project_id: number,
  task_id: number,
  id: number,
): Promise<AnnotationDocument | null> {
  const { rows } = await sql<Required<AnnotationDocument>>`
    select objects, global_attributes, rejected_predictions from annotation_revision
    where project_id = ${project_id} and task_id = ${task_id} and id = ${id} and kind not in ${BESIDE}`.execute(db)
  return rows[0] ? documentOfRow(rows[0]) : null
}
