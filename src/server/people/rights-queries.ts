// SQL behind rights.ts: what one person sees of an organization, a task.
import { sql } from 'kysely'
import { ids } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'

export async function organizationSeenBy(db: Queryable, person_id: number, organization_id: number) {
  return db
    .selectFrom('organization as o')
    .innerJoin('organization_member as m', 'm.organization_id', 'o.id')
    .select(['o.id', 'o.name', 'm.role'])
    .where('o.id', '=', organization_id)
    .where('m.person_id', '=', person_id)
    .executeTakeFirst()
}

/**
 * How many of these tasks are or were this person's: assigned now, remembered for a stage, labelled, skipped,
 * written to, or open in their editor.
 */
export async function countOwnTasks(
  db: Queryable,
  person_id: number,
  project_id: number,
  task_ids: readonly number[],
): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from task t
    where t.project_id = ${project_id} and t.id = any(${ids(task_ids)}) and ${isOwn(person_id)}`.execute(db)
  return rows[0]?.total ?? 0
}

/** How many of these assets have such a task. */
export async function countOwnAssets(
  db: Queryable,
  person_id: number,
  project_id: number,
  asset_ids: readonly number[],
): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(distinct t.asset_id) as total from task t
    where t.project_id = ${project_id} and t.asset_id = any(${ids(asset_ids)}) and ${isOwn(person_id)}`.execute(db)
  return rows[0]?.total ?? 0
}

const isOwn = (person_id: number) => sql`(
  t.assignee_id = ${person_id}::int8 or t.labelled_by_id = ${person_id}::int8
  or t.skipper_ids @> to_jsonb(${person_id}::int8)
  or exists (select 1 from jsonb_each_text(t.stage_assignees) as remembered where remembered.value = ${person_id}::int8::text)
  or exists (select 1 from task_lease l where l.project_id = t.project_id and l.task_id = t.id
             and l.person_id = ${person_id}::int8 and l.expires_at > now())
  or exists (select 1 from annotation_revision r where r.project_id = t.project_id and r.task_id = t.id
             and r.author_id = ${person_id}::int8))`
