// What decisions may know, read once per step in the step's own transaction.
import type { Rules } from '../../model/steps.ts'
import type { Queryable } from '../db/connect.ts'
import type { ProjectScope } from '../handler.ts'
import { rolesInProject } from '../people/role-queries.ts'
import type { OperationContext } from './operation.ts'
import { batchIds } from './operation-queries.ts'

/** For the steps of one person. */
export async function rulesOf(db: Queryable, project: ProjectScope): Promise<Rules> {
  return {
    workflow: project.workflow,
    settings: project.row,
    members: await rolesInProject(db, project.row.id),
    now: new Date().toISOString(),
  }
}

/** For bulk operations. */
export async function contextOf(
  db: Queryable,
  project: ProjectScope,
  actor_id: number | null,
): Promise<OperationContext> {
  return {
    ...(await rulesOf(db, project)),
    actor_id,
    batches: await batchIds(db, project.row.id),
    // Known only under the locks of a step, which fills it in.
    time_floor: 0,
  }
}
