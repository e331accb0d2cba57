// The next task for a person who has some open that are not to be taken from there, in another tab: claim_tasks would give them
// those again. It happens seldom, so the tasks are asked for one after the other instead, each by opening it.
import type { Reply } from '../../contract/endpoint.ts'
import type { Endpoints } from '../../contract/endpoints.ts'
import { Failure } from '../../model/failure.ts'
import { mayInProject } from '../../model/permission.ts'
import type { App, Caller, ProjectScope } from '../handler.ts'
import { askerOf } from './claim.ts'
import { nextTasks } from './next-tasks-queries.ts'
import { openTask } from './open-task.ts'
import { readEmptyQueue } from './queue-counts.ts'

/** Candidates that are read at a time: others may take some of them meanwhile, or under load all. */
const MORE = 20
const MOST_READINGS = 30
const GONE = new Set(['task_taken', 'wrong_stage', 'own_work', 'not_found'])

/** @throws Failure not_allowed */
export async function claimPastOthers(
  { app, project, caller }: { app: App; project: ProjectScope; caller: Caller },
  kind: 'label' | 'review',
  session_id: string,
  except: readonly number[],
): Promise<Reply<Endpoints['claim_task']>> {
  if (mayInProject(project.role, kind === 'review' ? 'review' : 'annotate') !== true)
    throw new Failure('not_allowed', `Your role in this project does not ${kind}.`)
  const asker = askerOf(project, caller, kind)
  const passed = new Set(except)
  for (let readings = 0; readings < MOST_READINGS; readings++) {
    const limit = passed.size + MORE
    const tasks = await nextTasks(app.db, asker, { with_pool: true, with_open: true, limit })
    const left = tasks.filter((t) => !passed.has(t.id))
    if (left.length === 0) break
    for (const { id: task_id, source } of left) {
      passed.add(task_id)
      try {
        const step = { app, project, caller, task_id }
        const opened = await app.db.transaction().execute((tx) => openTask(tx, step, session_id, kind))
        return { task_id, source, opened, empty: null }
      } catch (error) {
        if (!(error instanceof Failure && GONE.has(error.code))) throw error
      }
    }
  }
  return { task_id: null, source: null, opened: null, empty: await readEmptyQueue(app, asker, project.workflow) }
}
