// Members of organizations and projects: who they are, their roles, taking them out.
import { Failure } from '../../model/failure.ts'
import { effectiveRole, type OrganizationRole } from '../../model/permission.ts'
import type { Tx } from '../db/connect.ts'
import type { Caller, Handlers, OrganizationScope, ProjectScope } from '../handler.ts'
import type { Stamp } from '../history/record.ts'
import { withdrawInvitationsBy } from './invitation-queries.ts'
import {
  countOwners,
  deleteOrganizationMember,
  deleteProjectMember,
  lockOrganization,
  organizationMembers,
  organizationRoleOf,
  projectMembers,
  putOrganizationMember,
  putProjectMember,
  rolesFor,
} from './member-queries.ts'
import { releaseTasks, releaseTasksOfOrganization } from './release-tasks.ts'

const stampOf = (caller: Caller): Stamp => ({
  actor: { person_id: caller.person_id, kind: caller.kind },
  at: new Date().toISOString(),
  operation_id: null,
})

export const memberHandlers = {
  async list_organization_members({ app, organization }) {
    return organizationMembers(app.db, organization.id)
  },

  async set_organization_member({ app, caller, organization }, input) {
    await app.db.transaction().execute(async (tx) => {
      const before = await checkChange(tx, caller, organization, input.person_id, input.role)
      if (before === input.role) return
      await putOrganizationMember(tx, organization.id, input.person_id, input.role)
      if (input.role !== 'owner') await withdrawInvitationsBy(tx, input.person_id, { organization_id: organization.id })
      // Owners and Admins act as managers everywhere; a Member only where they were invited.
      if (input.role === 'member')
        await releaseTasksOfOrganization(tx, organization.id, input.person_id, stampOf(caller), true)
    })
  },

  async remove_organization_member({ app, caller, organization }, input) {
    await app.db.transaction().execute(async (tx) => {
      await checkChange(tx, caller, organization, input.person_id, null)
      // Before their tasks are looked for: a claim under way is waited for here, and a later one is refused.
      await deleteOrganizationMember(tx, organization.id, input.person_id)
      await withdrawInvitationsBy(tx, input.person_id, { organization_id: organization.id })
      await releaseTasksOfOrganization(tx, organization.id, input.person_id, stampOf(caller), false)
    })
  },

  async list_project_members({ app, project }) {
    const rows = await projectMembers(app.db, project.row)
    return rows.map(({ organization_role, project_role, ...person }) => ({
      ...person,
      role: effectiveRole(organization_role, project_role) ?? 'labeler',
      is_inherited: organization_role !== 'member',
    }))
  },

  async set_project_member({ app, caller, project }, input) {
    await app.db.transaction().execute(async (tx) => {
      const before = await projectRoleToChange(tx, project, input.person_id)
      if (before === input.role) return
      await putProjectMember(tx, project.row.id, input.person_id, input.role)
      if (before === 'manager') await withdrawInvitationsBy(tx, input.person_id, invitationScope(project))
      if (input.role === 'labeler' && before !== null)
        await releaseTasks(tx, project.row.id, input.person_id, input.role, stampOf(caller))
    })
  },

  async remove_project_member({ app, caller, project }, input) {
    await app.db.transaction().execute(async (tx) => {
      if ((await projectRoleToChange(tx, project, input.person_id)) === null)
        throw new Failure('not_found', `person_id: ${input.person_id} is not a member of this project.`)
      await deleteProjectMember(tx, project.row.id, input.person_id)
      await withdrawInvitationsBy(tx, input.person_id, invitationScope(project))
      await releaseTasks(tx, project.row.id, input.person_id, null, stampOf(caller))
    })
  },
} satisfies Partial<Handlers>

const invitationScope = (project: ProjectScope) => ({
  organization_id: project.row.organization_id,
  project_id: project.row.id,
})

/**
 * Locks the organization's members and checks a change of one of them.
 * @param to the new role; null takes the person out
 * @returns the role before
 * @throws Failure not_found, not_allowed (only owners change or make owners), last_owner
 */
async function checkChange(
  tx: Tx,
  caller: Caller,
  organization: OrganizationScope,
  person_id: number,
  to: OrganizationRole | null,
): Promise<OrganizationRole> {
  await lockOrganization(tx, organization.id)
  const before = await organizationRoleOf(tx, organization.id, person_id)
  if (before === null) throw new Failure('not_found', `person_id: ${person_id} is not a member of this organization.`)
  // Asked again under the lock: the caller may have been demoted while waiting for it.
  const callerRole = await organizationRoleOf(tx, organization.id, caller.person_id)
  if (callerRole !== 'owner' && (before === 'owner' || to === 'owner'))
    throw new Failure('not_allowed', 'Only owners may make, change or remove owners.')
  if (before === 'owner' && to !== 'owner' && (await countOwners(tx, organization.id)) === 1)
    throw new Failure('last_owner', 'person_id: this is the only owner. Make somebody else an owner first.')
  return before
}

/**
 * The person's own role in the project, locked for a change; null if they have none yet.
 * @throws Failure not_found if they do not belong to the organization, not_allowed if their role comes from it
 */
async function projectRoleToChange(tx: Tx, project: ProjectScope, person_id: number) {
  await lockOrganization(tx, project.row.organization_id)
  const roles = await rolesFor(tx, project.row, person_id)
  if (roles.organization_role === null)
    throw new Failure(
      'not_found',
      `person_id: ${person_id} is not a member of this organization. Send an invitation instead.`,
    )
  if (roles.organization_role !== 'member')
    throw new Failure(
      'not_allowed',
      `person_id: as ${roles.organization_role} of the organization this person manages every project. Change that role instead.`,
    )
  return roles.project_role
}
