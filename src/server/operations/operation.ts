// operations/: the road of every change. This file: what an operation is. One file per operation, one line in index.ts.
import type { RawBuilder } from 'kysely'
import type { TSchema } from 'typebox'
import type { ProjectRole } from '../../model/permission.ts'
import type { Rules } from '../../model/steps.ts'
import type { Decision, LockedTask } from '../../model/task.ts'
import type { Queryable, Tx } from '../db/connect.ts'

/** What a decision may know besides the task and the parameters. */
export type OperationContext = Rules & {
  actor_id: number | null
  members: ReadonlyMap<number, ProjectRole>
  /** Batch ids of the project. */
  batches: ReadonlySet<number>
  /** Newest entry of the time ledger: a reset of duration hides everything up to it. */
  time_floor: number
}

export type Losses = { assignees: number; objects: number; events: number; duration_ms: number }

/** Work on the frozen set before the first step, e.g. who gets which split. */
export type Planner<P> = (
  db: Queryable,
  scope: { project_id: number /** Condition on `task t`. */; target: RawBuilder<boolean> },
  params: P,
) => Promise<RawBuilder<unknown> | null>

export type Operation<P = unknown, F = unknown> = {
  /** Verb-noun, e.g. `change-status`. */
  name: string
  title: string
  params: TSchema
  /** Shown in the menu of the Tasks page. Others are run by the server itself. */
  in_menu: boolean
  /** Fills in generated values (a seed), checks what a schema cannot. @throws Failure */
  prepare?: (params: P, context: OperationContext) => P
  /** One word per task, kept with the frozen set and handed to `decide`. */
  plan?: Planner<P>
  /** Rows that decisions of one step need. */
  load?: (db: Queryable, project_id: number, params: P, taskIds: readonly number[]) => Promise<Map<number, F>>
  /** Pure. The preview counts what this says and the run obeys it. */
  decide: (
    task: LockedTask,
    params: P,
    context: OperationContext,
    given: { plan: string | null; facts: F | undefined },
  ) => Decision
  /** What an applied change takes away, for the preview. */
  loses?: (task: LockedTask, params: P) => Losses
  /** Rows besides the task, of the tasks that were applied, in the same transaction. */
  write?: (
    tx: Tx,
    project_id: number,
    params: P,
    applied: readonly { task: LockedTask; facts: F | undefined }[],
    context: OperationContext,
  ) => Promise<void>
}

export function defineOperation<P, F = unknown>(operation: Operation<P, F>): Operation {
  return operation as unknown as Operation
}
