// The events of one task in a group of a bulk operation: the group keeps them once for all its tasks, and each task's
// own values stand in what was saved of it.
import type { EventKind } from '../../model/task.ts'
import type { EventRow } from './queries.ts'

/** A task's columns before the change, as JSON. */
type Saved = Record<string, unknown> & { event_count: number; history_floor: number }
type Template = { kind: EventKind; before?: Record<string, unknown>; after?: Record<string, unknown>; note?: unknown }

export type GroupRow = Omit<EventRow, 'number' | 'kind' | 'before' | 'after' | 'note'> & {
  events: Template[]
  before: Saved
  /** What the operation that an undo undoes had saved of the task. */
  saved: Saved | null
}

/** In the order in which they happened. */
export function eventsOfGroup({ events, before, saved, ...stamp }: GroupRow): EventRow[] {
  const value = (of: unknown): unknown => {
    if (typeof of !== 'object' || of === null) return of
    const { own, saved: restored } = of as { own?: string; saved?: string }
    if (own === 'entries') return before.event_count - before.history_floor
    if (own !== undefined) return before[own] ?? null
    return restored === undefined ? of : (saved?.[restored] ?? null)
  }
  const values = (of: Record<string, unknown> | undefined) =>
    of ? Object.fromEntries(Object.entries(of).map(([column, v]) => [column, value(v)])) : null
  return events.map((event, i) => ({
    ...stamp,
    number: before.event_count + 1 + i,
    kind: event.kind,
    before: values(event.before),
    after: values(event.after),
    note: (value(event.note ?? null) as string | null) ?? null,
  }))
}
