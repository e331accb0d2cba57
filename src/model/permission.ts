// Who may do what: one table. A cell says `true`, `false`, or `'own'`: only on tasks that are
// or were this person's. The test in server/people runs every cell against every endpoint.
export const ORGANIZATION_ROLES = ['owner', 'admin', 'member'] as const
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number]

export const PROJECT_ROLES = ['manager', 'reviewer', 'labeler'] as const
export type ProjectRole = (typeof PROJECT_ROLES)[number]

type Cell = true | false | 'own'

/** Actions on an organization, for its Owner, Admin and Member. */
export const ORGANIZATION_ACTIONS = {
  view_organization: { owner: true, admin: true, member: true },
  create_project: { owner: true, admin: true, member: false },
  manage_members: { owner: true, admin: true, member: false },
} as const satisfies Record<string, Record<OrganizationRole, boolean>>
export type OrganizationAction = keyof typeof ORGANIZATION_ACTIONS

/** Actions on a project. Organization Owners and Admins act as managers of every project. */
export const PROJECT_ACTIONS = {
  view_project: { manager: true, reviewer: true, labeler: true },
  /** Read one task, its image, objects and timeline. */
  view_task: { manager: true, reviewer: true, labeler: 'own' },
  /** Write comments on a task. */
  comment: { manager: true, reviewer: true, labeler: 'own' },
  /** Read the Tasks page, assets, batches and members' names. */
  view_tasks: { manager: true, reviewer: true, labeler: false },
  /** Open a certain task instead of asking the queue; a labeler only what is or was theirs. */
  open_task: { manager: true, reviewer: true, labeler: 'own' },
  /** Claim, save, submit, skip. */
  annotate: { manager: true, reviewer: true, labeler: true },
  review: { manager: true, reviewer: true, labeler: false },
  /** Import, export, schema, settings, members, batches. */
  manage_project: { manager: true, reviewer: false, labeler: false },
  run_operation: { manager: true, reviewer: false, labeler: false },
  view_audit: { manager: true, reviewer: false, labeler: false },
} as const satisfies Record<string, Record<ProjectRole, Cell>>
export type ProjectAction = keyof typeof PROJECT_ACTIONS

/** The role with which a person acts in a project; null if the project is invisible to them. */
export function effectiveRole(
  organizationRole: OrganizationRole | null,
  projectRole: ProjectRole | null,
): ProjectRole | null {
  if (organizationRole === 'owner' || organizationRole === 'admin') return 'manager'
  return projectRole
}

export function mayInProject(role: ProjectRole, action: ProjectAction): Cell {
  return PROJECT_ACTIONS[action][role]
}

export function mayInOrganization(role: OrganizationRole, action: OrganizationAction): boolean {
  return ORGANIZATION_ACTIONS[action][role]
}
