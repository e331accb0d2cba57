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

type Call = { app: App; project: ProjectScope; caller: Caller }
type Kind = 'label' | 'review'

/** More are seldom reached before somebody else takes them. */
const MOST = 2
/** Tabs of one person. */
const MOST_OPEN = 50

const mayDo = ({ role }: ProjectScope, kind: Kind): boolean =>
  mayInProject(role, kind === 'review' ? 'review' : 'annotate') === true

/**
 * Assets, without those that are shown by tiles: there is no whole image to load. Nothing comes next in work that they may
 * not do.
 */
export async function upcomingFor({ app, project, caller }: Call, kind: Kind): Promise<number[]> {
  if (!mayDo(project, kind)) return []
  const wanted = { with_pool: true, with_open: false, limit: MOST }
  const tasks = await nextTasks(app.db, askerOf(project, caller, kind), wanted)
  return tasks.filter((task) => !isTiled(task)).map((task) => task.asset_id)
}

/** Whether an asset is of a task that comes next, or that the person has claimed since they were told. */
export async function mayLoadAhead(call: Call, kind: Kind, asset_id: number): Promise<boolean> {
  if ((await upcomingFor(call, kind)).includes(asset_id)) return true
  if (!mayDo(call.project, kind)) return false
  const wanted = { with_pool: false, with_open: true, limit: MOST_OPEN }
  const tasks = await nextTasks(call.app.db, askerOf(call.project, call.caller, kind), wanted)
  return tasks.some((task) => task.source === 'open' && task.asset_id === asset_id)
}
