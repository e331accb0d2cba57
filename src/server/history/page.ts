// What a page of one task's history shows: by group of kinds and by person. Pure.
import { EVENT_GROUPS, type EventGroup } from '../../model/event-groups.ts'
import type { EventRow } from './queries.ts'

export type EventFilter = { group?: EventGroup | undefined; person_id?: number | undefined }

export function isWanted(event: EventRow, { group, person_id }: EventFilter): boolean {
  if (person_id !== undefined && event.actor_id !== person_id) return false
  return group === undefined || isInGroup(event, group)
}

/** A single step is what its kind says; an event of a bulk operation also what else it changed. */
function isInGroup(event: EventRow, group: EventGroup): boolean {
  const { kinds, columns }: { kinds: readonly string[]; columns: readonly string[] } = EVENT_GROUPS[group]
  if (kinds.includes(event.kind)) return true
  const changed = { ...event.before, ...event.after }
  return event.operation_id !== null && columns.some((column) => column in changed)
}

/** Everybody who did something, by name. */
export function actorsOf(events: readonly EventRow[]): { id: number; name: string }[] {
  const names = new Map(events.flatMap((e) => (e.actor_id === null ? [] : [[e.actor_id, e.actor_name ?? ''] as const])))
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name) || a.id - b.id)
}

/** Columns of an event's before and after that hold a person. */
const PEOPLE = ['assignee_id', 'skipped_by_id', 'person_id'] as const

/** Ids of the people whom an event names in before and after. */
export const peopleOfEvent = (event: Pick<EventRow, 'before' | 'after'>) =>
  [event.before, event.after].flatMap((side) => PEOPLE.map((column) => side?.[column] as number | null | undefined))
