// Saving objects: a new revision and the task's counts in one transaction. A late save is refused, never
// applied, and its work is kept as a draft.
import { type AnnotationDocument, type AnnotationObject, documentProblem } from '../../model/annotation.ts'
import { type Changes, withChanges } from '../../model/changes.ts'
import { partsThatDiffer } from '../../model/compare.ts'
import { Failure } from '../../model/failure.ts'
import { setOfKey } from '../../model/prediction.ts'
import { requireHolder } from '../../model/steps.ts'
import { dropSuperseded, dropSupersededDrafts, insertRevision } from '../annotations/queries.ts'
import { documentFrom, keepDocument } from '../annotations/recent-documents.ts'
import type { Tx } from '../db/connect.ts'
import { runSequence } from '../db/sequence.ts'
import { hasOpened } from '../history/queries.ts'
import { recordOf } from '../history/record.ts'
import { knownSets } from '../predictions/queries.ts'
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
  const isLate = task.generation !== save.generation && (await hasOpened(tx, project_id, task_id, caller.person_id))
  if (!isLate) requireHolder(task, holderOf(step, save))
  const base_id = 'changes' in save ? save.base_id : task.revision_id
  const before = await documentFrom(step.app.db, tx, { project_id, task_id, revision_id: base_id })
  if (!before || !(isLate || base_id === task.revision_id)) throw new Failure('stale_base')
  const sent = 'changes' in save ? withChanges(before, save.changes) : save.document
  const problem = documentProblem(sent, await holdLabelSchema(tx, project_id), task)
  if (problem) throw new Failure('invalid_input', `document.${problem}`)
  const revision = {
    project_id,
    task_id,
    author_id: caller.person_id,
    stage_id: task.stage_id,
    session_id: save.session_id,
  }
  if (isLate) {
    const draft = { ...revision, kind: 'draft' as const }
    const { revision_id: draft_id } = (await insertRevision(tx, { ...draft, document: sent })).patch
    await runSequence(tx, [dropSupersededDrafts(draft, draft_id)])
    return { draft_id }
  }
  const now = new Date().toISOString()
  const saved = { ...revision, kind: 'saved' as const }
  const known = await knownSets(tx, project_id, claimedSets(sent, before))
  const document = withAuthors(sent, before, caller.person_id, known)
  const { patch, bytes } = await insertRevision(tx, { ...saved, document })
  const stamp = { actor: { person_id: caller.person_id, kind: caller.kind }, at: now, operation_id: null }
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
    ...recordOf(project_id, stamp, [{ task, patch, events: [] }]),
    dropSuperseded(saved, patch.revision_id),
    leaseOf(lease),
  ])
  return { revision_id: patch.revision_id, document, bytes }
}

/** The prediction sets that objects say they come from and did not say before. */
function claimedSets(document: AnnotationDocument, before: AnnotationDocument): number[] {
  const known = new Set(before.objects.map((o) => o.id))
  const keys = document.objects.flatMap((o) => (o.prediction_id && !known.has(o.id) ? [o.prediction_id] : []))
  return [...new Set(keys.map(setOfKey))]
}

/**
 * Authorship is the server's word: who drew an object is kept, new ones are the caller's; who changes somebody else's is named
 * beside its author. So is the prediction that an object was: it is told once, when the object is new.
 * @param sets prediction sets of the project, of those that new objects name
 */
function withAuthors(
  document: AnnotationDocument,
  before: AnnotationDocument,
  person_id: number,
  sets: ReadonlySet<number>,
): AnnotationDocument {
  const known = new Map(before.objects.map((o) => [o.id, o]))
  const signed = (sent: AnnotationObject): AnnotationObject => {
    const was = known.get(sent.id)
    if (sent === was) return was
    const { edited_by_id: _, prediction_id, ...o } = sent
    if (!was)
      return {
        ...o,
        author_id: person_id,
        ...(prediction_id && sets.has(setOfKey(prediction_id)) ? { prediction_id } : {}),
      }
    const editor = partsThatDiffer(was, o).length > 0 ? person_id : was.edited_by_id
    const isOther = typeof editor === 'number' && editor !== was.author_id
    return {
      ...o,
      author_id: was.author_id,
      ...(isOther ? { edited_by_id: editor } : {}),
      ...(was.prediction_id ? { prediction_id: was.prediction_id } : {}),
    }
  }
  return {
    ...document,
    objects: document.objects.map(signed),
    rejected_predictions: document.rejected_predictions ?? before.rejected_predictions ?? [],
  }
}
