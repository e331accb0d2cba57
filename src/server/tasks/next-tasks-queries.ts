// The next tasks of a person, one after the other. The order is that of claim_tasks (migration 0010), without its locks.
import { sql } from 'kysely'
import type { OfferSource } from '../../model/queue.ts'
import { array } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'
import { type Asker, notOwnWork } from './queue-queries.ts'

export type NextTask = {
  id: number
  asset_id: number
  name: string
  width: number
  height: number
  source: OfferSource
  object_count: number
  open_comments: number
}

/** `with_pool`: what anybody may get, too. `with_open`: what the asker has open. */
type Wanted = { with_pool: boolean; with_open: boolean; limit: number }

/**
 * Mine open, mine returned, assigned to me, and the pool, without what others have open. Each part is read in the order of its
 * index, so a long queue costs no more than a short one.
 */
export async function nextTasks(
  db: Queryable,
  asker: Asker,
  { with_pool, with_open, limit }: Wanted,
): Promise<NextTask[]> {
  const { project_id, person_id: mine } = asker
  const stages = sql`unnest(${array([...asker.stage_ids], 'int4')}) as s(stage_id)`
  const entry = sql`q.task_id, q.is_returned, q.priority, q.queued_at`
  const here = sql`q.project_id = ${project_id} and q.stage_id = s.stage_id and ${notOwnWork(asker)}`
  const order = sql`q.is_returned desc, q.priority desc, q.queued_at, q.task_id limit ${limit}`
  const isOpen = sql`exists (select 1 from task_lease l where l.project_id = ${project_id} and l.task_id = q.task_id
    and l.expires_at > now() ${with_open ? sql`and l.person_id <> ${mine}` : sql``})`
  const open = sql`
    (select 1 as step, c.* from ${stages} cross join lateral (
      select ${entry} from task_lease l join queue_entry q on q.project_id = l.project_id and q.task_id = l.task_id
      where l.project_id = ${project_id} and l.person_id = ${mine} and l.expires_at > now()
        and q.assignee_id = ${mine} and ${here} order by ${order}) c)
    union all`
  const pool = sql`
    union all
    (select 3, c.* from ${stages} cross join lateral (
      select ${entry} from queue_entry q
      where q.assignee_id is null and not q.skipper_ids @> to_jsonb(${mine}::int8) and ${here} and not ${isOpen}
      order by q.assignee_id, ${order}) c)`
  const { rows } = await sql<NextTask>`
    with next as (
      select distinct on (c.task_id) c.* from (
        ${with_open ? open : sql``}
        (select 2 as step, c.* from ${stages} cross join lateral (
          select ${entry} from queue_entry q where q.assignee_id = ${mine} and ${here} and not ${isOpen}
          order by ${order}) c)
        ${with_pool ? pool : sql``}
      ) c order by c.task_id, c.step
    )
    select t.id, t.asset_id, t.name, t.width, t.height, t.object_count,
      case n.step when 1 then 'open' when 3 then 'pool' else case when n.is_returned then 'returned' else 'assigned' end end as source,
      (select count(*) from comment c where c.project_id = t.project_id and c.task_id = t.id and c.thread_id is null and c.resolved_at is null) as open_comments
    from next n join task t on t.project_id = ${project_id} and t.id = n.task_id
    order by n.step, n.is_returned desc, n.priority desc, n.queued_at, n.task_id limit ${limit}`.execute(db)
  return rows
}
