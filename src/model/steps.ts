// The steps of one person with one task: open, submit, approve, reject, skip. Pure; a step that may not be
// taken throws the Failure that the person sees.
import { Failure } from './failure.ts'
import type { ProjectRole } from './permission.ts'
import type { Decision, LockedTask, SkipReason, TaskPatch, TaskRow } from './task.ts'
import { isOffered, isSampled, labelStageBefore, nextStage, type Stage, stageById, type Workflow } from './workflow.ts'

/** What a decision may know besides the task. */
export type Rules = {
  workflow: Workflow
  settings: {
    review_enabled: boolean
    review_sampling_percent: number
    allow_skip: boolean
    allow_self_review: boolean
  }
  /** Current members and their effective roles; who is not here is gone. */
  members: ReadonlyMap<number, ProjectRole>
  /** ISO 8601. */
  now: string
}

export type Holder = { person_id: number; session_id: string; generation: number }

type Applied = Extract<Decision, { outcome: 'applied' }>

/** Whether a role may work in a stage. */
export function fitsStage(role: ProjectRole | undefined, stage: Stage): boolean {
  if (role === undefined) return false
  return stage.kind === 'review' ? role !== 'labeler' : true
}

/** The remembered person of a stage, if still a member in a fitting role; else null, the pool. */
export function rememberedAssignee(
  task: Pick<LockedTask, 'stage_assignees'>,
  stage: Stage,
  rules: Pick<Rules, 'members'>,
): number | null {
  if (!isOffered(stage)) return null
  const person = task.stage_assignees[String(stage.id)]
  return person !== undefined && fitsStage(rules.members.get(person), stage) ? person : null
}

/** Whether a stage would have a person review what they labelled, where the project does not allow it. */
export function isOwnWork(
  task: Pick<LockedTask, 'labelled_by_id'>,
  person_id: number | null,
  stage: Stage,
  rules: Rules,
): boolean {
  return (
    stage.kind === 'review' &&
    !rules.settings.allow_self_review &&
    person_id !== null &&
    task.labelled_by_id === person_id
  )
}

type Remembering = Pick<TaskRow, 'stage_assignees' | 'labelled_by_id'>

/** The remembered person, unless that would be a review of their own work: then the pool. */
function responsibleIn(task: Remembering, stage: Stage, rules: Rules): number | null {
  const person = rememberedAssignee(task, stage, rules)
  return isOwnWork(task, person, stage, rules) ? null : person
}

/** What changes on entering a stage, for steps and bulk moves alike: queue time, completion, assignee. */
export function entering(
  task: Remembering,
  stage: Stage,
  rules: Rules,
): { [C in 'stage_id' | 'assignee_id' | 'queued_at' | 'completed_at' | 'is_returned']: TaskRow[C] } {
  return {
    stage_id: stage.id,
    assignee_id: responsibleIn(task, stage, rules),
    queued_at: isOffered(stage) ? rules.now : null,
    completed_at: stage.kind === 'completed' ? rules.now : null,
    is_returned: false,
  }
}

/**
 * Checks that a write comes from the editor that holds the task. A lease that ran out does no harm while the
 * task is still this person's and nobody else opened it.
 */
export function requireHolder(task: LockedTask, holder: Holder): void {
  if (task.generation !== holder.generation)
    throw new Failure('stale_generation', 'This task was changed while you had it open.')
  if (task.lease) {
    if (task.lease.person_id !== holder.person_id) throw new Failure('task_taken', 'Somebody else has this task open.')
    if (task.lease.session_id !== holder.session_id)
      throw new Failure('no_lease', 'This task is open in another tab of yours.')
  } else if (task.assignee_id !== holder.person_id || task.lapsed_session_id !== holder.session_id)
    throw new Failure('no_lease', 'You do not hold this task. Open it again.')
}

/** Opening assigns. The lease itself is written by the caller. `kind`: only for this kind of work. */
export function open(task: LockedTask, person_id: number, rules: Rules, kind?: 'label' | 'review'): Applied {
  const stage = stageById(rules.workflow, task.stage_id)
  if (task.is_archived) throw new Failure('wrong_stage', 'This task is archived.')
  if (!isOffered(stage))
    throw new Failure('wrong_stage', `This task stands in ${stage.name}, where nobody works on it.`)
  if (task.is_skipped) throw new Failure('wrong_stage', 'This task is skipped. A manager can clear the skip.')
  if (!fitsStage(rules.members.get(person_id), stage))
    throw new Failure('not_allowed', `Your role does not work in ${stage.name}.`)
  if (kind && stage.kind !== kind) throw new Failure('wrong_stage', `This task stands in ${stage.name}.`)
  if (task.lease && task.lease.person_id !== person_id)
    throw new Failure('task_taken', 'Somebody else has this task open.')
  if (task.assignee_id !== null && task.assignee_id !== person_id)
    throw new Failure('task_taken', 'This task is assigned to somebody else.')
  if (isOwnWork(task, person_id, stage, rules)) throw new Failure('own_work')
  const isNew = task.assignee_id !== person_id
  const opened = { kind: 'opened', after: { stage_id: stage.id } } as const
  const assigned = {
    kind: 'assigned',
    before: { assignee_id: task.assignee_id },
    after: { assignee_id: person_id },
  } as const
  return {
    outcome: 'applied',
    patch: isNew ? { assignee_id: person_id, stage_assignees: { ...task.stage_assignees, [stage.id]: person_id } } : {},
    // Opening again, in a new tab or after a reload, is not news.
    events: [...(isNew ? [assigned] : []), ...(task.lease ? [] : [opened])],
  }
}

