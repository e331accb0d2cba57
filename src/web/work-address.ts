// What an address asks for, known before the code of its page is there.

/** Label and Review. Null on every other page; `task_id` null: the next of the queue. */
export function workInAddress(): { project_id: number; kind: 'label' | 'review'; task_id: number | null } | null {
  const [, project, kind] = /^\/projects\/(\d+)\/(label|review)$/.exec(location.pathname) ?? []
  if (project === undefined) return null
  const task_id = Number(new URLSearchParams(location.search).get('task')) || null
  return { project_id: Number(project), kind: kind as 'label' | 'review', task_id }
}

/** The Tasks page. Null on every other; `isBare`: it shows what it shows when nobody says anything. */
export function tasksInAddress(): { project_id: number; isBare: boolean } | null {
  const [, project] = /^\/projects\/(\d+)\/tasks$/.exec(location.pathname) ?? []
  return project === undefined ? null : { project_id: Number(project), isBare: location.search === '' }
}
