// What the queue would likely give a person next. The order is that of claim_tasks (migration 0010), without its locks.
import { sql } from 'kysely'
import { array } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'
import { type Asker, notOwnWork } from './queue-queries.ts'

/** More are seldom reached before somebody else takes them. */
const MOST = 2

/**
 * Assets of the tasks that would come next: mine that are open, returned, assigned, then the pool.
 * @param except the task that is open now
 */
export async function upcomingAssets(db: Queryable, asker: Asker, except: number | null): Promise<number[]> {
  const { project_id, person_id } = asker
  const order = sql`q.is_returned desc, q.priority desc, q.queued_at, q.task_id limit ${MOST}`
  const stages = sql`unnest(${array([...asker.stage_ids], 'int4')}) as s(stage_id)`
  const found = sql`q.task_id, q.is_returned, q.priority, q.queued_at`
  const here = sql`q.project_id = ${project_id} and q.stage_id = s.stage_id and q.task_id is distinct from ${except}::int8
    and ${notOwnWork(asker)}`
  const lease = sql`select l.task_id from task_lease l where l.project_id = ${project_id} and l.task_id = q.task_id
    and l.expires_at > now()`
  const { rows } = await sql<{ asset_id: number }>`
    with next as (
      select distinct on (c.task_id) c.* from (
        (select 1 as step, c.* from ${stages} cross join lateral (
          select ${found} from task_lease l join queue_entry q on q.project_id = l.project_id and q.task_id = l.task_id
          where l.project_id = ${project_id} and l.person_id = ${person_id} and l.expires_at > now()
            and q.assignee_id = ${person_id} and ${here} order by ${order}) c)
        union all
        (select 2, c.* from ${stages} cross join lateral (
          select ${found} from queue_entry q
          where q.assignee_id = ${person_id} and ${here} and not exists (${lease} and l.person_id <> ${person_id})
          order by ${order}) c)
        union all
        (select 3, c.* from ${stages} cross join lateral (
          select ${found} from queue_entry q
          where q.assignee_id is null and not q.skipper_ids @> to_jsonb(${person_id}::int8) and ${here}
            and not exists (${lease} and l.person_id <> ${person_id})
          order by q.assignee_id, ${order}) c)
      ) c order by c.task_id, c.step
    )
    select t.asset_id from next n join task t on t.project_id = ${project_id} and t.id = n.task_id
    where not t.is_skipped and not t.is_archived
    order by n.step, n.is_returned desc, n.priority desc, n.queued_at, n.task_id limit ${MOST}`.execute(db)
  return rows.map((row) => row.asset_id)
}
