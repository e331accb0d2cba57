// Undo: an operation with a history of its own. Restores what another operation changed, on every task that
// nobody changed since; the others are listed.
import { Fields, Id } from '../../model/schema.ts'
import { own, type SituationDecision, type SituationPatch, saved, type TaskPatch } from '../../model/task.ts'
import { type Events, interrupting } from './open-tasks.ts'
import { defineOperation } from './operation.ts'

const FACTS = ['is_as_left', 'restores_annotations', 'is_saved_assignee_gone', 'saved_columns'] as const

export const undo = defineOperation(Fields({ operation_id: Id }), FACTS, {
  name: 'undo',
  title: 'Undo',
  in_menu: false,
  decide(task): SituationDecision {
    if (!task.is_as_left) return { outcome: 'refused', reason: 'changed_since' }
    const columns = task.saved_columns.filter((c): c is keyof TaskPatch => c !== 'generation')
    const patch: SituationPatch = Object.fromEntries(columns.map((c) => [c, saved(c)]))
    // Who left meanwhile, or may no longer work in the stage, is not given the task back: it goes to the pool.
    if (task.is_saved_assignee_gone) patch.assignee_id = null
    const told = columns.filter((c) => TOLD.has(c))
    const event: Events[number] = {
      kind: 'undone',
      before: Object.fromEntries(told.map((c) => [c, own(c)])),
      after: Object.fromEntries(told.map((c) => [c, patch[c]])),
    }
    const restored: Events =
      columns.includes('revision_id') && task.restores_annotations
        ? [{ kind: 'annotations_restored', after: { object_count: saved('object_count') } }]
        : []
    // What did not disturb an open editor when it was done does not disturb it when it is undone.
    return task.saved_columns.includes('generation')
      ? interrupting(task, 'leave_out', patch, [...restored, event])
      : { outcome: 'applied', patch, events: [...restored, event] }
  },
})

/** What the timeline's sentence about an undo tells. */
const TOLD = new Set<string>([
  'stage_id',
  'assignee_id',
  'split',
  'priority',
  'batch_id',
  'is_skipped',
  'is_archived',
  'object_count',
  'duration_ms',
])