/** Who saves in a label stage labelled the task, also if somebody else moves it on: it is not theirs to review. */
export function labelling(
  task: Pick<LockedTask, 'stage_id' | 'labelled_by_id'>,
  person_id: number,
  workflow: Workflow,
): Pick<TaskPatch, 'labelled_by_id'> {
  const isLabelling = stageById(workflow, task.stage_id).kind === 'label'
  return isLabelling && task.labelled_by_id !== person_id ? { labelled_by_id: person_id } : {}
}

/** Label → the next stage. What came back from a review goes there again, whatever the sample is by now: who returned it sees the fix. */
export function submit(task: LockedTask, person_id: number, rules: Rules): Applied {
  const stage = requireKind(task, 'label', rules)
  const { review_enabled, review_sampling_percent } = rules.settings
  const isReviewed = review_enabled && (task.is_returned || isSampled(task.id, review_sampling_percent))
  const next = nextStage(rules.workflow, stage, isReviewed)
  const labelled = { ...task, labelled_by_id: person_id }
  return moved(task, { ...entering(labelled, next, rules), labelled_by_id: person_id }, 'submitted')
}

/** Review → the next stage. */
export function approve(task: LockedTask, person_id: number, rules: Rules): Applied {
  const stage = requireKind(task, 'review', rules)
  return moved(
    task,
    { ...entering(task, nextStage(rules.workflow, stage, true), rules), reviewed_by_id: person_id },
    'approved',
  )
}

/** Review → the label stage before it, to the person who labelled it, ahead of other work. */
export function reject(task: LockedTask, person_id: number, comment: string, rules: Rules): Applied {
  const stage = requireKind(task, 'review', rules)
  const back = labelStageBefore(rules.workflow, stage)
  const labeller = task.labelled_by_id
  const patch: TaskPatch = {
    ...entering(task, back, rules),
    is_returned: true,
    times_returned: task.times_returned + 1,
    reviewed_by_id: person_id,
  }
  if (patch.assignee_id === null && labeller !== null && fitsStage(rules.members.get(labeller), back))
    patch.assignee_id = labeller
  return moved(task, patch, 'rejected', comment)
}

/** Sets the task aside. Saved objects and the status stay; it leaves every queue. */
export function skip(
  task: LockedTask,
  person_id: number,
  reason: SkipReason,
  note: string | null,
  rules: Rules,
): Applied {
  const stage = requireKind(task, 'label', rules)
  if (!rules.settings.allow_skip) throw new Failure('skip_not_allowed')
  if (reason === 'other' && !note?.trim())
    throw new Failure('invalid_input', 'note: say why, when the reason is “other”.')
  const { [String(stage.id)]: _, ...others } = task.stage_assignees
  return {
    outcome: 'applied',
    ends_lease: true,
    patch: {
      is_skipped: true,
      skip_reason: reason,
      skip_note: note?.trim() || null,
      skipped_by_id: person_id,
      skipped_at: rules.now,
      skipper_ids: [...new Set([...task.skipper_ids, person_id])],
      assignee_id: null,
      stage_assignees: others,
      queued_at: null,
    },
    events: [{ kind: 'skipped', after: { skip_reason: reason }, note: note?.trim() || null }],
  }
}

function requireKind(task: LockedTask, kind: 'label' | 'review', rules: Rules): Stage {
  const stage = stageById(rules.workflow, task.stage_id)
  if (stage.kind !== kind) throw new Failure('wrong_stage', `This task stands in ${stage.name}.`)
  if (task.is_skipped) throw new Failure('wrong_stage', 'This task is skipped.')
  return stage
}

function moved(
  task: LockedTask,
  patch: TaskPatch,
  kind: 'submitted' | 'approved' | 'rejected',
  note: string | null = null,
): Applied {
  return {
    outcome: 'applied',
    patch,
    ends_lease: true,
    events: [
      {
        kind,
        before: { stage_id: task.stage_id },
        after: { stage_id: patch.stage_id, assignee_id: patch.assignee_id, revision_id: task.revision_id },
        note,
      },
    ],
  }
}
