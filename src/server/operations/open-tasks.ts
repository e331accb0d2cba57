// Tasks that somebody has open: leave them out (refused with that person's name) or take them over.
import { Words } from '../../model/schema.ts'
import type { SituationDecision, SituationPatch } from '../../model/task.ts'

export const OPEN_CHOICES = ['leave_out', 'take_over'] as const
export type OpenChoice = (typeof OPEN_CHOICES)[number]
export const OpenChoiceSchema = Words(OPEN_CHOICES, { default: 'leave_out' })

export type Events = Extract<SituationDecision, { outcome: 'applied' }>['events']

/** A change that an open editor must not write over: refused, or the generation rises and the lease ends. */
export function interrupting(
  task: { lease: { person_id: number } | null },
  choice: OpenChoice | undefined,
  patch: SituationPatch,
  events: Events,
): SituationDecision {
  if (task.lease && choice !== 'take_over')
    return { outcome: 'refused', reason: 'open_by_other', person_id: task.lease.person_id }
  const taken: Events = task.lease ? [{ kind: 'taken_over', before: { person_id: task.lease.person_id } }] : []
  return {
    outcome: 'applied',
    patch,
    events: [...taken, ...events],
    raises_generation: true,
    ends_lease: task.lease !== null,
  }
}
