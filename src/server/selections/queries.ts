// SQL of selections: how many tasks, and the frozen tasks of a CSV in pages.
import { type RawBuilder, sql } from 'kysely'
import type { Selection } from '../../model/selection.ts'
import type { TaskFieldName } from '../../model/task-fields.ts'
import type { Queryable } from '../db/connect.ts'
import { type Order, orderSql, selectionSql } from '../tasks/filter-queries.ts'

/** Now, in one look: exceptions that do not match any more take nothing away. @throws Failure empty_selection, unknown_field */
export async function countSelection(db: Queryable, project_id: number, selection: Selection): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from task t where ${selectionSql(project_id, selection)}`.execute(db)
  return rows[0]?.total ?? 0
}

export type TaskFileRow = {
  id: number
  person_id: number
  columns: TaskFieldName[]
  total: number
  written: number
  state: 'ready' | 'writing' | 'done' | 'stopped'
  created_at: string
}

/**
 * Writes down which tasks a selection holds at this moment, in this order. One statement sees one moment: each task is
 * in it once, whatever moves while the file is written.
 */
export async function freezeTaskFile(
  db: Queryable,
  project_id: number,
  wanted: { person_id: number; selection: Selection; columns: readonly TaskFieldName[]; order: Order },
): Promise<{ id: number; total: number }> {
  const { join, order } = frozenOrder(project_id, wanted.order)
  const { rows } = await sql<{ id: number; total: number }>`
    insert into task_file (project_id, person_id, columns, task_ids, total)
    select ${project_id}::int8, ${wanted.person_id}::int8, ${JSON.stringify(wanted.columns)}::jsonb,
      coalesce(string_agg(int8send(t.id), '' order by ${order}), ''), count(*)::int4
    from task t ${join} where ${selectionSql(project_id, wanted.selection)}
    returning id, total`.execute(db)
  return rows[0] as { id: number; total: number }
}

/**
 * The order of the page (ORDER_KEYS of tasks/filter-queries.ts) for all tasks at once: stages, people and batches by
 * their place, which is found once, instead of a name that is looked up for each of a million tasks and compared as text.
 */
function frozenOrder(project_id: number, order: Order): { join: RawBuilder<unknown>; order: RawBuilder<unknown> } {
  const byName = sql`dense_rank() over (order by lower(name) collate "C") as place`
  const places: Partial<Record<TaskFieldName, RawBuilder<unknown>>> = {
    stage_id: sql`select id, position as place from stage where project_id = ${project_id}`,
    assignee_id: sql`select id, ${byName} from person`,
    batch_id: sql`select id, ${byName} from batch where project_id = ${project_id}`,
  }
  const place = places[order.field]
  if (!place) return { join: sql``, order: orderSql(order) }
  const direction = sql.raw(order.descending ? 'desc' : 'asc')
  return {
    join: sql`left join (${place}) n on n.id = t.${sql.ref(order.field)}`,
    order: sql`n.place ${direction} nulls last, t.id ${direction}`,
  }
}

/** A person's own file. */
export async function taskFileOf(db: Queryable, project_id: number, id: number, person_id: number) {
  const { rows } = await sql<TaskFileRow>`
    select id, person_id, columns, total, written, state, created_at from task_file
    where project_id = ${project_id} and id = ${id} and person_id = ${person_id}`.execute(db)
  return rows[0] ?? null
}

/** Ids of the frozen tasks from row `from` on, at most `limit`. */
export async function frozenIds(
  db: Queryable,
  project_id: number,
  file_id: number,
  from: number,
  limit: number,
): Promise<number[]> {
  const { rows } = await sql<{ bytes: Uint8Array }>`
    select substring(task_ids from ${from * 8 + 1}::int4 for ${limit * 8}::int4) as bytes from task_file
    where project_id = ${project_id} and id = ${file_id}`.execute(db)
  const bytes = rows[0]?.bytes ?? new Uint8Array(0)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from(
    { length: bytes.byteLength / 8 },
    (_, i) => view.getUint32(8 * i) * 2 ** 32 + view.getUint32(8 * i + 4),
  )
}

export async function setProgress(
  db: Queryable,
  project_id: number,
  file_id: number,
  to: { written: number; state: TaskFileRow['state'] },
): Promise<void> {
  await sql`
    update task_file set written = ${to.written}, state = ${to.state} where project_id = ${project_id} and id = ${file_id}`.execute(
    db,
  )
}
