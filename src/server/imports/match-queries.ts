// SQL of matching: parsed files that wait, and the tasks whose names they may mean.
import { sql } from 'kysely'
import { array, listsOf } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'
import type { NamedTask } from './match-names.ts'
import type { StoredImage } from './task-document.ts'

export type WaitingItem = Pick<StoredImage, 'names' | 'folders'> & { number: number; name: string }

/** Parsed images of an import in upload order, without their objects. */
export async function waitingItems(
  db: Queryable,
  project_id: number,
  import_id: number,
  after: number,
  limit: number,
): Promise<WaitingItem[]> {
  const { rows } = await sql<WaitingItem>`
    select number, name, document -> 'names' as names, document -> 'folders' as folders from import_item
    where project_id = ${project_id} and import_id = ${import_id} and number > ${after} and outcome <> 'rejected' and document is not null
    order by number limit ${limit}`.execute(db)
  return rows
}

/** Tasks of exactly these names, by the index on names. Archived ones are never matched. */
export async function tasksNamed(db: Queryable, project_id: number, names: readonly string[]): Promise<NamedTask[]> {
  if (names.length === 0) return []
  const { rows } = await sql<NamedTask>`
    select t.id, t.name, t.folder from unnest(${array([...new Set(names)], 'text')}) as p(name)
    join task t on t.project_id = ${project_id} and t.name = p.name collate "C" and not t.is_archived`.execute(db)
  return rows
}

/** Tasks whose name without extension is one of these in any case. Reads every task of the project once. */
export async function tasksWithStem(db: Queryable, project_id: number, stems: readonly string[]): Promise<NamedTask[]> {
  if (stems.length === 0) return []
  const { rows } = await sql<NamedTask>`
    select t.id, t.name, t.folder from task t
    where t.project_id = ${project_id} and not t.is_archived
      and lower(regexp_replace(t.name, '(.)\\.[^.]*$', '\\1')) in (select lower(s) from unnest(${array(stems, 'text')}) as s)`.execute(
    db,
  )
  return rows
}

/** Files of earlier imports that were not taken because a task has the same image: file name → name of that task's image. */
export async function duplicatesNamed(
  db: Queryable,
  project_id: number,
  names: readonly string[],
): Promise<Map<string, string>> {
  if (names.length === 0) return new Map()
  const { rows } = await sql<{ name: string; asset_name: string }>`
    select d.name, a.name as asset_name from (
      select lower(regexp_replace(i.name, '^.*/', '')) as name, i.asset_id from import_item i
      where i.project_id = ${project_id} and i.outcome = 'duplicate' and i.asset_id is not null
    ) d
    join asset a on a.project_id = ${project_id} and a.id = d.asset_id
    where d.name in (select lower(n) from unnest(${array(names, 'text')}) as n) and lower(a.name) <> d.name`.execute(db)
  return new Map(rows.map((r) => [r.name, r.asset_name]))
}

export type MatchedItem = {
  number: number
  outcome: 'matched' | 'unmatched'
  reason: string | null
  task_id: number | null
}

export async function writeMatches(
  db: Queryable,
  project_id: number,
  import_id: number,
  items: readonly MatchedItem[],
): Promise<void> {
  if (items.length === 0) return
  const list = listsOf(items)
  await sql`
    update import_item i set outcome = p.outcome, reason = p.reason, task_id = p.task_id
    from unnest(${list((m) => m.number, 'int8')}, ${list((m) => m.outcome, 'text')}, ${list((m) => m.reason, 'text')},
      ${list((m) => m.task_id, 'int8')}) as p(number, outcome, reason, task_id)
    where i.project_id = ${project_id} and i.import_id = ${import_id} and i.number = p.number`.execute(db)
}

/** Objects that were left out of images which the file does not list. */
export async function leftOutOf(
  db: Queryable,
  project_id: number,
  import_id: number,
  number: number,
): Promise<string[]> {
  const { rows } = await sql<{ left_out: string[] }>`
    select document -> 'left_out' as left_out from import_item
    where project_id = ${project_id} and import_id = ${import_id} and number = ${number}`.execute(db)
  return rows[0]?.left_out ?? []
}
