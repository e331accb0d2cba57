// SQL of saved views.
import { sql } from 'kysely'
import type { ProjectRole } from '../../model/permission.ts'
import type { StoredContent, ViewContent, ViewingRole } from '../../model/task-view.ts'
import type { Queryable, Tx } from '../db/connect.ts'

export type ViewRow = StoredContent & {
  id: number
  name: string
  is_shared: boolean
  owner_id: number
  owner_name: string
  version: number
  updated_at: string
  updated_by_id: number
  updated_by_name: string
}

const COLUMNS = sql`
  v.id, v.name, v.is_shared, v.owner_id, o.name as owner_name, v.filter, v.sort, v.columns, v.version, v.updated_at, v.updated_by_id,
  u.name as updated_by_name`
const WITH_NAMES = sql`task_view v join person o on o.id = v.owner_id join person u on u.id = v.updated_by_id`

/** Shared ones and the person's own, by name. */
export async function viewsFor(db: Queryable, project_id: number, person_id: number): Promise<ViewRow[]> {
  const { rows } = await sql<ViewRow>`
    select ${COLUMNS} from ${WITH_NAMES}
    where v.project_id = ${project_id} and (v.is_shared or v.owner_id = ${person_id}) order by lower(v.name), v.id`.execute(
    db,
  )
  return rows
}

export async function viewById(db: Queryable, project_id: number, id: number): Promise<ViewRow | null> {
  const { rows } = await sql<ViewRow>`
    select ${COLUMNS} from ${WITH_NAMES} where v.project_id = ${project_id} and v.id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** Locks a view until the transaction ends, so that it is nobody's default in the meantime. */
export async function lockView(tx: Tx, project_id: number, id: number): Promise<ViewRow | null> {
  await sql`select 1 from task_view where project_id = ${project_id} and id = ${id} for update`.execute(tx)
  return viewById(tx, project_id, id)
}

/** How many views a list of this kind holds: the shared ones, or a person's private ones. */
export async function countViews(
  db: Queryable,
  project_id: number,
  of: { is_shared: boolean; person_id: number },
): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from task_view where project_id = ${project_id} and is_shared = ${of.is_shared}
      and (is_shared or owner_id = ${of.person_id})`.execute(db)
  return rows[0]?.total ?? 0
}

/** @returns null if the name is taken in its list; upper and lower case are the same */
export async function insertView(
  db: Queryable,
  project_id: number,
  person_id: number,
  view: ViewContent & { name: string; is_shared: boolean },
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    insert into task_view (project_id, owner_id, name, is_shared, filter, sort, columns, updated_by_id)
    values (${project_id}, ${person_id}, ${view.name}, ${view.is_shared}, ${JSON.stringify(view.filter)}, ${view.sort},
      ${JSON.stringify(view.columns)}, ${person_id})
    on conflict do nothing returning id`.execute(db)
  return rows[0]?.id ?? null
}

const UNIQUE_VIOLATION = '23505'

/** Raises the version. @returns false if the name is taken in its list; the transaction is lost then */
export async function updateView(
  tx: Tx,
  project_id: number,
  id: number,
  person_id: number,
  view: StoredContent & { name: string; is_shared: boolean },
): Promise<boolean> {
  try {
    await sql`
      update task_view set name = ${view.name}, is_shared = ${view.is_shared}, filter = ${JSON.stringify(view.filter)}, sort = ${view.sort},
        columns = ${JSON.stringify(view.columns)}, version = version + 1, updated_at = now(), updated_by_id = ${person_id}
      where project_id = ${project_id} and id = ${id}`.execute(tx)
    return true
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) return false
    throw error
  }
}

/** With everybody's choice of it as their own default. */
export async function deleteView(tx: Tx, project_id: number, id: number): Promise<void> {
  await sql`delete from task_view_own_default where project_id = ${project_id} and view_id = ${id}`.execute(tx)
  await sql`delete from task_view where project_id = ${project_id} and id = ${id}`.execute(tx)
}

/** Others cannot open it any more, so it is no longer what their page opens with. */
export async function dropOthersDefaults(tx: Tx, project_id: number, view_id: number, owner_id: number): Promise<void> {
  await sql`
    delete from task_view_own_default where project_id = ${project_id} and view_id = ${view_id} and person_id <> ${owner_id}`.execute(
    tx,
  )
}

export async function roleDefaults(db: Queryable, project_id: number): Promise<Map<ProjectRole, number>> {
  const { rows } = await sql<{ role: ViewingRole; view_id: number }>`
    select role, view_id from task_view_role_default where project_id = ${project_id}`.execute(db)
  return new Map(rows.map((r) => [r.role, r.view_id]))
}

/** @returns undefined if the person chose nothing; null: all tasks */
export async function ownDefault(
  db: Queryable,
  project_id: number,
  person_id: number,
): Promise<number | null | undefined> {
  const { rows } = await sql<{ view_id: number | null }>`
    select view_id from task_view_own_default where project_id = ${project_id} and person_id = ${person_id}`.execute(db)
  return rows[0] ? rows[0].view_id : undefined
}

export async function putOwnDefault(
  db: Queryable,
  project_id: number,
  person_id: number,
  view_id: number | null,
): Promise<void> {
  await sql`
    insert into task_view_own_default (project_id, person_id, view_id) values (${project_id}, ${person_id}, ${view_id})
    on conflict (project_id, person_id) do update set view_id = excluded.view_id`.execute(db)
}

export async function clearOwnDefault(db: Queryable, project_id: number, person_id: number): Promise<void> {
  await sql`delete from task_view_own_default where project_id = ${project_id} and person_id = ${person_id}`.execute(db)
}

export async function putRoleDefault(
  db: Queryable,
  project_id: number,
  role: ViewingRole,
  view_id: number | null,
): Promise<void> {
  if (view_id === null)
    await sql`delete from task_view_role_default where project_id = ${project_id} and role = ${role}`.execute(db)
  else
    await sql`
      insert into task_view_role_default (project_id, role, view_id) values (${project_id}, ${role}, ${view_id})
      on conflict (project_id, role) do update set view_id = excluded.view_id`.execute(db)
}
