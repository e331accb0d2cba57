// What the page shows, as one value.
import type { Task } from '../../../contract/tasks.ts'
import type { EmptyQueue } from '../../../model/queue.ts'
import type { HeldTask } from './held-task.ts'
import type { TaskReply } from './work-api.ts'

export type WorkState =
  /** The landing. `empty`: the queue was asked and had nothing. */
  | { at: 'start'; empty: EmptyQueue | null; isAsking: boolean }
  | { at: 'opening'; task_id: number | null }
  | { at: 'open'; held: HeldTask }
  /** For viewing only; `refusal` is what the server said to opening it. */
  | { at: 'viewing'; view: TaskReply; refusal: { code: string; text: string } }
  | { at: 'failed'; error: unknown; task_id: number | null }

/** The task on the screen, if there is one. */
export const taskOf = (state: WorkState): Task | null =>
  state.at === 'open' ? state.held.opened.task : state.at === 'viewing' ? state.view.task : null

/** Why a task is not left yet: a half-drawn shape, or a comment that was begun and not sent. */
export type Hindrance = 'unfinished' | 'comment'

export type FinishKind = 'submitted' | 'approved' | 'rejected' | 'skipped'
/** What was done last, for a short word about it. */
export type LastAct = { kind: FinishKind; name: string; stage_id: number; task_id: number }
