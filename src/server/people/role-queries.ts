// Who works in a project, with effective roles: Owners and Admins of the organization act as managers.
import { sql } from 'kysely'
import type { ProjectRole } from '../../model/permission.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import { runPrepared } from '../db/prepared.ts'

/**
 * Keeps a person's roles as they are until this transaction ends, so that no task goes to somebody who just left or may
 * no longer review. `share`, because a role is lowered without touching the key of its row. First the project's row, then
 * the organization's: whoever takes a person out does it in this order.
 */
export async function holdMembership(tx: Tx, project_id: number, person_id: number): Promise<void> {
  await sql`select 1 from project_member where project_id = ${project_id} and person_id = ${person_id} for share`.execute(
    tx,
  )
  await sql`select 1 from project p join organization_member o on o.organization_id = p.organization_id
    where p.id = ${project_id} and o.person_id = ${person_id} for share of o`.execute(tx)
}

/**
 * The same for everybody: a bulk operation gives tasks to whom it finds here. Whoever lowers a role or takes a person
 * out locks the organization first, see lockOrganization.
 */
export async function holdMembers(tx: Tx, project_id: number): Promise<void> {
  await sql`select 1 from project p join organization o on o.id = p.organization_id
    where p.id = ${project_id} for share of o`.execute(tx)
}

/** person id → effective role. One value for all: there may be thousands, and each step of an operation asks. */
export async function rolesInProject(db: Queryable, project_id: number): Promise<Map<number, ProjectRole>> {
  const statement = sql<{ roles: string | null }>`
    select json_object_agg(o.person_id, case when o.role in ('owner', 'admin') then 'manager' else m.role end)::text as roles
    from project p
    join organization_member o on o.organization_id = p.organization_id
    left join project_member m on m.project_id = p.id and m.person_id = o.person_id
    where p.id = ${project_id} and (o.role in ('owner', 'admin') or m.role is not null)`
  const [found] = await runPrepared(db, 'roles_in_project', statement)
  const roles = JSON.parse(found?.roles ?? '{}') as Record<string, ProjectRole>
  return new Map(Object.entries(roles).map(([id, role]) => [Number(id), role]))
}
