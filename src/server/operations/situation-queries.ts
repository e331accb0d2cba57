// The tasks of a selection by situation, counted for a preview: those that agree in the facts of an operation.
import { type RawBuilder, sql } from 'kysely'
import type { Queryable } from '../db/connect.ts'
import { type Asked, factColumns, HAS_IMAGE_VALUES } from './facts-queries.ts'
import type { Facts } from './operation.ts'

export type Counted = Facts & {
  total: number
  lease_person_id: number | null
  objects: number
  with_objects: number
  image_values: number
  duration_ms: number
  events: number
  assignees: number
  skipped: number
  exported: number
  last_id: number
}

/**
 * The next tasks of a selection by id, counted by situation.
 * @param counts_values  whether `image_values` is asked for, which costs a look into revisions
 * @returns none when the selection has ended
 */
export async function countSituations(
  db: Queryable,
  project_id: number,
  target: RawBuilder<boolean>,
  plan: RawBuilder<unknown> | null,
  asked: Asked,
  after: number,
  limit: number,
  counts_values: boolean,
): Promise<Counted[]> {
  const { list, keys } = factColumns(asked)
  const planned = plan ? sql`left join (${plan}) u on u.task_id = t.id` : sql`cross join (select null::text as plan) u`
  const { rows } = await sql<Counted>`
    select ${keys}, x.lease_person_id, count(*) as total, sum(x.object_count)::int8 as objects, count(*) filter (where x.object_count > 0) as with_objects,
      count(*) filter (where x.has_image_values) as image_values, sum(x.duration_ms)::int8 as duration_ms, sum(x.event_total)::int8 as events, count(*) filter (where x.has_people) as assignees,
      count(*) filter (where x.skipped) as skipped, count(*) filter (where x.is_exported) as exported, max(x.task_id) as last_id
    from (
      select t.id as task_id, t.object_count, ${counts_values ? HAS_IMAGE_VALUES : sql`false`} as has_image_values, t.duration_ms + t.review_ms as duration_ms, t.event_count - t.history_floor as event_total,
        (t.assignee_id is not null or t.stage_assignees <> '{}') as has_people,
        t.is_skipped as skipped, ${isExported(project_id)} as is_exported, l.person_id as lease_person_id, ${list}
      from (select * from task t where ${target} and t.id > ${after} order by t.id limit ${limit}) t ${planned}
      left join task_lease l on l.project_id = ${project_id} and l.task_id = t.id and l.expires_at > now()) x
    group by ${keys}, x.lease_person_id`.execute(db)
  return rows
}

/** Of a large export some tasks may not be stamped yet. Whether there is one is asked once, not for each task. */
const isExported = (project_id: number) => sql<boolean>`(t.exported_at is not null or (
  (select exists (select 1 from export_run e where e.project_id = ${project_id} and e.stamped_to is not null)) and (
    select true from export_run e join export_task x on x.project_id = e.project_id and x.export_id = e.id and x.task_id = t.id
    where e.project_id = ${project_id} and e.stamped_to is not null limit 1) is true))`
