// The list of projects with their tasks counted: by the column index where it holds a project, else by SQL. A million
// tasks are not counted anew each time somebody opens the list.

import { NO_FILTER } from '../../model/filter.ts'
import { grouped } from '../../model/grouped.ts'
import type { Counts } from '../columns/messages.ts'
import type { App } from '../handler.ts'
import { completedStages, countByStage, type ProjectSummary, projectsSeenBy } from './queries.ts'

type Count = { project_id: number; stage_id: number; total: number }

export async function listProjects(app: App, person_id: number): Promise<ProjectSummary[]> {
  const projects = await projectsSeenBy(app.db, person_id)
  const counts = await countTasks(
    app,
    projects.map((p) => p.id),
  )
  const byProject = grouped(counts, (c) => c.project_id)
  const completed = await completedStages(app.db, [...byProject.keys()])
  const sum = (some: readonly Count[]) => some.reduce((total, c) => total + c.total, 0)
  return projects.map((project) => {
    const ofProject = byProject.get(project.id) ?? []
    const done = ofProject.filter((c) => c.stage_id === completed.get(project.id))
    return { ...project, task_count: sum(ofProject), completed_count: sum(done) }
  })
}

async function countTasks({ db, columns }: App, projectIds: readonly number[]): Promise<Count[]> {
  const measured = await Promise.all(
    projectIds.map(async (project_id) => {
      if (!columns.holds(project_id)) return { project_id, counts: null }
      const found = await columns.measure(project_id, [{ filter: NO_FILTER, what: 'counts', field: 'stage_id' }])
      return { project_id, counts: (found?.[0] ?? null) as Counts | null }
    }),
  )
  const rest = measured.flatMap((m) => (m.counts === null ? [m.project_id] : []))
  const known = measured.flatMap(({ project_id, counts }) =>
    (counts ?? []).map(({ value, total }) => ({ project_id, stage_id: value as number, total })),
  )
  return [...known, ...(await countByStage(db, rest))]
}
