// A project with its workflow for work that no request started.
import { Failure } from '../../model/failure.ts'
import type { Stage } from '../../model/workflow.ts'
import type { Queryable } from '../db/connect.ts'
import type { ProjectScope } from '../handler.ts'

/** As a manager would see it; for background work, whose rights were checked when it was asked for. */
export async function projectById(db: Queryable, project_id: number): Promise<ProjectScope> {
  const row = await db.selectFrom('project').selectAll().where('id', '=', project_id).executeTakeFirst()
  if (!row) throw new Failure('not_found', `There is no project ${project_id}.`)
  const workflow: Stage[] = await db
    .selectFrom('stage')
    .select(['id', 'position', 'kind', 'name'])
    .where('project_id', '=', project_id)
    .orderBy('position')
    .execute()
  return { row, role: 'manager', workflow }
}
