// What a claim would likely give a person next, so that their browser can load it ahead: read only, nothing is held by it.
import { mayInProject } from '../../model/permission.ts'
import type { App, Caller, ProjectScope } from '../handler.ts'
import { askerOf } from './claim.ts'
import { nextTasks } from './next-tasks-queries.ts'

/** More are seldom reached before somebody else takes them. */
const MOST = 2

/** Assets. @param task_id the task that is open now. Nothing comes next in work that the person may not do. */
export async function upcomingFor(
  { app, project, caller }: { app: App; project: ProjectScope; caller: Caller },
  kind: 'label' | 'review',
  task_id: number | null,
): Promise<number[]> {
  const isAllowed = mayInProject(project.role, kind === 'review' ? 'review' : 'annotate') === true
  if (!isAllowed) return []
  const wanted = { with_pool: true, except: task_id, limit: MOST }
  const tasks = await nextTasks(app.db, askerOf(project, caller, kind), wanted)
  return tasks.map((t) => t.asset_id)
}
