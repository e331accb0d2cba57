// The last step of the held task, whose answer may get lost: asked again, it is not taken for a loss if it went through.
import type { HeldTask, LastStep } from './held-task.ts'
import { isWorthRetrying } from './loss.ts'
import type { StepReply, WorkApi } from './work-api.ts'

/** Tasks whose step was sent without an answer: it may have been taken all the same. */
const unanswered = new WeakSet<HeldTask>()

/** @throws what the step threw, unless the task has gone on since an attempt that got no answer */
export async function stepOnce(
  api: WorkApi,
  held: HeldTask,
  step: (last: LastStep) => Promise<StepReply>,
): Promise<StepReply> {
  try {
    return await held.finish(step)
  } catch (error) {
    if (isWorthRetrying(error)) unanswered.add(held)
    else if (unanswered.has(held)) {
      const { task } = await api.get_task(held.holder)
      if (task.stage_id !== held.opened.task.stage_id || task.is_skipped) return { task, next: null }
    }
    throw error
  }
}
