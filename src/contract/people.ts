// Accounts, sessions, tokens, organizations, members, invitations.
import { Type } from 'typebox'
import { ORGANIZATION_ROLES, PROJECT_ROLES } from '../model/permission.ts'
import { Fields, Id, Line, Moment, Nullable, Words } from '../model/schema.ts'
import { endpointTable, inOrganization, inProject, publicly, signedIn } from './endpoint.ts'

const Email = Type.String({ maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$' })
const Password = Type.String({ minLength: 10, maxLength: 200 })
const Token = Type.String({ minLength: 20, maxLength: 200 })
const OrganizationRole = Words(ORGANIZATION_ROLES)
const ProjectRole = Words(PROJECT_ROLES)

export const PersonSchema = Fields({ id: Id, name: Type.String(), email: Type.String() })
export const NamedPersonSchema = Fields({ id: Id, name: Type.String() })
const OrganizationSchema = Fields({ id: Id, name: Type.String(), role: OrganizationRole })

export const SessionSchema = Fields({
  /** True until the owner's account exists. */
  needs_setup: Type.Boolean(),
  person: Nullable(PersonSchema),
  organizations: Type.Array(OrganizationSchema),
})

const MemberSchema = Fields({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  role: OrganizationRole,
  joined_at: Moment,
})
const ProjectMemberSchema = Fields({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  role: ProjectRole,
  /** Comes from being Owner or Admin of the organization; cannot be changed in the project. */
  is_inherited: Type.Boolean(),
  joined_at: Moment,
})
const InvitationSchema = Fields({
  id: Id,
  email: Nullable(Type.String()),
  organization_role: OrganizationRole,
  project_id: Nullable(Id),
  project_name: Nullable(Type.String()),
  project_role: Nullable(ProjectRole),
  created_at: Moment,
  expires_at: Moment,
})
/** `link` is shown once: the server keeps only its hash. */
const NewInvitationSchema = Fields({ invitation: InvitationSchema, token: Type.String(), link: Type.String() })
const ApiTokenSchema = Fields({
  id: Id,
  name: Type.String(),
  prefix: Type.String(),
  created_at: Moment,
  last_used_at: Nullable(Moment),
})

const organization = Fields({ organization_id: Id })
const project = Fields({ project_id: Id })

export const peopleEndpoints = endpointTable({
  get_session: { method: 'GET', path: '/session', summary: 'Who am I', tag: 'People', access: publicly, reply: SessionSchema },
  set_up: {
    method: 'POST', path: '/set-up', summary: 'Create the owner’s account by the one-time link', tag: 'People', access: publicly,
    body: Fields({ token: Token, name: Line(), email: Email, password: Password, organization_name: Line() }),
    reply: SessionSchema,
  },
  sign_in: {
    method: 'POST', path: '/sign-in', summary: 'Sign in', tag: 'People', access: publicly,
    body: Fields({ email: Email, password: Type.String({ maxLength: 200 }) }), reply: SessionSchema,
  },
  sign_out: { method: 'POST', path: '/sign-out', summary: 'Sign out', tag: 'People', access: signedIn },
  change_password: {
    method: 'POST', path: '/password', summary: 'Change my password; ends my other sessions', tag: 'People', access: signedIn,
    body: Fields({ current_password: Type.String({ maxLength: 200 }), new_password: Password }),
  },
  update_me: {
    method: 'PATCH', path: '/me', summary: 'Change my name', tag: 'People', access: signedIn,
    body: Fields({ name: Line() }), reply: SessionSchema,
  },
  list_tokens: { method: 'GET', path: '/tokens', summary: 'My API tokens', tag: 'People', access: signedIn, reply: Type.Array(ApiTokenSchema) },
  create_token: {
    method: 'POST', path: '/tokens', summary: 'Create an API token; the secret is shown once', tag: 'People', access: signedIn,
    body: Fields({ name: Line() }), reply: Fields({ token: ApiTokenSchema, secret: Type.String() }),
  },
  delete_token: {
    method: 'DELETE', path: '/tokens/:token_id', summary: 'Delete an API token', tag: 'People', access: signedIn,
    params: Fields({ token_id: Id }),
  },
  list_organization_members: {
    method: 'GET', path: '/organizations/:organization_id/members', summary: 'Members of an organization', tag: 'People',
    access: inOrganization('manage_members'), params: organization, reply: Type.Array(MemberSchema),
  },
  set_organization_member: {
    method: 'PUT', path: '/organizations/:organization_id/members/:person_id', summary: 'Change a member’s role', tag: 'People',
    access: inOrganization('manage_members'), params: Fields({ organization_id: Id, person_id: Id }),
    body: Fields({ role: OrganizationRole }),
  },
  remove_organization_member: {
    method: 'DELETE', path: '/organizations/:organization_id/members/:person_id', summary: 'Remove a member, from all projects too', tag: 'People',
    access: inOrganization('manage_members'), params: Fields({ organization_id: Id, person_id: Id }),
  },
  list_invitations: {
    method: 'GET', path: '/organizations/:organization_id/invitations', summary: 'Open invitations', tag: 'People',
    access: inOrganization('manage_members'), params: organization, reply: Type.Array(InvitationSchema),
  },
  create_invitation: {
    method: 'POST', path: '/organizations/:organization_id/invitations', summary: 'Invite to the organization', tag: 'People',
    access: inOrganization('manage_members'), params: organization,
    body: Fields({ organization_role: OrganizationRole, email: Type.Optional(Email) }), reply: NewInvitationSchema,
  },
  delete_invitation: {
    method: 'DELETE', path: '/organizations/:organization_id/invitations/:invitation_id', summary: 'Withdraw an invitation', tag: 'People',
    access: inOrganization('manage_members'), params: Fields({ organization_id: Id, invitation_id: Id }),
  },
  get_invitation: {
    method: 'GET', path: '/invitations/:token', summary: 'What an invitation link offers', tag: 'People', access: publicly,
    params: Fields({ token: Token }),
    reply: Fields({
      organization_name: Type.String(), project_name: Nullable(Type.String()), invited_by: Type.String(),
      organization_role: OrganizationRole, project_role: Nullable(ProjectRole), email: Nullable(Type.String()),
    }),
  },
  accept_invitation: {
    method: 'POST', path: '/invitations/:token/accept', tag: 'People', access: publicly,
    summary: 'Accept: signed in, join; otherwise create the account given here',
    params: Fields({ token: Token }),
    body: Fields({ account: Type.Optional(Fields({ name: Line(), email: Email, password: Password })) }),
    reply: SessionSchema,
  },
  list_project_members: {
    method: 'GET', path: '/projects/:project_id/members', summary: 'Members of a project', tag: 'People',
    access: inProject('view_tasks'), params: project, reply: Type.Array(ProjectMemberSchema),
  },
  set_project_member: {
    method: 'PUT', path: '/projects/:project_id/members/:person_id', summary: 'Add an organization’s member, or change the role', tag: 'People',
    access: inProject('manage_project'), params: Fields({ project_id: Id, person_id: Id }), body: Fields({ role: ProjectRole }),
  },
  remove_project_member: {
    method: 'DELETE', path: '/projects/:project_id/members/:person_id', summary: 'Remove from the project', tag: 'People',
    access: inProject('manage_project'), params: Fields({ project_id: Id, person_id: Id }),
  },
  list_project_invitations: {
    method: 'GET', path: '/projects/:project_id/invitations', summary: 'Open invitations to the project', tag: 'People',
    access: inProject('manage_project'), params: project, reply: Type.Array(InvitationSchema),
  },
  create_project_invitation: {
    method: 'POST', path: '/projects/:project_id/invitations', summary: 'Invite to the project', tag: 'People',
    access: inProject('manage_project'), params: project,
    body: Fields({ project_role: ProjectRole, email: Type.Optional(Email) }), reply: NewInvitationSchema,
  },
  delete_project_invitation: {
    method: 'DELETE', path: '/projects/:project_id/invitations/:invitation_id', summary: 'Withdraw an invitation', tag: 'People',
    access: inProject('manage_project'), params: Fields({ project_id: Id, invitation_id: Id }),
  },
}) // biome-ignore format: a table
