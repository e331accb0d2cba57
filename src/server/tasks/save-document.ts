// Saving objects: a new revision and the task's counts in one transaction. A late save is refused, never
// applied, and its work is kept as a draft.
import { type AnnotationDocument, documentProblem } from '../../model/annotation.ts'
import { type Changes, withChanges } from '../../model/changes.ts'
import { Failure } from '../../model/failure.ts'
import { labelling, requireHolder } from '../../model/steps.ts'
import { signed } from '../annotations/authorship.ts'
import { dropSuperseded, dropSupersededDrafts, hasDraft, insertRevision } from '../annotations/queries.ts'
import { documentFrom, keepDocument } from '../annotations/recent-documents.ts'
import { baseOfSession } from '../annotations/revision-queries.ts'
import type { Tx } from '../db/connect.ts'
import { runSequence } from '../db/sequence.ts'
import { stageOpenedIn } from '../history/queries.ts'
import { entryOf, recordOf } from '../history/record.ts'
import { holdLabelSchema } from '../projects/schema-queries.ts'
import { leaseOf } from './lease-queries.ts'
import { lockTasks } from './queries.ts'
import { explained, holderOf, type Step, staleFailure } from './step.ts'

type Save = { session_id: string; generation: number } & (
  | { document: AnnotationDocument }
  | { base_id: number | null; changes: Changes }
)

/** @throws Failure stale_generation with `moved_by` and `draft_id`, no_lease, task_taken, stale_base, invalid_input */
export async function saveDocument(step: Step, save: Save): Promise<{ revision_id: number; object_count: number }> {
  const result = await explained(step, () => step.app.db.transaction().execute((tx) => saveOrKeepDraft(tx, step, save)))
  if ('draft_id' in result) throw await staleFailure(step, { draft_id: result.draft_id })
  const { revision_id, document } = result
  keepDocument(step.app.db, { project_id: step.project.row.id, task_id: step.task_id }, result)
  return { revision_id, object_count: document.objects.length }
}

async function saveOrKeepDraft(tx: Tx, step: Step, save: Save) {
  const { project, caller, task_id } = step
  const project_id = project.row.id
  const [task] = await lockTasks(tx, project_id, [task_id])
  if (!task) throw new Failure('not_found', `There is no task ${task_id} in this project.`)
  const openedIn =
    task.generation === save.generation ? null : await stageOpenedIn(tx, project_id, task_id, caller.person_id)
  const isLate = openedIn !== null
  if (!isLate) requireHolder(task, holderOf(step, save))
  const of = { project_id, task_id, session_id: save.session_id, author_id: caller.person_id }
  const lastSeen = isLate ? () => baseOfSession(tx, of) : () => task.revision_id
  const base_id = 'changes' in save ? save.base_id : await lastSeen()
  const before = await documentFrom(step.app.db, tx, { project_id, task_id, revision_id: base_id })
  if (!before || !(isLate || base_id === task.revision_id)) throw new Failure('stale_base')
  const sent = 'changes' in save ? withChanges(before, save.changes) : save.document
  const { schema } = await holdLabelSchema(tx, project_id)
  const problem = documentProblem(sent, schema, task, before)
  if (problem) throw new Failure('invalid_input', `document.${problem}`)
  const document = await signed(tx, { ...of, base_id }, sent, before)
  const revision = { ...of, document }
  const now = new Date().toISOString()
  const stamp = { actor: { person_id: caller.person_id, kind: caller.kind }, at: now, operation_id: null }
  if (isLate) {
    // Of the work that it is, wherever the task was moved meanwhile.
    const draft = { ...revision, kind: 'draft' as const, stage_id: openedIn }
    const isFirst = !(await hasDraft(tx, draft))
    const { revision_id: draft_id, object_count } = (await insertRevision(tx, draft)).patch
    const kept = { kind: 'draft_kept', after: { object_count } } as const
    await runSequence(tx, [
      dropSupersededDrafts(draft, draft_id),
      // The editor goes on sending until it is told: one entry for all of it.
      ...(isFirst ? entryOf(project_id, stamp, task, kept) : []),
    ])
    return { draft_id }
  }
  const saved = { ...revision, kind: 'saved' as const, stage_id: task.stage_id }
  const { patch, bytes } = await insertRevision(tx, saved)
  const lease = {
    project_id,
    task_id,
    person_id: caller.person_id,
    session_id: save.session_id,
    generation: task.generation,
    now,
    timeout_s: project.row.lease_timeout_s,
  }
  await runSequence(tx, [
    ...recordOf(project_id, stamp, [
      { task, patch: { ...patch, ...labelling(task, caller.person_id, project.workflow) }, events: [] },
    ]),
    dropSuperseded(saved, patch.revision_id),
    leaseOf(lease),
  ])
  return { revision_id: patch.revision_id, document, bytes }
}
