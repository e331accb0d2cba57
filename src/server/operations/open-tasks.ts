// Tasks that somebody has open: leave them out (refused with that person's name) or take them over.
import { Words } from '../../model/schema.ts'
import type { Decision, EventDraft, LockedTask, TaskPatch } from '../../model/task.ts'

export const OPEN_CHOICES = ['leave_out', 'take_over'] as const
export type OpenChoice = (typeof OPEN_CHOICES)[number]
export const OpenChoiceSchema = Words(OPEN_CHOICES, { default: 'leave_out' })

/** A change that an open editor must not write over: refused, or the generation rises and the lease ends. */
export function interrupting(
  task: LockedTask,
  choice: OpenChoice | undefined,
  patch: TaskPatch,
  events: EventDraft[],
): Decision {
  if (task.lease && choice !== 'take_over')
    return { outcome: 'refused', reason: 'open_by_other', person_id: task.lease.person_id }
  const taken: EventDraft[] = task.lease ? [{ kind: 'taken_over', before: { person_id: task.lease.person_id } }] : []
  return {
    outcome: 'applied',
    patch: { ...patch, generation: task.generation + 1 },
    events: [...taken, ...events],
    ends_lease: task.lease !== null,
  }
}
