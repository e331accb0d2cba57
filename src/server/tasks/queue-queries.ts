// The queue: what waits for a person. The next task is found by claim_tasks of migration 0010, through history/claim.ts.
import { sql } from 'kysely'
import type { EmptyQueue } from '../../model/queue.ts'
import { array } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'

export type Asker = { project_id: number; person_id: number; stage_ids: readonly number[]; allow_self_review: boolean }

/** Not a review of the asker's own work, where the project does not allow that. On `queue_entry q`. */
export const notOwnWork = (asker: Asker) => sql<boolean>`(
  ${asker.allow_self_review} or q.labelled_by_id is distinct from ${asker.person_id}::int8 or not exists (
    select 1 from stage k where k.project_id = q.project_id and k.id = q.stage_id and k.kind = 'review'))`

/** Why nothing is offered: all of it by SQL. */
export async function emptyQueue(db: Queryable, asker: Asker): Promise<EmptyQueue> {
  const mine = asker.person_id
  const { rows } = await sql<Omit<EmptyQueue, keyof Fleeting>>`
    select count(*) as total,
      count(*) filter (where s.kind = 'prepare') as in_prepare,
      count(*) filter (where here and not t.is_skipped) as in_stage,
      count(*) filter (where here and t.assignee_id <> ${mine}) as assigned_to_others,
      count(*) filter (where here and t.is_skipped) as skipped,
      count(*) filter (where here and s.kind = 'review' and t.labelled_by_id = ${mine}) as own_work,
      count(*) filter (where s.kind = 'review' and not here) as waiting_for_review,
      count(*) filter (where s.kind = 'completed') as completed
    from (select t.*, t.stage_id = any(${stages(asker)}) as here from task t
          where t.project_id = ${asker.project_id} and not t.is_archived) t
    join stage s on s.project_id = t.project_id and s.id = t.stage_id`.execute(db)
  return withFleeting(rows[0] as Omit<EmptyQueue, keyof Fleeting>, await fleeting(db, asker))
}

/** What no column of a task tells. `assigned_and_open`: of the tasks that are assigned to others. */
export type Fleeting = { open_by_others: number; assigned_and_open: number; skipped_by_me: number }

export const withFleeting = (
  counted: Omit<EmptyQueue, keyof Fleeting>,
  { assigned_and_open, ...rest }: Fleeting,
): EmptyQueue => ({ ...counted, ...rest, assigned_to_others: counted.assigned_to_others - assigned_and_open })

/** Looks at leases and at entries that were skipped, which are few. */
export async function fleeting(db: Queryable, asker: Asker): Promise<Fleeting> {
  const { project_id, person_id } = asker
  const { rows } = await sql<Fleeting>`
    select count(*) filter (where l.person_id <> ${person_id}) as open_by_others,
      count(*) filter (where t.assignee_id <> ${person_id}) as assigned_and_open,
      (select count(*) from queue_entry q where q.project_id = ${project_id} and q.stage_id = any(${stages(asker)})
         and q.skipper_ids <> '[]' and q.skipper_ids @> to_jsonb(${person_id}::int8)) as skipped_by_me
    from task_lease l join task t on t.project_id = l.project_id and t.id = l.task_id
    where l.project_id = ${project_id} and l.expires_at > now() and t.stage_id = any(${stages(asker)}) and not t.is_archived`.execute(
    db,
  )
  return rows[0] as Fleeting
}

const stages = (asker: Asker) => array([...asker.stage_ids], 'int4')

export type Waiting = { open: number; returned: number; assigned: number; pool: number }

/** What waits for a person alone, in some stages. */
export async function waitingForMe(db: Queryable, asker: Asker): Promise<Omit<Waiting, 'pool'>> {
  const { rows } = await sql<Omit<Waiting, 'pool'>>`
    select count(*) filter (where l.task_id is not null) as open,
      count(*) filter (where l.task_id is null and q.is_returned) as returned,
      count(*) filter (where l.task_id is null and not q.is_returned) as assigned
    from queue_entry q
    left join task_lease l on l.project_id = q.project_id and l.task_id = q.task_id and l.person_id = ${asker.person_id} and l.expires_at > now()
    where q.project_id = ${asker.project_id} and q.stage_id = any(${stages(asker)})
      and q.assignee_id = ${asker.person_id} and ${notOwnWork(asker)}`.execute(db)
  return rows[0] as Omit<Waiting, 'pool'>
}

/** On `queue_entry q`: what anybody may get, in some stages, and this person too unless they skipped it. */
const isInPool = (asker: Asker) => sql<boolean>`(q.project_id = ${asker.project_id}
  and q.stage_id = any(${stages(asker)}) and q.assignee_id is null and ${notOwnWork(asker)})`
const isSkippedBy = ({ person_id }: Asker) => sql<boolean>`q.skipper_ids @> to_jsonb(${person_id}::int8)`

/** What waits for anybody and so for this person. */
export async function waitingInPool(db: Queryable, asker: Asker): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from queue_entry q where ${isInPool(asker)} and not ${isSkippedBy(asker)}`.execute(db)
  return rows[0]?.total ?? 0
}

/** Whether the pool holds something for this person, locked or not. */
export async function isAnythingInPool(db: Queryable, asker: Asker): Promise<boolean> {
  const { rows } = await sql`
    select 1 from queue_entry q where ${isInPool(asker)} and not ${isSkippedBy(asker)} and not exists (
      select 1 from task_lease l where l.project_id = q.project_id and l.task_id = q.task_id and l.expires_at > now())
    limit 1`.execute(db)
  return rows.length > 0
}

/** Of the pool, what this person may not have because they skipped it, and could have otherwise. */
export async function skippedInPool(db: Queryable, asker: Asker): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from queue_entry q
    where ${isInPool(asker)} and q.skipper_ids <> '[]' and ${isSkippedBy(asker)}`.execute(db)
  return rows[0]?.total ?? 0
}

/**
 * What a person finished and worked today, in one project.
 * @param today_from when their day began; a clock that is wrong by more than a day changes little. Without it, midnight UTC
 */
export async function doneToday(db: Queryable, project_id: number, person_id: number, today_from?: string) {
  const from = sql`(select greatest(coalesce(${today_from ?? null}::timestamptz, date_trunc('day', now())), now() - interval '26 hours'))`
  const { rows } = await sql<{ done_today: number; duration_today_ms: number }>`
    select (select count(*) from task_event e where e.project_id = ${project_id} and e.actor_id = ${person_id}
              and e.at >= ${from} and e.kind in ('submitted', 'approved', 'rejected')) as done_today,
           coalesce((select sum(ms) from time_entry where project_id = ${project_id} and person_id = ${person_id}
              and at >= ${from}), 0)::int8 as duration_today_ms`.execute(db)
  return rows[0] as { done_today: number; duration_today_ms: number }
}
