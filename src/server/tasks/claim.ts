// The next task for a person: mine open, my returned, assigned to me, the pool. Atomic: two never get one.
import { Failure } from '../../model/failure.ts'
import { stagesOfKind } from '../../model/workflow.ts'
import { EMPTY_DOCUMENT } from '../annotations/queries.ts'
import type { App, Caller, ProjectScope } from '../handler.ts'
import { claimNext } from '../history/claim.ts'
import { type Asker, emptyQueue } from './queue-queries.ts'

export const askerOf = (project: ProjectScope, caller: Caller, kind: 'label' | 'review'): Asker => ({
  project_id: project.row.id,
  person_id: caller.person_id,
  stage_ids: stagesOfKind(project.workflow, kind).map((s) => s.id),
  allow_self_review: project.row.allow_self_review,
})

/** @throws Failure not_allowed */
export async function claimTask(
  { app, project, caller }: { app: App; project: ProjectScope; caller: Caller },
  kind: 'label' | 'review',
  session_id: string,
) {
  const asker = askerOf(project, caller, kind)
  const claimed = await claimNext(app.db, {
    ...asker,
    organization_id: project.row.organization_id,
    actor: { person_id: caller.person_id, kind: caller.kind },
    kind,
    session_id,
    timeout_s: project.row.lease_timeout_s,
  })
  if (claimed === 'not_allowed')
    throw new Failure('not_allowed', `Your role in this project does not ${kind === 'review' ? 'review' : 'label'}.`)
  if (!claimed) return { task_id: null, source: null, opened: null, empty: await emptyQueue(app.db, asker) }
  const { source, task, document, ...rest } = claimed
  const opened = { task, document: document ?? EMPTY_DOCUMENT, generation: task.generation, session_id, ...rest }
  return { task_id: task.id, source, opened, empty: null }
}
