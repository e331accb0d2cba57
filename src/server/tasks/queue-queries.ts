// The queue: what waits for a person. The next task is found by claim_tasks of migration 0010, through history/claim.ts.
import { sql } from 'kysely'
import type { EmptyQueue } from '../../model/queue.ts'
import { array } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'

export type Asker = { project_id: number; person_id: number; stage_ids: readonly number[]; allow_self_review: boolean }

/** Not a review of the asker's own work, where the project does not allow that. On `queue_entry q`. */
const notOwnWork = (asker: Asker) => sql<boolean>`(
  ${asker.allow_self_review} or q.labelled_by_id is distinct from ${asker.person_id}::int8 or not exists (
    select 1 from stage k where k.project_id = q.project_id and k.id = q.stage_id and k.kind = 'review'))`

/** Why nothing is offered. */
export async function emptyQueue(db: Queryable, asker: Asker): Promise<EmptyQueue> {
  const mine = asker.person_id
  const { rows } = await sql<EmptyQueue>`
    select count(*) as total,
      count(*) filter (where s.kind = 'prepare') as in_prepare,
      count(*) filter (where here and not t.is_skipped) as in_stage,
      count(*) filter (where here and l.person_id is not null and l.person_id <> ${mine}) as open_by_others,
      count(*) filter (where here and t.assignee_id <> ${mine} and l.person_id is null) as assigned_to_others,
      count(*) filter (where here and t.is_skipped) as skipped,
      count(*) filter (where here and not t.is_skipped and t.skipper_ids @> to_jsonb(${mine}::int8)) as skipped_by_me,
      count(*) filter (where here and s.kind = 'review' and t.labelled_by_id = ${mine}) as own_work,
      count(*) filter (where s.kind = 'review' and not here) as waiting_for_review,
      count(*) filter (where s.kind = 'completed') as completed
    from (select t.*, t.stage_id = any(${array([...asker.stage_ids], 'int4')}) as here from task t
          where t.project_id = ${asker.project_id} and not t.is_archived) t
    join stage s on s.project_id = t.project_id and s.id = t.stage_id
    left join task_lease l on l.project_id = t.project_id and l.task_id = t.id and l.expires_at > now()`.execute(db)
  return rows[0] as EmptyQueue
}

export type Waiting = { open: number; returned: number; assigned: number; pool: number }

/** What waits for a person in some stages. */
export async function waitingFor(db: Queryable, asker: Asker): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    select count(*) filter (where l.task_id is not null) as open,
      count(*) filter (where l.task_id is null and q.assignee_id is not null and q.is_returned) as returned,
      count(*) filter (where l.task_id is null and q.assignee_id is not null and not q.is_returned) as assigned,
      count(*) filter (where q.assignee_id is null and not q.skipper_ids @> to_jsonb(${asker.person_id}::int8)) as pool
    from queue_entry q
    left join task_lease l on l.project_id = q.project_id and l.task_id = q.task_id and l.person_id = ${asker.person_id} and l.expires_at > now()
    where q.project_id = ${asker.project_id} and q.stage_id = any(${array([...asker.stage_ids], 'int4')})
      and (q.assignee_id is null or q.assignee_id = ${asker.person_id}) and ${notOwnWork(asker)}`.execute(db)
  return rows[0] as Waiting
}

/** What a person finished and worked since midnight UTC, in one project. */
export async function doneToday(db: Queryable, project_id: number, person_id: number) {
  const { rows } = await sql<{ done_today: number; duration_today_ms: number }>`
    select (select count(*) from task_event e where e.project_id = ${project_id} and e.actor_id = ${person_id}
              and e.at >= date_trunc('day', now()) and e.kind in ('submitted', 'approved', 'rejected')) as done_today,
           coalesce((select sum(ms) from time_entry where project_id = ${project_id} and person_id = ${person_id}
              and at >= date_trunc('day', now())), 0)::int8 as duration_today_ms`.execute(db)
  return rows[0] as { done_today: number; duration_today_ms: number }
}
