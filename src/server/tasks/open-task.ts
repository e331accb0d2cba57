// Opening a task: the step, the lease, and everything the editor needs in one answer.
import type { Reply } from '../../contract/endpoint.ts'
import type { Endpoints } from '../../contract/endpoints.ts'
import { Failure } from '../../model/failure.ts'
import { open } from '../../model/steps.ts'
import { draftsOf } from '../annotations/queries.ts'
import type { Tx } from '../db/connect.ts'
import { lastRejection } from '../history/queries.ts'
import { holdMembership } from '../people/role-queries.ts'
import { takeLease } from './lease-queries.ts'
import { taskWithDocument } from './queries.ts'
import { type Step, takeStep } from './step.ts'

type Opened = Reply<Endpoints['open_task']>

/**
 * @param kind only for this kind of work
 * @throws Failure task_taken, wrong_stage, own_work, not_allowed
 */
export async function openTask(tx: Tx, step: Step, session_id: string, kind?: 'label' | 'review'): Promise<Opened> {
  const { project, caller, task_id } = step
  const project_id = project.row.id
  await holdMembership(tx, project_id, caller.person_id)
  const { task: locked, rules } = await takeStep(tx, step, (task, r) => open(task, caller.person_id, r, kind))
  await takeLease(tx, {
    project_id,
    task_id,
    person_id: caller.person_id,
    session_id,
    generation: locked.generation,
    now: rules.now,
    timeout_s: project.row.lease_timeout_s,
  })
  const found = await taskWithDocument(tx, project_id, task_id)
  if (!found) throw new Failure('not_found')
  return {
    ...found,
    generation: found.task.generation,
    session_id,
    drafts: await draftsOf(tx, project_id, task_id, caller.person_id),
    returned_comment: found.task.is_returned ? await lastRejection(tx, project_id, task_id) : null,
  }
}
