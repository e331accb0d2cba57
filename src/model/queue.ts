// The order in which tasks are offered, and the reasons when there is none.

/** Mine open → mine returned → assigned to me → the pool. */
export const OFFER_SOURCES = ['open', 'returned', 'assigned', 'pool'] as const
export type OfferSource = (typeof OFFER_SOURCES)[number]

export type Offer = { task_id: number; is_returned: boolean; priority: number; queued_at: string }

/**
 * Within a source. Negative if `a` is offered before `b`: priority descending, queue entry time ascending, id ascending. Ahead
 * of all that what was returned: it comes to the pool where its labeller left, and waits there no longer than with them.
 */
export function compareOffers(a: Offer, b: Offer): number {
  return (
    Number(b.is_returned) - Number(a.is_returned) ||
    b.priority - a.priority ||
    Date.parse(a.queued_at) - Date.parse(b.queued_at) ||
    a.task_id - b.task_id
  )
}

/** Why nothing is offered: how many tasks stand where. */
export type EmptyQueue = {
  total: number
  in_prepare: number
  in_stage: number
  open_by_others: number
  assigned_to_others: number
  skipped: number
  skipped_by_me: number
  own_work: number
  waiting_for_review: number
  completed: number
}
