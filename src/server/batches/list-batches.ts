// Batches with their tasks counted: by the column index where it has the project, else by SQL.
import { type Filter, NO_FILTER } from '../../model/filter.ts'
import { stagesOfKind } from '../../model/workflow.ts'
import type { Counts } from '../columns/messages.ts'
import type { App, ProjectScope } from '../handler.ts'
import { type BatchCount, batchesOf, countByBatch, type NamedBatch } from './queries.ts'

export type Batch = NamedBatch & { task_count: number; completed_count: number }

/** Newest first. @param only one of them */
export async function listBatches(app: App, project: ProjectScope, only?: number): Promise<Batch[]> {
  const project_id = project.row.id
  const batches = await batchesOf(app.db, project_id, only)
  const counts = (await countedByIndex(app, project)) ?? (await countByBatch(app.db, project_id, only))
  const byBatch = new Map(counts.map(({ batch_id, ...count }) => [batch_id, count]))
  return batches.map((batch) => ({ ...batch, ...(byBatch.get(batch.id) ?? { task_count: 0, completed_count: 0 }) }))
}

async function countedByIndex({ columns }: App, { row, workflow }: ProjectScope): Promise<BatchCount[] | null> {
  const completed = stagesOfKind(workflow, 'completed').map((s) => s.id)
  const done: Filter = { conditions: [{ field: 'stage_id', op: 'any_of', value: completed }] }
  const measured = await columns.measure(row.id, [
    { filter: NO_FILTER, what: 'counts', field: 'batch_id' },
    { filter: done, what: 'counts', field: 'batch_id' },
  ])
  if (!measured) return null
  const [all, ended] = measured as [Counts, Counts]
  const completedOf = new Map(ended.map((c) => [c.value, c.total]))
  return all.map(({ value, total }) => ({
    batch_id: value as number | null,
    task_count: total,
    completed_count: completedOf.get(value) ?? 0,
  }))
}
