// The last step of the held task, whose answer may get lost: asked again, it is not taken for a loss if it went through.
import type { HeldTask, LastStep } from './held-task.ts'
import { isWorthRetrying, lossOf } from './loss.ts'
import type { StepReply, WorkApi } from './work-api.ts'
import type { FinishKind } from './work-state.ts'

export type Taken = { kind: FinishKind; reply: StepReply }

/** Tasks whose step was sent without an answer: it may have been taken all the same. */
const unanswered = new WeakMap<HeldTask, FinishKind>()

/** @throws what the step threw, unless the task has gone on since an attempt that got no answer */
export async function stepOnce(
  api: WorkApi,
  held: HeldTask,
  kind: FinishKind,
  step: (last: LastStep) => Promise<StepReply>,
): Promise<Taken> {
  try {
    return { kind, reply: await held.finish(step) }
  } catch (error) {
    if (isWorthRetrying(error)) unanswered.set(held, kind)
    else {
      const taken = await takenUnheard(api, held, error)
      if (taken) return taken
    }
    throw error
  }
}

/**
 * The step that was taken although its answer got lost. What was drawn since is not in it: then it counts as a loss, which says so.
 * @param error what was refused since. Where the task was moved that is what is said: the step may never have been taken.
 */
export async function takenUnheard(api: WorkApi, held: HeldTask, error: unknown): Promise<Taken | null> {
  const kind = unanswered.get(held)
  const loss = lossOf(error)?.kind
  if (!kind || held.saver.hasUnsaved || (loss !== 'not_held' && loss !== 'taken')) return null
  const { task } = await api.get_task(held.holder)
  const hasGoneOn = task.stage_id !== held.opened.task.stage_id || task.is_skipped
  return hasGoneOn ? { kind, reply: { task, next: null } } : null
}
