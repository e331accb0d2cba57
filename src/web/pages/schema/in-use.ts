// Which tasks may have something of the schema.
import { useState } from 'react'
import type { Filter } from '../../../model/filter.ts'
import { api } from '../../api.ts'
import { filterOf } from '../../task-search.ts'

export const havingClass = (id: number): Filter => filterOf({ field: 'class_counts', op: 'any_of', value: [id] })

/** Somebody has worked on it: the image may have values. */
export const WORKED_ON: Filter = filterOf({ field: 'duration_ms', op: 'between', value: [1, null] })

/** Asks how many tasks that are, one question at a time: what is pressed meanwhile asks nothing. */
export function useTasksOf(project_id: number) {
  const [isAsking, setAsking] = useState(false)
  const askTasks = async (filter: Filter, then: (tasks: number) => void) => {
    if (isAsking) return
    setAsking(true)
    const tasks = await tasksOf(project_id, filter)
    setAsking(false)
    then(tasks)
  }
  return { isAsking, askTasks }
}

/** 0 too where it cannot be told: what is removed can be restored. */
async function tasksOf(project_id: number, filter: Filter): Promise<number> {
  return api.count_tasks({ project_id, filter: JSON.stringify(filter) }).then(
    ({ total }) => total,
    () => 0,
  )
}
