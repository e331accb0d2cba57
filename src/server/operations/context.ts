// What decisions may know, read once per step in the step's own transaction.
import type { Rules } from '../../model/steps.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import type { ProjectScope } from '../handler.ts'
import { holdMembers, rolesInProject } from '../people/role-queries.ts'
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

/** For what a bulk operation writes: nobody leaves or changes role until this transaction ends. */
export async function heldContextOf(tx: Tx, project: ProjectScope, actor_id: number | null): Promise<OperationContext> {
  await holdMembers(tx, project.row.id)
  return contextOf(tx, project, actor_id)
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
