// Change status: a target stage, four cleanups, all off by default. Presets are combinations of the four.
import { type Static, Type } from 'typebox'
import { Failure } from '../../model/failure.ts'
import { Fields, Id } from '../../model/schema.ts'
import { entering } from '../../model/steps.ts'
import { type Decision, type EventDraft, type LockedTask, type TaskPatch, UNCHANGED } from '../../model/task.ts'
import { type Stage, stageById } from '../../model/workflow.ts'
import type { Cleanup } from './cleanups/cleanup.ts'
import { removeAnnotations } from './cleanups/remove-annotations.ts'
import { removeAssignees } from './cleanups/remove-assignees.ts'
import { removeDuration } from './cleanups/remove-duration.ts'
import { removeHistory } from './cleanups/remove-history.ts'
import { interrupting, OpenChoiceSchema } from './open-tasks.ts'
import { defineOperation, type OperationContext } from './operation.ts'

const ParamsSchema = Fields({
  stage_id: Id,
  remove_annotations: Type.Optional(Type.Boolean()),
  remove_assignees: Type.Optional(Type.Boolean()),
  remove_history: Type.Optional(Type.Boolean()),
  remove_duration: Type.Optional(Type.Boolean()),
  /** Also clear the skip of tasks that already stand in the stage; a move clears it anyway. */
  clear_skip: Type.Optional(Type.Boolean()),
  comment: Type.Optional(Type.String({ maxLength: 5000 })),
  open: Type.Optional(OpenChoiceSchema),
})
export type ChangeStatusParams = Static<typeof ParamsSchema>

/** In the order of domain.md: lock, check, snapshot, cleanups, status. History comes first, so that the timeline shows the rest. */
const CLEANUPS: readonly Cleanup[] = [removeHistory, removeAnnotations, removeAssignees, removeDuration]

export const SKIP_GONE: TaskPatch = {
  is_skipped: false,
  skip_reason: null,
  skip_note: null,
  skipped_by_id: null,
  skipped_at: null,
}

/** Patch and event of clearing a skip; the event keeps who skipped it and why. */
export function clearingSkip(task: LockedTask): { patch: TaskPatch; event: EventDraft } {
  const before = { skip_reason: task.skip_reason, skipped_by_id: task.skipped_by_id }
  return { patch: SKIP_GONE, event: { kind: 'skip_cleared', before, note: task.skip_note } }
}

export const changeStatus = defineOperation<ChangeStatusParams>({
  name: 'change-status',
  title: 'Change status',
  params: ParamsSchema,
  in_menu: true,
  prepare(params, { workflow }) {
    if (!workflow.some((s) => s.id === params.stage_id))
      throw new Failure('invalid_input', `params.stage_id: this project has no stage ${params.stage_id}.`)
    return params
  },
  decide(task, params, context): Decision {
    const target = stageById(context.workflow, params.stage_id)
    const patch: TaskPatch = {}
    const events: EventDraft[] = []
    const cleanups = CLEANUPS.filter((c) => params[c.param] && c.applies(task))
    const moves = task.stage_id !== target.id
    const clears = task.is_skipped && (moves || params.clear_skip === true)
    if (!moves && !clears && cleanups.length === 0) return UNCHANGED
    for (const cleanup of cleanups) {
      const change = cleanup.change(task, context)
      Object.assign(patch, change.patch)
      events.push(change.event)
    }
    if (clears) {
      const change = clearingSkip(task)
      Object.assign(patch, change.patch)
      events.push(change.event)
    }
    if (moves) {
      Object.assign(patch, move(task, patch, target, context))
      events.push(moveEvent(task, patch, target, context, params.comment))
    } else {
      if (clears) patch.queued_at = context.now
      // Without a move the comment stands with what was cleaned up.
      const first = events.find((e) => !e.note)
      if (first && params.comment?.trim()) first.note = params.comment.trim()
    }
    return interrupting(task, params.open, patch, events)
  },
  loses(task, params) {
    const loses = { assignees: 0, objects: 0, events: 0, duration_ms: 0 }
    for (const cleanup of CLEANUPS)
      if (params[cleanup.param] && cleanup.applies(task)) Object.assign(loses, cleanup.loses(task))
    return loses
  },
})

/** Entering the target with the people that the cleanups left. */
function move(task: LockedTask, cleaned: TaskPatch, target: Stage, context: OperationContext): TaskPatch {
  const stage_assignees = cleaned.stage_assignees ?? task.stage_assignees
  return entering({ ...task, stage_assignees }, target, context)
}

function moveEvent(
  task: LockedTask,
  patch: TaskPatch,
  target: Stage,
  context: OperationContext,
  comment?: string,
): EventDraft {
  const from = stageById(context.workflow, task.stage_id)
  const isRelease = from.kind === 'prepare' && target.kind === 'label'
  return {
    kind: isRelease ? 'released' : 'status_changed',
    before: { stage_id: from.id, assignee_id: task.assignee_id },
    after: { stage_id: target.id, assignee_id: patch.assignee_id },
    note: comment?.trim() || null,
  }
}
