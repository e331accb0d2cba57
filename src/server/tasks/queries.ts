// Reads of tasks: pages, counts, locks, the numbers above the table.
import { type RawBuilder, sql } from 'kysely'
import type { Task } from '../../contract/tasks.ts'
import { type Filter, NO_FILTER } from '../../model/filter.ts'
import type { LockedTask, Split } from '../../model/task.ts'
import { ids } from '../db/array.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import { afterSql, type Cursor, filterSql, type Order, orderSql } from './filter-queries.ts'

/** The live lease of `task t` as JSON, or null. */
const LEASE_OF_ROW = sql`(
  select jsonb_build_object('person_id', l.person_id, 'expires_at', to_char(l.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from task_lease l where l.project_id = t.project_id and l.task_id = t.id and l.expires_at > now())`

/** The columns of a reply's task. */
const TASK_COLUMNS = sql`
  t.id, t.asset_id, t.name, t.folder, t.width, t.height, t.stage_id, t.assignee_id, t.is_returned, t.times_returned,
  t.split, t.split_source, t.is_split_locked, t.priority, t.batch_id, t.is_skipped, t.skip_reason, t.skip_note,
  t.skipped_by_id, t.skipped_at, t.queued_at, t.is_archived, t.duration_ms, t.review_ms, t.object_count, t.class_counts,
  t.event_count, t.history_floor, t.generation, t.labelled_by_id, t.reviewed_by_id, t.completed_at, t.exported_at,
  t.created_at, t.updated_at, ${LEASE_OF_ROW} as lease`

type PageRow = Task & { order_key: string | number | null }

/**
 * A page in a stable order. The inner query finds ids by key; only the page's rows are widened.
 * @param limit one more than shown tells whether there is a next page
 */
export async function pageOfTasks(
  db: Queryable,
  project_id: number,
  filter: Filter,
  order: Order,
  cursor: Cursor | null,
  limit: number,
  offset = 0,
) {
  const where = filterSql(project_id, filter)
  const after = cursor ? sql` and ${afterSql(order, cursor)}` : sql``
  const direction = sql.raw(order.descending ? 'desc' : 'asc')
  const { rows } = await sql<PageRow>`
    select ${TASK_COLUMNS}, page.order_key
    from (select t.id, ${order.key} as order_key from task t where ${where}${after} order by ${orderSql(order)} limit ${limit} offset ${offset}) page
    join task t on t.project_id = ${project_id} and t.id = page.id
    order by page.order_key ${direction} nulls last, t.id ${direction}`.execute(db)
  return rows
}

