// The one place where rights are checked. What a person may not see is not_found; what they see but may not
// change is not_allowed. Every check reads the database: who was removed a moment ago has lost everything.
import { Failure } from '../../model/failure.ts'
import {
  effectiveRole,
  mayInOrganization,
  mayInProject,
  type OrganizationAction,
  type ProjectAction,
} from '../../model/permission.ts'
import type { Queryable } from '../db/connect.ts'
import type { Caller, OrganizationScope, ProjectScope } from '../handler.ts'
import type { SeenProject } from './caller-queries.ts'
import { countOwnAssets, countOwnTasks, organizationSeenBy } from './rights-queries.ts'

/**
 * The project of a call, with the caller's role and the workflow.
 * A cell that says `'own'` passes here; `isOwnOnly` tells, and `requireOwnTasks` decides.
 * @param seen what the caller's statement found of the project
 * @throws Failure not_found if the project is invisible to the caller, not_allowed if the role lacks the action
 */
export function projectScope(seen: SeenProject | null, project_id: number, action: ProjectAction): ProjectScope {
  const role = seen ? effectiveRole(seen.organization_role, seen.project_role) : null
  if (!seen || !role) throw new Failure('not_found', `There is no project ${project_id} that you may see.`)
  if (mayInProject(role, action) === false)
    throw new Failure('not_allowed', `As ${role} of this project you may not do this. Ask one of its managers.`)
  return { row: seen.row, role, workflow: seen.stages }
}

/** True if this role holds the action only on tasks that are or were the caller's. */
export function isOwnOnly(project: ProjectScope, action: ProjectAction): boolean {
  return mayInProject(project.role, action) === 'own'
}

/**
 * For cells that say `'own'`: all the named tasks and assets must be or have been the caller's.
 * @throws Failure not_found otherwise, also when nothing is named
 */
export async function requireOwnTasks(
  db: Queryable,
  caller: Caller,
  project_id: number,
  named: { task_ids?: readonly number[]; asset_ids?: readonly number[] },
): Promise<void> {
  const taskIds = [...new Set(named.task_ids ?? [])]
  const assetIds = [...new Set(named.asset_ids ?? [])]
  const isNothing = taskIds.length + assetIds.length === 0
  const areTasksOwn =
    taskIds.length === 0 || (await countOwnTasks(db, caller.person_id, project_id, taskIds)) === taskIds.length
  const areAssetsOwn =
    assetIds.length === 0 || (await countOwnAssets(db, caller.person_id, project_id, assetIds)) === assetIds.length
  if (isNothing || !areTasksOwn || !areAssetsOwn)
    throw new Failure('not_found', 'There is no such task that you may see.')
}

/** @throws Failure not_found if the caller does not belong to the organization, not_allowed if the role lacks the action */
export async function organizationScope(
  db: Queryable,
  caller: Caller,
  organization_id: number,
  action: OrganizationAction,
): Promise<OrganizationScope> {
  const seen = await organizationSeenBy(db, caller.person_id, organization_id)
  if (!seen) throw new Failure('not_found', `There is no organization ${organization_id} that you may see.`)
  if (!mayInOrganization(seen.role, action))
    throw new Failure('not_allowed', `As ${seen.role} of this organization you may not do this. Ask an owner or admin.`)
  return seen
}
