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

/** Without tasks that are shown by tiles: there is no whole image to load. Nothing comes next in work that they may not do. */
async function nextFor({ app, project, caller }: Call, kind: Kind, wanted: Parameters<typeof nextTasks>[2]) {
  if (mayInProject(project.role, kind === 'review' ? 'review' : 'annotate') !== true) return []
  return (await nextTasks(app.db, askerOf(project, caller, kind), wanted)).filter((task) => !isTiled(task))
}

/** Their assets. */
export async function upcomingFor(call: Call, kind: Kind): Promise<number[]> {
  const tasks = await nextFor(call, kind, { with_pool: true, with_open: false, limit: MOST })
  return tasks.map((task) => task.asset_id)
}

/** Whether an asset is of a task that comes next, or that the person has claimed since they were told. */
export async function mayLoadAhead(call: Call, kind: Kind, asset_id: number): Promise<boolean> {
  if ((await upcomingFor(call, kind)).includes(asset_id)) return true
  const mine = await nextFor(call, kind, { with_pool: false, with_open: true, limit: MOST_OPEN })
  return mine.some((task) => task.source === 'open' && task.asset_id === asset_id)
}
