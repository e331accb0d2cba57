// Change status: a target stage, four cleanups, all off by default. Presets are combinations of the four.
import { Type } from 'typebox'
import { Failure } from '../../model/failure.ts'
import { Fields, Id } from '../../model/schema.ts'
import { entering } from '../../model/steps.ts'
import { own, type SituationDecision, type SituationPatch, UNCHANGED } from '../../model/task.ts'
import { isOffered, type Stage, stageById } from '../../model/workflow.ts'
import { CLEANUP_FACTS, type Cleanup } from './cleanups/cleanup.ts'
import { removeAnnotations } from './cleanups/remove-annotations.ts'
import { removeAssignees } from './cleanups/remove-assignees.ts'
import { removeDuration } from './cleanups/remove-duration.ts'
import { removeHistory } from './cleanups/remove-history.ts'
import { type Events, interrupting, OpenChoiceSchema } from './open-tasks.ts'
import { defineOperation, type OperationContext, type Situation } from './operation.ts'

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
const FACTS = ['stage_id', 'is_skipped', 'remembered_id', 'is_remembered_labeller', ...CLEANUP_FACTS] as const
type Task = Situation<(typeof FACTS)[number]>

/** In the order of domain.md: lock, check, snapshot, cleanups, status. History comes first, so that the timeline shows the rest. */
const CLEANUPS: readonly Cleanup[] = [removeHistory, removeAnnotations, removeAssignees, removeDuration]

/** Patch and event of clearing a skip; the event keeps who skipped it and why. */
export function clearingSkip(): { patch: SituationPatch; event: Events[number] } {
  return {
    patch: { is_skipped: false, skip_reason: null, skip_note: null, skipped_by_id: null, skipped_at: null },
    event: {
      kind: 'skip_cleared',
      before: { skip_reason: own('skip_reason'), skipped_by_id: own('skipped_by_id') },
      note: own('skip_note'),
    },
  }
}

export const changeStatus = defineOperation(ParamsSchema, FACTS, {
  name: 'change-status',
  title: 'Change status',
  in_menu: true,
  prepare(params, { workflow }) {
    if (!workflow.some((s) => s.id === params.stage_id))
      throw new Failure('invalid_input', `params.stage_id: this project has no stage ${params.stage_id}.`)
    return params
  },
  /** The target's, if it offers tasks and the cleanups leave them. */
  rememberedIn: (params, { workflow }) =>
    isOffered(stageById(workflow, params.stage_id)) && !params.remove_assignees ? params.stage_id : null,
  decide(task, params, context): SituationDecision {
    const target = stageById(context.workflow, params.stage_id)
    const patch: SituationPatch = {}
    const events: Events = []
    const cleanups = CLEANUPS.filter((c) => params[c.param] && c.applies(task))
    const moves = task.stage_id !== target.id
    const clears = task.is_skipped && (moves || params.clear_skip === true)
    if (!moves && !clears && cleanups.length === 0) return UNCHANGED
    const changes = [...cleanups.map((c) => c.change(context)), ...(clears ? [clearingSkip()] : [])]
    for (const change of changes) {
      Object.assign(patch, change.patch)
      events.push(change.event)
    }
    const comment = params.comment?.trim()
    if (moves) {
      Object.assign(patch, move(task, target, context))
      events.push(moveEvent(task, patch, target, context, comment))
    } else {
      if (clears) patch.queued_at = context.now
      if (comment) noteOn(events, comment)
    }
    return interrupting(task, params.open, patch, events)
  },
  loses: (task, params) => CLEANUPS.filter((c) => params[c.param] && c.applies(task)).flatMap((c) => c.loses),
})

/** Without a move the comment stands with what was cleaned up. Only a cleared skip has a note already: what was said of the skip. */
function noteOn(events: Events, comment: string): void {
  const [first] = events
  const event = events.find((e) => !e.note) ?? first
  if (!event) return
  if (event.note) event.before = { ...event.before, skip_note: event.note }
  event.note = comment
}

/** Entering the target, with whom it remembers. */
function move(task: Task, target: Stage, context: OperationContext): SituationPatch {
  const { remembered_id: person_id, is_remembered_labeller } = task
  const stage_assignees = person_id === null ? {} : { [target.id]: person_id }
  return entering({ stage_assignees, labelled_by_id: is_remembered_labeller ? person_id : null }, target, context)
}

function moveEvent(
  task: Task,
  patch: SituationPatch,
  target: Stage,
  context: OperationContext,
  comment: string | undefined,
): Events[number] {
  const from = stageById(context.workflow, task.stage_id)
  const isRelease = from.kind === 'prepare' && target.kind === 'label'
  return {
    kind: isRelease ? 'released' : 'status_changed',
    before: { stage_id: from.id, assignee_id: own('assignee_id') },
    after: { stage_id: target.id, assignee_id: patch.assignee_id },
    note: comment || null,
  }
}
