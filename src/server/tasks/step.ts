// One person's step with one task: lock, decide, record, in one transaction. The same road as a bulk
// operation, without the durable frame that a single row does not need.
import { Failure } from '../../model/failure.ts'
import { type Holder, type Rules, requireHolder } from '../../model/steps.ts'
import type { Decision, LockedTask } from '../../model/task.ts'
import type { Tx } from '../db/connect.ts'
import type { App, Caller, ProjectScope } from '../handler.ts'
import { lastMover } from '../history/queries.ts'
import { record } from '../history/record.ts'
import { rulesOf } from '../operations/context.ts'
import { acceptTime, type ReportedTime } from '../time/accept-time.ts'
import { lockTasks } from './queries.ts'

export type Step = { app: App; project: ProjectScope; caller: Caller; task_id: number }
type Applied = Extract<Decision, { outcome: 'applied' }>

/** @throws Failure not_found, or what `decide` throws; then nothing is written */
export async function takeStep(
  tx: Tx,
  { project, caller, task_id }: Step,
  decide: (task: LockedTask, rules: Rules) => Applied | Promise<Applied>,
): Promise<{ task: LockedTask; decision: Applied; rules: Rules }> {
  const [task] = await lockTasks(tx, project.row.id, [task_id])
  if (!task) throw new Failure('not_found', `There is no task ${task_id} in this project.`)
  const rules = await rulesOf(tx, project)
  const decision = await decide(task, rules)
  if (Object.keys(decision.patch).length > 0 || decision.events.length > 0) {
    const stamp = { actor: { person_id: caller.person_id, kind: caller.kind }, at: rules.now, operation_id: null }
    await record(tx, project.row.id, stamp, [{ task, ...decision }])
  }
  return { task, decision, rules }
}

/** The last step of the editor that holds the task, with its last time; `check` may refuse what was decided. A stale generation is told with the mover's name. */
export async function takeHeldStep(
  step: Step,
  held: ReportedTime & { generation: number },
  decide: (task: LockedTask, rules: Rules) => Applied,
  check: (tx: Tx, step: Step, task: LockedTask) => Promise<void> = async () => undefined,
): Promise<void> {
  await explained(step, () =>
    step.app.db.transaction().execute(async (tx) => {
      await takeStep(tx, step, async (task, rules) => {
        requireHolder(task, holderOf(step, held))
        const time = await acceptTime(tx, task, rules, step.caller.person_id, held)
        const decision = decide({ ...task, ...time }, rules)
        await check(tx, step, task)
        return { ...decision, patch: { ...time, ...decision.patch } }
      })
    }),
  )
}

export const holderOf = (step: Step, holder: { session_id: string; generation: number }): Holder => ({
  person_id: step.caller.person_id,
  session_id: holder.session_id,
  generation: holder.generation,
})

/** Adds to a stale-generation failure who moved the task, and when. */
export async function explained<T>(step: Step, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Failure && error.code === 'stale_generation') throw await staleFailure(step, {})
    throw error
  }
}

export async function staleFailure(step: Step, fields: Record<string, unknown>): Promise<Failure> {
  const mover = await lastMover(step.app.db, step.project.row.id, step.task_id)
  const by = mover ? ` by ${mover.name}` : ''
  return new Failure('stale_generation', `This task was changed${by} while you had it open.`, {
    moved_by: mover?.name ?? null,
    moved_at: mover?.at ?? null,
    ...fields,
  })
}