export async function countTasks(db: Queryable, where: RawBuilder<boolean>): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*) as total from task t where ${where}`.execute(db)
  return rows[0]?.total ?? 0
}

/** Counts beside each choice: a column's own conditions left out. */
export async function facetsOf(db: Queryable, project_id: number, filter: Filter) {
  const counts = async <V>(field: string) => {
    const others = { conditions: filter.conditions.filter((c) => c.field !== field) }
    const { rows } = await sql<{ value: V; total: number }>`
      select t.${sql.ref(field)} as value, count(*) as total from task t where ${filterSql(project_id, others)} group by 1 order by 2 desc, 1 limit 200`.execute(
      db,
    )
    return rows
  }
  return {
    total: await countTasks(db, filterSql(project_id, filter)),
    stage_id: await counts<number>('stage_id'),
    assignee_id: await counts<number | null>('assignee_id'),
    split: await counts<Split | null>('split'),
    batch_id: await counts<number | null>('batch_id'),
    priority: await counts<number>('priority'),
    is_skipped: await counts<boolean>('is_skipped'),
  }
}

/** At which row of a filter and order a task stands. */
export async function findRow(
  db: Queryable,
  where: RawBuilder<boolean>,
  order: Order,
  by: { name?: string | undefined; task_id?: number | undefined },
): Promise<{ row: number | null; task_id: number | null }> {
  const wanted = by.name?.toLowerCase() ?? ''
  const rank = sql`case when r.id = ${by.task_id ?? null}::int8 then 0 when lower(r.name) = ${wanted} then 1
    when ${wanted} <> '' and starts_with(lower(r.name), ${wanted}) then 2
    when ${wanted} <> '' and strpos(lower(r.name), ${wanted}) > 0 then 3 end`
  const { rows } = await sql<{ row: number; task_id: number }>`
    select r.row, r.id as task_id from (
      select t.id, t.name, row_number() over (order by ${orderSql(order)}) - 1 as row from task t where ${where}) r
    where ${rank} is not null order by ${rank}, r.row limit 1`.execute(db)
  return rows[0] ?? { row: null, task_id: null }
}

export async function taskById(
  db: Queryable,
  project_id: number,
  task_id: number,
): Promise<(Task & { revision_id: number | null }) | null> {
  const { rows } = await sql<Task & { revision_id: number | null }>`
    select ${TASK_COLUMNS}, t.revision_id from task t where t.project_id = ${project_id} and t.id = ${task_id}`.execute(
    db,
  )
  return rows[0] ?? null
}

export async function namesOfPeople(db: Queryable, personIds: readonly (number | null | undefined)[]) {
  const wanted = [...new Set(personIds.filter((id): id is number => typeof id === 'number'))]
  if (wanted.length === 0) return []
  const { rows } = await sql<{
    id: number
    name: string
  }>`select id, name from person where id = any(${ids(wanted)})`.execute(db)
  return rows
}

export const peopleOfTask = (t: Task) => [
  t.assignee_id,
  t.skipped_by_id,
  t.labelled_by_id,
  t.reviewed_by_id,
  t.lease?.person_id,
]

const LOCKED_COLUMNS = sql`
  t.*,
  case when l.expires_at > now() then jsonb_build_object(
    'person_id', l.person_id, 'session_id', l.session_id, 'generation', l.generation, 'expires_at', l.expires_at) end as lease,
  case when l.expires_at <= now() then l.session_id end as lapsed_session_id`
const WITH_LEASE = sql`task t left join task_lease l on l.project_id = t.project_id and l.task_id = t.id`

/**
 * Locks tasks for change, in id order so that two changes never wait for each other in a circle. The rows are read by
 * a second statement: one that waited for a lock sees the new task, but the leases of the moment when it began to wait.
 */
export async function lockTasks(tx: Tx, project_id: number, taskIds: readonly number[]): Promise<LockedTask[]> {
  await sql`
    select count(*) from (
      select t.id from task t where t.project_id = ${project_id} and t.id = any(${ids(taskIds)}) order by t.id for update of t) locked`.execute(
    tx,
  )
  const { rows } = await sql<LockedTask>`
    select ${LOCKED_COLUMNS} from ${WITH_LEASE} where t.project_id = ${project_id} and t.id = any(${ids(taskIds)}) order by t.id`.execute(
    tx,
  )
  return rows
}

/** The same without locks, for previews: the next page of a selection by id. */
export async function peekTasks(
  db: Queryable,
  where: RawBuilder<boolean>,
  afterId: number,
  limit: number,
): Promise<LockedTask[]> {
  const { rows } = await sql<LockedTask>`
    select ${LOCKED_COLUMNS} from ${WITH_LEASE} where ${where} and t.id > ${afterId} order by t.id limit ${limit}`.execute(
    db,
  )
  return rows
}

/** Everything in the strip above the table, and per person. */
export async function summaryOf(db: Queryable, project_id: number) {
  const everything = filterSql(project_id, NO_FILTER)
  const stages = await sql<{
    stage_id: number
    total: number
    unassigned: number
    skipped: number
    returned: number
    open: number
  }>`
    select s.id as stage_id, count(t.id) as total, count(t.id) filter (where t.assignee_id is null) as unassigned,
           count(t.id) filter (where t.is_skipped) as skipped, count(t.id) filter (where t.is_returned) as returned,
           (select count(*) from task_lease l join task o on o.project_id = l.project_id and o.id = l.task_id
             where l.project_id = s.project_id and o.stage_id = s.id and l.expires_at > now()) as open
    from stage s left join task t on t.project_id = s.project_id and t.stage_id = s.id and not t.is_archived
    where s.project_id = ${project_id} group by s.project_id, s.id, s.position order by s.position`.execute(db)
  const totals = await sql<{
    total: number
    train: number
    validation: number
    test: number
    none: number
    objects: number
    duration_ms: number
    completed_today: number
    archived: number
    oldest_queued_at: string | null
  }>`
    select count(*) as total, count(*) filter (where t.split = 'train') as train, count(*) filter (where t.split = 'validation') as validation,
           count(*) filter (where t.split = 'test') as test, count(*) filter (where t.split is null) as none,
           coalesce(sum(t.object_count), 0)::int8 as objects, coalesce(sum(t.duration_ms), 0)::int8 as duration_ms,
           count(*) filter (where t.completed_at >= date_trunc('day', now())) as completed_today,
           (select count(*) from task a where a.project_id = ${project_id} and a.is_archived) as archived,
           (select min(q.queued_at) from queue_entry q where q.project_id = ${project_id}) as oldest_queued_at
    from task t where ${everything}`.execute(db)
  const people = await sql<{
    id: number
    name: string
    open: number
    assigned: number
    completed: number
    duration_ms: number
  }>`
    with work as (
      select t.assignee_id as person_id, count(*) as assigned, 0::int8 as completed, 0::int8 as open from task t
        where ${everything} and t.assignee_id is not null group by 1
      union all
      select t.labelled_by_id, 0, count(*), 0 from task t join stage s on s.project_id = t.project_id and s.id = t.stage_id
        where ${everything} and s.kind = 'completed' and t.labelled_by_id is not null group by 1
      union all
      select l.person_id, 0, 0, count(*) from task_lease l where l.project_id = ${project_id} and l.expires_at > now() group by 1)
    select p.id, p.name, sum(w.open)::int8 as open, sum(w.assigned)::int8 as assigned, sum(w.completed)::int8 as completed,
           coalesce((select sum(e.ms) from time_entry e where e.project_id = ${project_id} and e.person_id = p.id), 0)::int8 as duration_ms
    from work w join person p on p.id = w.person_id group by p.id, p.name order by p.name limit 200`.execute(db)
  return { stages: stages.rows, totals: totals.rows[0] as (typeof totals.rows)[number], people: people.rows }
}
