// operations/: the road of every change. This file: what an operation is. One file per operation, one line in index.ts.
import type { RawBuilder } from 'kysely'
import type { Static, TSchema } from 'typebox'
import type { PlanReport } from '../../contract/plan-reports.ts'
import type { ProjectRole } from '../../model/permission.ts'
import type { Rules } from '../../model/steps.ts'
import type { SituationDecision, TaskRow } from '../../model/task.ts'
import type { Queryable, Tx } from '../db/connect.ts'

/** What a decision may know besides the situation and the parameters. */
export type OperationContext = Rules & {
  actor_id: number | null
  members: ReadonlyMap<number, ProjectRole>
  /** Batch ids of the project. */
  batches: ReadonlySet<number>
  /** Newest entry of the time ledger: a reset of duration hides everything up to it. */
  time_floor: number
}

/**
 * What a decision may depend on. Tasks that agree in an operation's facts are in the same situation: they are decided
 * once and written together, so a fact that is the task's own (`id`, `revision_id`) makes every task a situation.
 */
export type Facts = Pick<
  TaskRow,
  | 'id' | 'stage_id' | 'assignee_id' | 'stage_assignees' | 'labelled_by_id' | 'is_skipped' | 'skipped_by_id' | 'skipper_ids'
  | 'split' | 'split_source' | 'is_split_locked' | 'priority' | 'batch_id' | 'is_archived' | 'revision_id'
> & {
  /** Objects or global values. */
  has_annotations: boolean
  /** Events that the timeline shows. */
  has_history: boolean
  has_duration: boolean
  /** A responsible person, or one remembered for some stage. */
  has_assignees: boolean
  /** Who is remembered for the stage that the operation asks about, and whether they labelled it. */
  remembered_id: number | null
  is_remembered_labeller: boolean
  /** The word that the operation's plan has for the task. */
  plan: string | null
  /** Of an undo: nobody changed the task since; which columns were changed. */
  is_as_left: boolean
  /** Annotations come back to a task that has none. */
  restores_annotations: boolean
  /** Who had it before is no member any more, or may not work in the stage it goes back to. */
  is_saved_assignee_gone: boolean
  saved_columns: string[]
} // biome-ignore format: one list
export type FactName = keyof Facts
/** `lease`: who has the task open now. */
export type Situation<F extends FactName = FactName> = Pick<Facts, F | 'stage_id'> & {
  lease: { person_id: number } | null
}

/** `assignees`: tasks that lose people, of any stage. `image_values`: tasks without objects that lose values of the whole image. */
export type Losses = { assignees: number; objects: number; image_values: number; events: number; duration_ms: number }

/**
 * Work on the frozen set before the first step, e.g. who gets which split.
 * @returns `query` of (task_id int8, plan text): one word per task that has one; `report`: what it comes to, shown in the
 *   preview. null if nothing is planned
 */
export type Planner<P> = (
  db: Queryable,
  scope: { project_id: number; target: /** Condition on `task t`. */ RawBuilder<boolean> },
  params: P,
  context: OperationContext,
) => Promise<Plan | null>
export type Plan = { query: RawBuilder<unknown>; report: PlanReport }

export type Operation<P = unknown, F extends FactName = FactName, L = unknown> = {
  /** Verb-noun, e.g. `change-status`. */
  name: string
  title: string
  params: TSchema
  facts: readonly F[]
  /** The stage whose remembered people matter; null if nobody is asked for. */
  rememberedIn?: (params: P, context: OperationContext) => number | null
  /** Shown in the menu of the Tasks page. Others are run by the server itself. */
  in_menu: boolean
  /** Fills in generated values (a seed), checks what a schema cannot. @throws Failure */
  prepare?: (params: P, context: OperationContext) => P
  plan?: Planner<P>
  /** Keeps what a plan came to, once the set is frozen with it. */
  keepPlan?: (tx: Tx, operation: { project_id: number; operation_id: number }, report: PlanReport) => Promise<void>
  /** Rows that the decisions of one step need, by task; then `id` is among the facts. */
  load?: (db: Queryable, project_id: number, params: P, taskIds: readonly number[]) => Promise<Map<number, L>>
  /** Pure. The preview counts what this says and the run obeys it. */
  decide: (task: Situation<F>, params: P, context: OperationContext, loaded: L | undefined) => SituationDecision
  /** Which of a situation's things an applied change takes away, for the preview. */
  loses?: (task: Situation<F>, params: P) => readonly (keyof Losses)[]
  /** Rows besides the task, of the tasks that were applied, in the same transaction. */
  write?: (
    tx: Tx,
    project_id: number,
    params: P,
    applied: readonly { task: Situation<F>; loaded: L | undefined }[],
    context: OperationContext,
  ) => Promise<void>
}

/** Joins parameters, facts and rules of an operation, so that `decide` sees exactly the facts it names. */
export function defineOperation<S extends TSchema, const F extends FactName, L = unknown>(
  params: S,
  facts: readonly F[],
  rest: Omit<Operation<Static<S>, F, L>, 'params' | 'facts'>,
): Operation {
  return { params, facts, ...rest } as unknown as Operation
}
