// glance/: the numbers above the grid. This file: which tasks each of them counts, as a filter and an order. The list it
// leads to holds as many as the number says.
import type { Condition } from '../../../../model/filter.ts'
import type { Workflow } from '../../../../model/workflow.ts'
import { filterOf, type TaskSearch } from '../../../task-search.ts'
import { midnight } from '../../../today.ts'

export type Figure = 'open' | 'oldest' | 'done_today' | 'objects' | 'time' | 'archived'

/** @param now ms since epoch: today began at this person's midnight, as it does for the count */
export function tasksOfFigure(figure: Figure, now: number): TaskSearch {
  switch (figure) {
    case 'open':
      return { filter: filterOf({ field: 'is_open', op: 'equals', value: true }) }
    case 'oldest':
      return { filter: filterOf({ field: 'queued_at', op: 'is_not_empty' }), sort: 'queued_at' }
    case 'done_today': {
      return {
        filter: filterOf({ field: 'completed_at', op: 'between', value: [midnight(now), null] }),
        sort: '-completed_at',
      }
    }
    case 'objects':
      return { filter: filterOf({ field: 'object_count', op: 'between', value: [1, null] }), sort: '-object_count' }
    case 'time':
      return { filter: filterOf({ field: 'duration_ms', op: 'is_not_empty' }), sort: '-duration_ms' }
    case 'archived':
      return { filter: filterOf({ field: 'is_archived', op: 'equals', value: true }) }
  }
}

export type PersonNumber = 'open' | 'assigned' | 'completed'

export function tasksOfPerson(number: PersonNumber, person_id: number, workflow: Workflow): TaskSearch {
  const by = (field: Condition['field']) => ({ field, op: 'any_of', value: [person_id] }) as const
  if (number === 'open') return { filter: filterOf(by('open_by_id')) }
  if (number === 'assigned') return { filter: filterOf(by('assignee_id')) }
  const completed = workflow.filter((s) => s.kind === 'completed').map((s) => s.id)
  return { filter: filterOf(by('labelled_by_id'), { field: 'stage_id', op: 'any_of', value: completed }) }
}
