// Reads of tasks: pages, counts, locks.
import { type RawBuilder, sql } from 'kysely'
import type { Task } from '../../contract/tasks.ts'
import type { AnnotationDocument } from '../../model/annotation.ts'
import { type Filter, withoutField } from '../../model/filter.ts'
import type { LockedTask, Split } from '../../model/task.ts'
import type { TaskFieldName } from '../../model/task-fields.ts'
import { documentOfRow, EMPTY_DOCUMENT } from '../annotations/queries.ts'
import { ids } from '../db/array.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import { preparedStatement, runPrepared } from '../db/prepared.ts'
import { forTasks, runSequence } from '../db/sequence.ts'
import { afterSql, type Cursor, filterSql, type Order, orderSql } from './filter-queries.ts'

/** The live lease of `task t` as `l`. */
const LIVE_LEASE = sql`left join task_lease l on l.project_id = t.project_id and l.task_id = t.id and l.expires_at > now()`

/** The columns of a reply's task, with LIVE_LEASE. */
const TASK_COLUMNS = sql`
  t.id, t.asset_id, t.name, t.folder, t.width, t.height, t.stage_id, t.assignee_id, t.is_returned, t.times_returned,
  t.split, t.split_source, t.is_split_locked, t.priority, t.batch_id, t.is_skipped, t.skip_reason, t.skip_note,
  t.skipped_by_id, t.skipped_at, t.queued_at, t.is_archived, t.duration_ms, t.review_ms, t.object_count, t.class_counts,
  t.event_count, t.history_floor, t.generation, t.labelled_by_id, t.reviewed_by_id, t.completed_at, t.exported_at,
  t.created_at, t.updated_at,
  case when l.person_id is not null then jsonb_build_object(
    'person_id', l.person_id, 'expires_at', to_char(l.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as lease`

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
    join task t on t.project_id = ${project_id} and t.id = page.id ${LIVE_LEASE}
    order by page.order_key ${direction} nulls last, t.id ${direction}`.execute(db)
  return rows
}

export async function countTasks(db: Queryable, where: RawBuilder<boolean>): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*) as total from task t where ${where}`.execute(db)
  return rows[0]?.total ?? 0
}

/** Counts beside each choice: a column's own conditions left out. */
export async function facetsOf(db: Queryable, project_id: number, filter: Filter) {
  const counts = async <V>(field: TaskFieldName) => {
    const others = withoutField(filter, field)
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
  const statement = sql<Task & { revision_id: number | null }>`
    select ${TASK_COLUMNS}, t.revision_id from task t ${LIVE_LEASE} where t.project_id = ${project_id} and t.id = ${task_id}`
  const [task] = await runPrepared(db, 'task_by_id', statement)
  return task ?? null
}

/** In one statement: a save in between drops the revision that the task had. */
export async function taskWithDocument(
  db: Queryable,
  project_id: number,
  task_id: number,
): Promise<{ task: Task; revision_id: number | null; document: AnnotationDocument } | null> {
  const statement = sql<Task & { revision_id: number | null } & Required<AnnotationDocument>>`
    select ${TASK_COLUMNS}, t.revision_id, r.objects, r.global_attributes, r.rejected_predictions from task t ${LIVE_LEASE}
    left join annotation_revision r on r.project_id = t.project_id and r.task_id = t.id and r.id = t.revision_id
    where t.project_id = ${project_id} and t.id = ${task_id}`
  const [row] = await runPrepared(db, 'task_with_document', statement)
  if (!row) return null
  const { revision_id, objects, global_attributes, rejected_predictions, ...task } = row
  const document =
    revision_id === null ? EMPTY_DOCUMENT : documentOfRow({ objects, global_attributes, rejected_predictions })
  return { task, revision_id, document }
}

/** Looked up one by one: the plan is made for any number of ids, and would read everybody for a few. */
const readNames = preparedStatement<{ people: string }>(
  'names_of_people',
  `select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name)), '[]')::text as people
   from json_array_elements_text(cast($1 as json)) as w(id)
   cross join lateral (select id, name from person where id = w.id::int8 offset 0) p`,
)

/** @param personIds may repeat; null is nobody */
export async function namesOfPeople(db: Queryable, personIds: readonly (number | null | undefined)[]) {
  const wanted = new Set(personIds.filter((id): id is number => typeof id === 'number'))
  if (wanted.size === 0) return []
  const { rows } = await readNames(db, [JSON.stringify([...wanted])])
  return JSON.parse(rows[0]?.people ?? '[]') as { id: number; name: string }[]
}

export const peopleOfTask = (t: Task) => [
  t.assignee_id,
  t.skipped_by_id,
  t.labelled_by_id,
  t.reviewed_by_id,
  t.lease?.person_id,
]

const LOCKED_COLUMNS = sql`
  t.project_id, t.id, t.asset_id, t.name, t.folder, t.width, t.height, t.stage_id, t.assignee_id, t.stage_assignees,
  t.is_returned, t.times_returned, t.split, t.split_source, t.is_split_locked, t.priority, t.batch_id, t.is_skipped,
  t.skip_reason, t.skip_note, t.skipped_by_id, t.skipped_at, t.skipper_ids, t.queued_at, t.is_archived, t.duration_ms,
  t.review_ms, t.duration_floor, t.revision_id, t.object_count, t.class_counts, t.event_count, t.history_floor,
  t.generation, t.version, t.labelled_by_id, t.reviewed_by_id, t.completed_at, t.exported_at, t.created_at, t.updated_at,
  case when l.expires_at > now() then jsonb_build_object(
    'person_id', l.person_id, 'session_id', l.session_id, 'generation', l.generation, 'expires_at', l.expires_at) end as lease,
  case when l.expires_at <= now() then l.session_id end as lapsed_session_id`
const WITH_LEASE = sql`task t left join task_lease l on l.project_id = t.project_id and l.task_id = t.id`

/**
 * Locks tasks for change, in id order so that two changes never wait for each other in a circle. The rows are read by
 * a second statement: one that waited for a lock sees the new task, but the leases of the moment when it began to wait.
 */
export async function lockTasks(tx: Tx, project_id: number, taskIds: readonly number[]): Promise<LockedTask[]> {
  const lock = sql`
    select count(*) from (
      select t.id from task t where t.project_id = ${project_id} and t.id = any(${ids(taskIds)}) order by t.id for update of t) locked`
  const read = sql<LockedTask>`
    select ${LOCKED_COLUMNS} from ${WITH_LEASE} where t.project_id = ${project_id} and t.id = any(${ids(taskIds)}) order by t.id`
  const count = taskIds.length
  const [, tasks] = await runSequence(tx, [forTasks('lock_task', count, lock), forTasks('locked_task', count, read)])
  return tasks
}
