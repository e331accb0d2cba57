// Stages, their kinds and the moves between them. Code asks for the kind, never for a name.
import { type Static, Type } from 'typebox'
import { Fields, Id, Line, Words } from './schema.ts'

export const STAGE_KINDS = ['prepare', 'label', 'review', 'completed'] as const
export type StageKind = (typeof STAGE_KINDS)[number]

export const StageSchema = Fields({
  id: Id,
  position: Type.Integer({ minimum: 1 }),
  kind: Words(STAGE_KINDS),
  name: Line(60),
})
export type Stage = Static<typeof StageSchema>

/** The stages of one project in order: exactly one `prepare` first and one `completed` last. */
export type Workflow = readonly Stage[]

export const DEFAULT_STAGES: readonly { kind: StageKind; name: string }[] = [
  { kind: 'prepare', name: 'Prepare' },
  { kind: 'label', name: 'Label' },
  { kind: 'review', name: 'Review' },
  { kind: 'completed', name: 'Completed' },
]

/** What is wrong with a proposed workflow, as a sentence; null if nothing. */
export function workflowProblem(stages: readonly { kind: StageKind; name: string }[]): string | null {
  if (stages.length < 3) return 'A workflow needs Prepare, at least one Label stage and Completed.'
  if (stages[0]?.kind !== 'prepare') return 'The first stage must be of kind prepare.'
  if (stages.at(-1)?.kind !== 'completed') return 'The last stage must be of kind completed.'
  const inner = stages.slice(1, -1)
  if (inner.some((s) => s.kind !== 'label' && s.kind !== 'review'))
    return 'Between the first and the last stage only label and review stages may stand.'
  if (inner[0]?.kind !== 'label') return 'The stage after Prepare must be of kind label.'
  if (new Set(stages.map((s) => s.name.trim().toLowerCase())).size !== stages.length) return 'Stage names must differ.'
  return null
}

export function stageById(workflow: Workflow, id: number): Stage {
  const stage = workflow.find((s) => s.id === id)
  if (!stage) throw new Error(`stage ${id} is not in this workflow`)
  return stage
}

export function stagesOfKind(workflow: Workflow, kind: StageKind): Stage[] {
  return workflow.filter((s) => s.kind === kind)
}

export function firstOfKind(workflow: Workflow, kind: StageKind): Stage {
  const stage = workflow.find((s) => s.kind === kind)
  if (!stage) throw new Error(`this workflow has no ${kind} stage`)
  return stage
}

/** True in stages from which tasks are offered to people. */
export function isOffered(stage: Stage): boolean {
  return stage.kind === 'label' || stage.kind === 'review'
}

/**
 * The stage that follows. Review stages are passed over if the task is not reviewed.
 * @param isReviewed whether this task is to be reviewed (project setting and sampling)
 */
export function nextStage(workflow: Workflow, from: Stage, isReviewed: boolean): Stage {
  const next = workflow.find((s) => s.position > from.position && (isReviewed || s.kind !== 'review'))
  if (!next) throw new Error(`no stage follows ${from.name}`)
  return next
}

/** The label stage that a rejected task goes back to: the nearest one before `from`. */
export function labelStageBefore(workflow: Workflow, from: Stage): Stage {
  const before = workflow.filter((s) => s.kind === 'label' && s.position < from.position).at(-1)
  if (!before) throw new Error(`no label stage stands before ${from.name}`)
  return before
}

/**
 * Whether a task falls into the reviewed sample. Deterministic in the task id, so a re-submitted
 * task is sampled as before. Uses the 32-bit finalizer of MurmurHash3 as a uniform hash.
 * @param percent 0…100
 */
export function isSampled(taskId: number, percent: number): boolean {
  let h = taskId >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  h = (h ^ (h >>> 16)) >>> 0
  return h % 10_000 < percent * 100
}
