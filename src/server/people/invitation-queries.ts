// SQL of invitations. An invitation is open until it is accepted, withdrawn (the row is gone) or run out.
import { sql } from 'kysely'
import type { OrganizationRole, ProjectRole } from '../../model/permission.ts'
import type { Queryable, Tx } from '../db/connect.ts'

/** 7 days. */
export const INVITATION_MS = 7 * 24 * 3600 * 1000

type Scope = { organization_id: number; project_id?: number }

const open = (db: Queryable) =>
  db
    .selectFrom('invitation as i')
    .leftJoin('project as p', 'p.id', 'i.project_id')
    .where('i.accepted_at', 'is', null)
    .where('i.expires_at', '>', sql<string>`now()`)

const SHOWN = [
  'i.id',
  'i.email',
  'i.organization_role',
  'i.project_id',
  'p.name as project_name',
  'i.project_role',
  'i.created_at',
  'i.expires_at',
] as const

/** Open invitations, newest first: of the organization with all its projects, or of one project. */
export async function openInvitations(db: Queryable, scope: Scope) {
  return open(db)
    .select(SHOWN)
    .where('i.organization_id', '=', scope.organization_id)
    .$if(scope.project_id !== undefined, (q) => q.where('i.project_id', '=', scope.project_id as number))
    .orderBy('i.id', 'desc')
    .execute()
}

export type NewInvitation = {
  organization_id: number
  project_id: number | null
  organization_role: OrganizationRole
  project_role: ProjectRole | null
  email: string | null
  token_hash: string
  created_by_id: number
  expires_at: string
}

export async function insertInvitation(db: Queryable, invitation: NewInvitation) {
  const { id } = await db.insertInto('invitation').values(invitation).returning('id').executeTakeFirstOrThrow()
  return open(db).select(SHOWN).where('i.id', '=', id).executeTakeFirstOrThrow()
}

/** Whether there was such an open invitation. */
export async function deleteInvitation(db: Queryable, scope: Scope, id: number): Promise<boolean> {
  const rows = await db
    .deleteFrom('invitation')
    .where('organization_id', '=', scope.organization_id)
    .$if(scope.project_id !== undefined, (q) => q.where('project_id', '=', scope.project_id as number))
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .returning('id')
    .execute()
  return rows.length > 0
}

/** Withdraws what a person has invited to and may no longer: an own link must not lead back in. */
export async function withdrawInvitationsBy(tx: Tx, person_id: number, scope: Scope): Promise<void> {
  await tx
    .deleteFrom('invitation')
    .where('organization_id', '=', scope.organization_id)
    .$if(scope.project_id !== undefined, (q) => q.where('project_id', '=', scope.project_id as number))
    .where('created_by_id', '=', person_id)
    .where('accepted_at', 'is', null)
    .execute()
}

/** What an open link offers. */
export async function offerOf(db: Queryable, token_hash: string) {
  return open(db)
    .innerJoin('organization as o', 'o.id', 'i.organization_id')
    .innerJoin('person as c', 'c.id', 'i.created_by_id')
    .select([
      'o.name as organization_name',
      'p.name as project_name',
      'c.name as invited_by',
      'i.organization_role',
      'i.project_role',
      'i.email',
    ])
    .where('i.token_hash', '=', token_hash)
    .executeTakeFirst()
}

/** The open invitation of a link, locked: of two who accept it at once, the second finds it used. */
export async function lockInvitation(tx: Tx, token_hash: string) {
  return tx
    .selectFrom('invitation')
    .select(['id', 'organization_id', 'project_id', 'organization_role', 'project_role', 'email'])
    .where('token_hash', '=', token_hash)
    .where('accepted_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .forUpdate()
    .executeTakeFirst()
}

export async function markAccepted(tx: Tx, id: number, person_id: number): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ accepted_at: sql`now()`, accepted_by_id: person_id })
    .where('id', '=', id)
    .execute()
}
