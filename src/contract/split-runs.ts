// Runs of Auto split, kept for good: look at them, replay them with run_operation, download who got which split.
import { type Static, Type } from 'typebox'
import { Count, Fields, Id, Moment, Nullable, Words } from '../model/schema.ts'
import { SelectionSchema } from '../model/selection.ts'
import { endpointTable, inProject } from './endpoint.ts'
import { OPERATION_STATES } from './operations.ts'
import { SplitReportSchema } from './plan-reports.ts'

const project = Fields({ project_id: Id })

export const SplitRunSchema = Fields({
  operation_id: Id,
  /** As they were run: seed, percents, mode, groups, strata. */
  params: Type.Unknown(),
  selection: SelectionSchema,
  state: Words(OPERATION_STATES),
  total: Count,
  applied: Count,
  unchanged: Count,
  refused: Count,
  undone_by_id: Nullable(Id),
  actor_name: Nullable(Type.String()),
  created_at: Moment,
  /** null: run before reports were kept. Then there is no download. */
  report: Nullable(SplitReportSchema),
})
export type SplitRun = Static<typeof SplitRunSchema>

export const splitRunEndpoints = endpointTable({
  list_split_runs: {
    method: 'GET', path: '/projects/:project_id/split-runs', summary: 'Runs of Auto split, newest first', tag: 'Operations', access: inProject('run_operation'), params: project,
    query: Fields({ before: Type.Optional(Id), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
    reply: Type.Array(SplitRunSchema),
  },
  download_split_run: {
    method: 'GET', path: '/projects/:project_id/split-runs/:operation_id/tasks', summary: 'Task, name, key and split of a run, as CSV or JSON', tag: 'Operations', access: inProject('run_operation'),
    params: Fields({ project_id: Id, operation_id: Id }),
    query: Fields({ format: Type.Optional(Words(['csv', 'json'])) }),
    reply: 'bytes',
  },
}) // biome-ignore format: a table
