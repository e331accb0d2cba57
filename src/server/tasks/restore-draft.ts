// A manager brings back what somebody could not save any more: the draft takes the place of the task's objects, which are
// kept in turn where managers find the drafts.
import { documentProblem } from '../../model/annotation.ts'
import { Failure } from '../../model/failure.ts'
import { labelling } from '../../model/steps.ts'
import { stageById } from '../../model/workflow.ts'
import { draftById, dropDraft, insertRevision, keepCopy } from '../annotations/queries.ts'
import type { Tx } from '../db/connect.ts'
import { holdLabelSchema } from '../projects/schema-queries.ts'
import { type Step, takeStep } from './step.ts'

/** @throws Failure not_found; task_taken: somebody has the task open; invalid_input: the schema does not have its classes any more */
export async function restoreDraft(
  tx: Tx,
  step: Step,
  draft_id: number,
): Promise<{ revision_id: number; object_count: number }> {
  const { project, task_id } = step
  const project_id = project.row.id
  const { decision } = await takeStep(tx, step, async (task) => {
    const draft = await draftById(tx, project_id, task_id, draft_id, null)
    if (!draft)
      throw new Failure('not_found', `There is no draft ${draft_id} on this task. It may have been kept 30 days ago.`)
    if (task.lease)
      throw new Failure('task_taken', 'Somebody has this task open. Restore the draft when they have closed it.')
    const { document, author_id, stage_id } = draft
    const { schema } = await holdLabelSchema(tx, project_id)
    const problem = documentProblem(document, schema, task, document)
    if (problem) throw new Failure('invalid_input', `The draft does not fit the label schema any more: ${problem}`)
    if (task.revision_id !== null) await keepCopy(tx, project_id, task_id, task.revision_id)
    const { patch } = await insertRevision(tx, {
      project_id,
      task_id,
      kind: 'saved',
      author_id,
      stage_id: task.stage_id,
      session_id: `draft ${draft_id}`,
      // Signed when it was kept.
      document,
    })
    await dropDraft(tx, project_id, task_id, draft_id)
    const isLabelled = stageById(project.workflow, stage_id).kind === 'label'
    const counts = { before: { object_count: task.object_count }, after: { object_count: patch.object_count } }
    return {
      outcome: 'applied',
      patch: {
        ...patch,
        // What a reviewer drew in a review makes nobody the labeler, also if the task is to be labelled again by now.
        ...(isLabelled && author_id !== null ? labelling(task, author_id, project.workflow) : {}),
        // Who had it open before would write over it.
        generation: task.generation + 1,
      },
      events: [{ kind: 'annotations_restored', ...counts }],
    }
  })
  const { revision_id, object_count } = decision.patch
  return { revision_id: revision_id as number, object_count: object_count as number }
}
