// The next task for a person: mine open, my returned, assigned to me, the pool. Atomic: two never get one.
import { Failure } from '../../model/failure.ts'
import { stagesOfKind } from '../../model/workflow.ts'
import type { App, Caller, ProjectScope } from '../handler.ts'
import { openTask } from './open-task.ts'
import { type Asker, emptyQueue, nextOfMine, nextOfPool } from './queue-queries.ts'

/** A task that was found can be taken by a manager's change before it is locked: look again, but not forever. */
const ATTEMPTS = 20

export const askerOf = (project: ProjectScope, caller: Caller, kind: 'label' | 'review'): Asker => ({
  project_id: project.row.id,
  person_id: caller.person_id,
  stage_ids: stagesOfKind(project.workflow, kind).map((s) => s.id),
  allow_self_review: project.row.allow_self_review,
})

export async function claimTask(
  call: { app: App; project: ProjectScope; caller: Caller },
  kind: 'label' | 'review',
  session_id: string,
) {
  const { app, project, caller } = call
  if (kind === 'review' && project.role === 'labeler')
    throw new Failure('not_allowed', 'As labeler of this project you do not review.')
  const asker = askerOf(project, caller, kind)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const claimed = await tryClaim(call, asker, session_id)
    if (claimed === 'taken') continue
    if (claimed === 'none') break
    return claimed
  }
  return { task_id: null, source: null, opened: null, empty: await emptyQueue(app.db, asker) }
}

async function tryClaim(
  { app, project, caller }: { app: App; project: ProjectScope; caller: Caller },
  asker: Asker,
  session_id: string,
) {
  try {
    return await app.db.transaction().execute(async (tx) => {
      const found = (await nextOfMine(tx, asker)) ?? (await nextOfPool(tx, asker))
      if (!found) return 'none' as const
      const opened = await openTask(tx, { app, project, caller, task_id: found.task_id }, session_id)
      return { task_id: found.task_id, source: found.source, opened, empty: null }
    })
  } catch (error) {
    if (error instanceof Failure && RETRY.has(error.code)) return 'taken' as const
    throw error
  }
}

const RETRY: ReadonlySet<string> = new Set(['task_taken', 'wrong_stage', 'own_work'])
