// What a claim would likely give a person next, so that their browser can load it ahead: read only, nothing is held by it.
//
// The rule, also for `list_queue`: a task of the pool is nobody's, so who may not see all tasks is told neither its id nor its name
// before it is claimed. Its image alone can be loaded ahead, of the two tasks that the next claims would show this person
// anyway, and by nobody for whom they are not next.
import { mayInProject } from '../../model/permission.ts'
import { isTiled } from '../../model/tiles.ts'
import type { App, Caller, ProjectScope } from '../handler.ts'
import { askerOf } from './claim.ts'
import { nextTasks } from './next-tasks-queries.ts'

/** More are seldom reached before somebody else takes them. */
const MOST = 2

/**
 * Assets, without those that are shown by tiles: there is no whole image to load. Nothing comes next in work that they may
 * not do. @param with_open those too that the person has open
 */
export async function upcomingFor(
  { app, project, caller }: { app: App; project: ProjectScope; caller: Caller },
  kind: 'label' | 'review',
  with_open = false,
): Promise<number[]> {
  const isAllowed = mayInProject(project.role, kind === 'review' ? 'review' : 'annotate') === true
  if (!isAllowed) return []
  const wanted = { with_pool: true, with_open, limit: MOST + (with_open ? 1 : 0) }
  const tasks = await nextTasks(app.db, askerOf(project, caller, kind), wanted)
  const next = tasks.filter((task) => task.source !== 'open').slice(0, MOST)
  const open = tasks.filter((task) => task.source === 'open')
  return [...open, ...next].filter((task) => !isTiled(task)).map((task) => task.asset_id)
}
