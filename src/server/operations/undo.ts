// Undo: an operation with a history of its own. Restores what another operation changed, on every task that
// nobody changed since; the others are listed.
import type { Static } from 'typebox'
import { Fields, Id } from '../../model/schema.ts'
import { fitsStage, type Rules } from '../../model/steps.ts'
import type { Decision, TaskPatch, TaskRow } from '../../model/task.ts'
import { stageById } from '../../model/workflow.ts'
import { interrupting } from './open-tasks.ts'
import { defineOperation } from './operation.ts'
import { snapshotsOf } from './operation-queries.ts'

const ParamsSchema = Fields({ operation_id: Id })
/** `before` is null once the undo time has passed and the snapshot was purged. */
type Snapshot = { before: Partial<TaskRow> | null; version_after: number }

export const undo = defineOperation<Static<typeof ParamsSchema>, Snapshot>({
  name: 'undo',
  title: 'Undo',
  params: ParamsSchema,
  in_menu: false,
  load: (db, project_id, params, taskIds) => snapshotsOf(db, project_id, params.operation_id, taskIds),
  decide(task, _params, context, { facts }): Decision {
    if (!facts) return { outcome: 'unchanged' }
    if (!facts.before) return { outcome: 'refused', reason: 'annotations_purged' }
    if (task.version !== facts.version_after) return { outcome: 'refused', reason: 'changed_since' }
    const { generation, ...columns } = facts.before as TaskPatch
    const patch = withoutTheGone(columns, task, context)
    const after = Object.fromEntries(Object.entries(patch).filter(([key]) => TOLD.has(key)))
    const before = Object.fromEntries(Object.keys(after).map((key) => [key, task[key as keyof TaskRow]]))
    const event = { kind: 'undone', before, after } as const
    const restored = 'revision_id' in patch && patch.revision_id !== null && task.revision_id === null
    const events = restored
      ? [{ kind: 'annotations_restored', after: { object_count: patch.object_count } } as const, event]
      : [event]
    // What did not disturb an open editor when it was done does not disturb it when it is undone.
    return generation === undefined
      ? { outcome: 'applied', patch, events }
      : interrupting(task, 'leave_out', patch, events)
  },
})

/** Who left meanwhile, or may no longer work in the stage, is not given the task back: it goes to the pool. */
function withoutTheGone(patch: TaskPatch, task: TaskRow, rules: Pick<Rules, 'members' | 'workflow'>): TaskPatch {
  if (patch.assignee_id === undefined || patch.assignee_id === null) return patch
  const stage = stageById(rules.workflow, patch.stage_id ?? task.stage_id)
  return fitsStage(rules.members.get(patch.assignee_id), stage) ? patch : { ...patch, assignee_id: null }
}

/** What the timeline's sentence about an undo tells. */
const TOLD = new Set([
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
