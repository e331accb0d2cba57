// SQL of who belongs to an organization and to a project.
import { sql } from 'kysely'
import type { OrganizationRole, ProjectRole } from '../../model/permission.ts'
import type { Queryable, Tx } from '../db/connect.ts'

/** Changes of an organization's members wait for each other: two owners cannot demote each other at once. */
export async function lockOrganization(tx: Tx, organization_id: number): Promise<void> {
  await tx.selectFrom('organization').select('id').where('id', '=', organization_id).forNoKeyUpdate().execute()
}

export async function organizationMembers(db: Queryable, organization_id: number) {
  return db
    .selectFrom('organization_member as m')
    .innerJoin('person as p', 'p.id', 'm.person_id')
    .select(['p.id', 'p.name', 'p.email', 'm.role', 'm.created_at as joined_at'])
    .where('m.organization_id', '=', organization_id)
    .orderBy(sql`lower(p.name)`)
    .orderBy('p.id')
    .execute()
}

export async function organizationRoleOf(
  db: Queryable,
  organization_id: number,
  person_id: number,
): Promise<OrganizationRole | null> {
  const row = await db
    .selectFrom('organization_member')
    .select('role')
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .executeTakeFirst()
  return row?.role ?? null
}

export async function countOwners(db: Queryable, organization_id: number): Promise<number> {
  const row = await db
    .selectFrom('organization_member')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('organization_id', '=', organization_id)
    .where('role', '=', 'owner')
    .executeTakeFirstOrThrow()
  return row.total
}

/** Adds a member or changes the role. */
export async function putOrganizationMember(
  tx: Queryable,
  organization_id: number,
  person_id: number,
  role: OrganizationRole,
): Promise<void> {
  await tx
    .insertInto('organization_member')
    .values({ organization_id, person_id, role })
    .onConflict((c) => c.columns(['organization_id', 'person_id']).doUpdateSet({ role }))
    .execute()
}

/** Removes a member from the organization and from all its projects. */
export async function deleteOrganizationMember(tx: Tx, organization_id: number, person_id: number): Promise<void> {
  await sql`
    delete from project_member m using project p
    where p.id = m.project_id and p.organization_id = ${organization_id} and m.person_id = ${person_id}`.execute(tx)
  await tx
    .deleteFrom('organization_member')
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .execute()
}

/** Members of a project: those invited to it, and the organization's Owners and Admins, who act as managers. */
export async function projectMembers(db: Queryable, project: { id: number; organization_id: number }) {
  return db
    .selectFrom('organization_member as o')
    .innerJoin('person as p', 'p.id', 'o.person_id')
    .leftJoin('project_member as m', (j) =>
      j.onRef('m.person_id', '=', 'o.person_id').on('m.project_id', '=', project.id),
    )
    .select(['p.id', 'p.name', 'p.email', 'o.role as organization_role', 'm.role as project_role'])
    .select((eb) => eb.fn.coalesce('m.created_at', 'o.created_at').as('joined_at'))
    .where('o.organization_id', '=', project.organization_id)
    .where((eb) => eb.or([eb('o.role', 'in', ['owner', 'admin']), eb('m.role', 'is not', null)]))
    .orderBy(sql`lower(p.name)`)
    .orderBy('p.id')
    .execute()
}

/** A person's roles for a project; null where they have none. */
export async function rolesFor(db: Queryable, project: { id: number; organization_id: number }, person_id: number) {
  const row = await db
    .selectFrom('organization_member as o')
    .leftJoin('project_member as m', (j) =>
      j.onRef('m.person_id', '=', 'o.person_id').on('m.project_id', '=', project.id),
    )
    .select(['o.role as organization_role', 'm.role as project_role'])
    .where('o.organization_id', '=', project.organization_id)
    .where('o.person_id', '=', person_id)
    .executeTakeFirst()
  return { organization_role: row?.organization_role ?? null, project_role: row?.project_role ?? null }
}

export async function putProjectMember(
  tx: Queryable,
  project_id: number,
  person_id: number,
  role: ProjectRole,
): Promise<void> {
  await tx
    .insertInto('project_member')
    .values({ project_id, person_id, role })
    .onConflict((c) => c.columns(['project_id', 'person_id']).doUpdateSet({ role }))
    .execute()
}

export async function deleteProjectMember(tx: Queryable, project_id: number, person_id: number): Promise<void> {
  await tx
    .deleteFrom('project_member')
    .where('project_id', '=', project_id)
    .where('person_id', '=', person_id)
    .execute()
}
