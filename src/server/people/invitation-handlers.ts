// Invitation links: 7 days, for one person, shown once. To an organization, or to a project and so to its organization.
import { Failure } from '../../model/failure.ts'
import {
  effectiveRole,
  ORGANIZATION_ROLES,
  type OrganizationRole,
  PROJECT_ROLES,
  type ProjectRole,
} from '../../model/permission.ts'
import type { Tx } from '../db/connect.ts'
import type { App, Caller, Handlers } from '../handler.ts'
import { sessionReply, startSession } from './account-handlers.ts'
import {
  deleteInvitation,
  INVITATION_MS,
  insertInvitation,
  lockInvitation,
  markAccepted,
  type NewInvitation,
  offerOf,
  openInvitations,
} from './invitation-queries.ts'
import { organizationRoleOf, putOrganizationMember, putProjectMember, rolesFor } from './member-queries.ts'
import { hashPassword } from './passwords.ts'
import { insertPerson, normalEmail, personByEmail } from './queries.ts'
import { hashOfSecret, newSecret } from './secrets.ts'

const linkExpired = () => new Failure('link_expired', 'This invitation link is not valid any more. Ask for a new one.')
const noInvitation = (id: number) => new Failure('not_found', `invitation_id: there is no open invitation ${id}.`)

export const invitationHandlers = {
  async list_invitations({ app, organization }) {
    return openInvitations(app.db, { organization_id: organization.id })
  },

  async create_invitation({ app, caller, organization }, input) {
    if (input.organization_role === 'owner' && organization.role !== 'owner')
      throw new Failure('not_allowed', 'organization_role: only owners may invite owners.')
    return invite(app, caller, {
      organization_id: organization.id,
      project_id: null,
      organization_role: input.organization_role,
      project_role: null,
      email: input.email ?? null,
    })
  },

  async delete_invitation({ app, organization }, input) {
    if (!(await deleteInvitation(app.db, { organization_id: organization.id }, input.invitation_id)))
      throw noInvitation(input.invitation_id)
  },

  async list_project_invitations({ app, project }) {
    return openInvitations(app.db, { organization_id: project.row.organization_id, project_id: project.row.id })
  },

  async create_project_invitation({ app, caller, project }, input) {
    return invite(app, caller, {
      organization_id: project.row.organization_id,
      project_id: project.row.id,
      organization_role: 'member',
      project_role: input.project_role,
      email: input.email ?? null,
    })
  },

  async delete_project_invitation({ app, project }, input) {
    const scope = { organization_id: project.row.organization_id, project_id: project.row.id }
    if (!(await deleteInvitation(app.db, scope, input.invitation_id))) throw noInvitation(input.invitation_id)
  },

  async get_invitation({ app }, input) {
    const offer = await offerOf(app.db, hashOfSecret(input.token))
    if (!offer) throw linkExpired()
    return offer
  },

  async accept_invitation({ app, browser, caller }, input) {
    const token_hash = hashOfSecret(input.token)
    if (caller) {
      if (input.account)
        throw new Failure('invalid_input', 'account: you are signed in, so leave it out, or sign out first.')
      await app.db.transaction().execute((tx) => acceptAs(tx, token_hash, caller))
      return sessionReply(app, caller.person_id)
    }
    if (!input.account) throw new Failure('invalid_input', 'account: give name, email and password, or sign in first.')
    // Looked at before the costly hash: only who holds a valid link may make the server work, or ask which e-mails exist.
    if (!(await offerOf(app.db, token_hash))) throw linkExpired()
    const account = { ...input.account, password_hash: await hashPassword(input.account.password) }
    const person_id = await app.db.transaction().execute((tx) => acceptAsNewPerson(tx, token_hash, account))
    await startSession(app, browser, person_id)
    return sessionReply(app, person_id)
  },
} satisfies Partial<Handlers>

async function invite(
  app: App,
  caller: Caller,
  invitation: Omit<NewInvitation, 'token_hash' | 'created_by_id' | 'expires_at'>,
) {
  const token = newSecret()
  const inserted = await insertInvitation(app.db, {
    ...invitation,
    email: invitation.email === null ? null : normalEmail(invitation.email),
    token_hash: hashOfSecret(token),
    created_by_id: caller.person_id,
    expires_at: new Date(Date.now() + INVITATION_MS).toISOString(),
  })
  return { invitation: inserted, token, link: `${app.config.public_url}/invite/${token}` }
}

type LockedInvitation = NonNullable<Awaited<ReturnType<typeof lockInvitation>>>

async function acceptAs(tx: Tx, token_hash: string, caller: Caller): Promise<void> {
  const invitation = await lockInvitation(tx, token_hash)
  if (!invitation) throw linkExpired()
  if (invitation.email !== null && invitation.email !== caller.email)
    throw new Failure('not_allowed', `This invitation is for ${invitation.email}. Sign in with that account.`)
  // A link that gives its visitor nothing stays unused: whoever made it may look at it.
  if (!(await join(tx, invitation, caller.person_id))) throw new Failure('already_exists', 'You are a member already.')
  await markAccepted(tx, invitation.id, caller.person_id)
}

async function acceptAsNewPerson(
  tx: Tx,
  token_hash: string,
  account: { name: string; email: string; password_hash: string },
): Promise<number> {
  const invitation = await lockInvitation(tx, token_hash)
  if (!invitation) throw linkExpired()
  if (invitation.email !== null && invitation.email !== normalEmail(account.email))
    throw new Failure('invalid_input', `account.email: this invitation is for ${invitation.email}.`, {
      field: 'account.email',
    })
  const { name, email, password_hash } = account
  const exists = await personByEmail(tx, email)
  const person_id = exists ? null : await insertPerson(tx, { name, email, password_hash })
  if (person_id === null)
    throw new Failure(
      'already_exists',
      `account.email: ${normalEmail(email)} has an account already. Sign in first, then open the link again.`,
    )
  await join(tx, invitation, person_id)
  await markAccepted(tx, invitation.id, person_id)
  return person_id
}

/** Gives the roles of an invitation; never takes a higher one away. @returns whether anything changed */
async function join(tx: Tx, invitation: LockedInvitation, person_id: number): Promise<boolean> {
  const { organization_id, project_id, organization_role, project_role } = invitation
  let isChanged = false
  const before = await organizationRoleOf(tx, organization_id, person_id)
  if (isHigher(ORGANIZATION_ROLES, organization_role, before)) {
    await putOrganizationMember(tx, organization_id, person_id, organization_role)
    isChanged = true
  }
  if (project_id === null || project_role === null) return isChanged
  const roles = await rolesFor(tx, { id: project_id, organization_id }, person_id)
  if (isHigher(PROJECT_ROLES, project_role, effectiveRole(roles.organization_role, roles.project_role))) {
    await putProjectMember(tx, project_id, person_id, project_role)
    isChanged = true
  }
  return isChanged
}

/** Both lists of roles go from the highest to the lowest. */
function isHigher<R extends OrganizationRole | ProjectRole>(roles: readonly R[], role: R, than: R | null): boolean {
  return than === null || roles.indexOf(role) < roles.indexOf(than)
}
