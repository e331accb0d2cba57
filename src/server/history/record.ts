// history/: the only writer of tasks and of history, and the readers of timelines. Rules live in model/.
// This file: writes decided changes and one event each, set-based; keeps the queue in step.
import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { EventDraft, TaskPatch, TaskRow } from '../../model/task.ts'
import { ids, listsOf } from '../db/array.ts'
import type { Tx } from '../db/connect.ts'
import { forTasks, prepared, runSequence, type Statement } from '../db/sequence.ts'
import { announcement } from './announce.ts'
import { columnType, type PatchColumn, scalar, ValuesBeside } from './column-values.ts'

export type Actor = { person_id: number | null; kind: 'person' | 'token' | 'system' }
/** Who, when, and the bulk operation it belongs to. */
export type Stamp = { actor: Actor; at: string; operation_id: number | null }
/** A decided change of a task that this transaction has locked. `keeps_version`: what was changed before can still be undone. */
export type Change = {
  task: TaskRow
  patch: TaskPatch
  events: readonly EventDraft[]
  ends_lease?: boolean
  keeps_version?: boolean
}

/** Columns that decide whether, where and when a task is offered. */
export const QUEUE_COLUMNS: ReadonlySet<string> = new Set<PatchColumn>([
  'stage_id', 'assignee_id', 'is_returned', 'priority', 'is_skipped', 'skipper_ids', 'queued_at', 'is_archived', 'labelled_by_id',
]) // biome-ignore format: one list

/**
 * Writes changes of tasks of one project, locked before by this transaction: one UPDATE, one INSERT of events.
 * Every change raises `version` by one, which undo compares, unless it keeps it.
 */
export async function record(tx: Tx, project_id: number, stamp: Stamp, changes: readonly Change[]): Promise<void> {
  if (changes.length > 0) await runSequence(tx, recordOf(project_id, stamp, changes))
}

/** What record runs, for what goes in one sequence with it. */
export function recordOf(project_id: number, stamp: Stamp, changes: readonly Change[]): Statement[] {
  const columns = [...new Set(changes.flatMap((c) => Object.keys(c.patch) as PatchColumn[]))].sort()
  const taskIds = changes.map((c) => c.task.id)
  const ended = changes.filter((c) => c.ends_lease).map((c) => c.task.id)
  return [
    TASK_WRITER,
    updateOf(project_id, stamp.at, changes, columns),
    ...newEvents(project_id, stamp, changes),
    announcement(project_id, taskIds),
    ...(ended.length > 0 ? [endOfLeases(project_id, ended)] : []),
    ...(columns.some((c) => QUEUE_COLUMNS.has(c)) ? queueInStep(project_id, taskIds) : []),
  ]
}

/** Says to the trigger on `task` that this transaction writes through this folder. */
const TASK_WRITER = prepared('become_task_writer', sql`select set_config('pixlhub.task_writer', 'record', true)`)

export async function becomeTaskWriter(tx: Tx): Promise<void> {
  await runSequence(tx, [TASK_WRITER])
}

const endOfLeases = (project_id: number, taskIds: readonly number[]): Statement =>
  forTasks(
    'end_lease_of_task',
    taskIds.length,
    sql`delete from task_lease where project_id = ${project_id} and task_id = any(${ids(taskIds)})`,
  )

function updateOf(project_id: number, at: string, changes: readonly Change[], columns: PatchColumn[]): Statement {
  const beside = new ValuesBeside()
  const sets = columns.map((column) => {
    const type = columnType(column)
    const values = changes.map((c) => scalar(column in c.patch ? c.patch[column] : c.task[column], type))
    return sql`${sql.ref(column)} = ${beside.per(column, type, values)}`
  })
  const told = beside.per('told', 'int4', changes.map((c) => c.events.length)) // biome-ignore format: one expression
  const raised = beside.per('raised', 'int4', changes.map((c) => (c.keeps_version ? 0 : 1))) // biome-ignore format: one expression
  sets.push(sql`version = t.version + ${raised}, updated_at = ${at}, event_count = t.event_count + ${told}`)
  const statement = sql`
    update task as t set ${sql.join(sets)}
    from unnest(${ids(changes.map((c) => c.task.id))}) with ordinality as u(id, place) ${beside.join()}
    where t.project_id = ${project_id} and t.id = u.id`
  const name = `update_task_${createHash('md5').update(columns.join()).digest('hex')}`
  return forTasks(name, changes.length, statement)
}

function newEvents(project_id: number, stamp: Stamp, changes: readonly Change[]): Statement[] {
  const rows = changes.flatMap((c) =>
    c.events.map((event, i) => ({ task_id: c.task.id, number: c.task.event_count + 1 + i, event })),
  )
  if (rows.length === 0) return []
  const list = listsOf(rows)
  const json = (value: object | undefined) => (value === undefined ? null : JSON.stringify(value))
  const statement = sql`
    insert into task_event (project_id, task_id, number, kind, at, actor_id, actor_kind, operation_id, before, after, note)
    select ${project_id}::int8, p.task_id, p.number, p.kind, ${stamp.at}::timestamptz, ${stamp.actor.person_id}::int8, ${stamp.actor.kind}::text,
           ${stamp.operation_id}::int8, cast(p.before as jsonb), cast(p.after as jsonb), p.note
    from unnest(
      ${list((r) => r.task_id, 'int8')}, ${list((r) => r.number, 'int4')}, ${list((r) => r.event.kind, 'text')},
      ${list((r) => json(r.event.before), 'text')}, ${list((r) => json(r.event.after), 'text')}, ${list((r) => r.event.note ?? null, 'text')}
    ) as p(task_id, number, kind, before, after, note)`
  return [forTasks('insert_events_of_task', changes.length, statement)]
}

