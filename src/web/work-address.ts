// The address of Label and of Review: which project is worked on, and which task was asked for.

/** Null on every other page; `task_id` null: the next of the queue. */
export function workInAddress(): { project_id: number; kind: 'label' | 'review'; task_id: number | null } | null {
  const [, project, kind] = /^\/projects\/(\d+)\/(label|review)$/.exec(location.pathname) ?? []
  if (project === undefined) return null
  const task_id = Number(new URLSearchParams(location.search).get('task')) || null
  return { project_id: Number(project), kind: kind as 'label' | 'review', task_id }
}
