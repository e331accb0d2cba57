// Which tasks may have something of the schema.
import type { Filter } from '../../../model/filter.ts'
import { api } from '../../api.ts'
import { filterOf } from '../../task-search.ts'

export const havingClass = (id: number): Filter => filterOf({ field: 'class_counts', op: 'any_of', value: [id] })

/** Somebody has worked on it: the image may have values. */
export const WORKED_ON: Filter = filterOf({ field: 'duration_ms', op: 'between', value: [1, null] })

/** 0 too where it cannot be told: what is removed can be restored. */
export async function tasksOf(project_id: number, filter: Filter): Promise<number> {
  return api.count_tasks({ project_id, filter: JSON.stringify(filter) }).then(
    ({ total }) => total,
    () => 0,
  )
}