/**
 * An entry of a task that changes nothing of it: what was changed before can still be undone.
 * @param task locked by this transaction
 */
export function entryOf(project_id: number, stamp: Stamp, task: TaskRow, event: EventDraft): Statement[] {
  const counted = sql`update task set event_count = event_count + 1 where project_id = ${project_id} and id = ${task.id}`
  return [
    TASK_WRITER,
    prepared('count_entry_of_task', counted),
    ...newEvents(project_id, stamp, [{ task, patch: {}, events: [event] }]),
    announcement(project_id, [task.id]),
  ]
}

/** Brings the queue's rows of these tasks in line with the tasks. */
function queueInStep(project_id: number, taskIds: readonly number[]): Statement[] {
  const sorted = [...taskIds].sort((x, y) => x - y)
  const tasks = sql`unnest(${ids(sorted)}) as u(id)`
  const span = { project_id, first_id: sorted[0] as number, last_id: sorted.at(-1) as number }
  return [
    forTasks('leave_queue', sorted.length, leaveQueueSql(span, tasks)),
    forTasks('enter_queue', sorted.length, enterTasksSql(span, tasks)),
  ]
}

/** Tasks of a project: lowest and highest id let neighbours be read in one run. */
type Span = { project_id: number; first_id: number; last_id: number }

/** @param tasks rows `u(id)`; many of them may not be there */
export const leaveQueueSql = ({ project_id, first_id, last_id }: Span, tasks: RawBuilder<unknown>) => sql`
  delete from queue_entry q using ${tasks}
  where q.project_id = ${project_id} and q.task_id = u.id and q.task_id between ${first_id} and ${last_id}`

/** Those of the tasks that can be offered. @param tasks rows `u(id)` */
const enterTasksSql = ({ project_id, first_id, last_id }: Span, tasks: RawBuilder<unknown>) =>
  enterQueueSql(
    sql`${tasks} join task t on t.project_id = ${project_id} and t.id = u.id and t.id between ${first_id} and ${last_id}`,
  )

/** Enters those that can be offered. None of them has a place in the queue. @param tasks rows of tasks `t` */
export const enterQueueSql = (tasks: RawBuilder<unknown>) => sql`
  insert into queue_entry (project_id, task_id, stage_id, assignee_id, is_returned, priority, queued_at, labelled_by_id, skipper_ids)
  select t.project_id, t.id, t.stage_id, t.assignee_id, t.is_returned, t.priority, t.queued_at, t.labelled_by_id, t.skipper_ids
  from ${tasks} join stage s on s.project_id = t.project_id and s.id = t.stage_id
  where s.kind in ('label', 'review') and not t.is_skipped and not t.is_archived and t.queued_at is not null`

export type TaskDraft = {
  asset_id: number
  name: string
  folder: string
  width: number
  height: number
  stage_id: number
  priority: number
  batch_id: number | null
}

/**
 * Creates one task per asset. In a stage that offers tasks, they enter the queue now.
 * @returns task ids in the order of the drafts
 */
export async function createTasks(
  tx: Tx,
  project_id: number,
  stamp: Stamp,
  drafts: readonly TaskDraft[],
): Promise<number[]> {
  if (drafts.length === 0) return []
  await becomeTaskWriter(tx)
  const list = listsOf(drafts)
  const { rows } = await sql<{ id: number; asset_id: number }>`
    insert into task (project_id, asset_id, name, folder, width, height, stage_id, priority, batch_id, queued_at, event_count, created_at, updated_at)
    select ${project_id}::int8, p.asset_id, p.name, p.folder, p.width, p.height, p.stage_id, p.priority, p.batch_id,
           case when s.kind in ('label', 'review') then cast(${stamp.at} as timestamptz) end, 1, ${stamp.at}::timestamptz, ${stamp.at}::timestamptz
    from unnest(
      ${list((d) => d.asset_id, 'int8')}, ${list((d) => d.name, 'text')}, ${list((d) => d.folder, 'text')}, ${list((d) => d.width, 'int4')},
      ${list((d) => d.height, 'int4')}, ${list((d) => d.stage_id, 'int4')}, ${list((d) => d.priority, 'int4')}, ${list((d) => d.batch_id, 'int8')}
    ) with ordinality as p(asset_id, name, folder, width, height, stage_id, priority, batch_id, position)
    join stage s on s.project_id = ${project_id} and s.id = p.stage_id
    order by p.position
    returning id, asset_id`.execute(tx)
  const idOf = new Map(rows.map((r) => [r.asset_id, r.id]))
  const taskIds = drafts.map((d) => idOf.get(d.asset_id) as number)
  await sql`
    insert into task_event (project_id, task_id, number, kind, at, actor_id, actor_kind, operation_id, after)
    select t.project_id, t.id, 1, 'created', ${stamp.at}::timestamptz, ${stamp.actor.person_id}::int8, ${stamp.actor.kind}::text, ${stamp.operation_id}::int8,
           jsonb_build_object('stage_id', t.stage_id, 'name', t.name)
    from task t where t.project_id = ${project_id} and t.id = any(${ids(taskIds)})`.execute(tx)
  await runSequence(tx, [announcement(project_id, taskIds), ...queueInStep(project_id, taskIds)])
  return taskIds
}
