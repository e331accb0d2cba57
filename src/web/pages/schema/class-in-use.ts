// Which tasks have objects of a class.
import { api } from '../../api.ts'
import { filterOf } from '../../task-search.ts'

export const havingClass = (id: number) => filterOf({ field: 'class_counts', op: 'any_of', value: [id] })

/** 0 too where it cannot be told: a removed class can be restored. */
export async function tasksHavingClass(project_id: number, id: number): Promise<number> {
  const filter = JSON.stringify(havingClass(id))
  return api.count_tasks({ project_id, filter }).then(
    ({ total }) => total,
    () => 0,
  )
}
