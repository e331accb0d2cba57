// Bulk operations: what there is, preview, run, results, undo.
import { Type } from 'typebox'
import { Count, Fields, Id, Moment, Nullable, Words } from '../model/schema.ts'
import { SelectionSchema } from '../model/selection.ts'
import { REFUSALS, SPLITS } from '../model/task.ts'
import { endpointTable, inProject } from './endpoint.ts'
import { PlanReportSchema } from './plan-reports.ts'

export const OPERATION_STATES = ['running', 'done', 'cancelled', 'failed'] as const

const project = Fields({ project_id: Id })
const operationOf = Fields({ project_id: Id, operation_id: Id })

export const OperationSchema = Fields({
  id: Id,
  name: Type.String(),
  title: Type.String(),
  params: Type.Unknown(),
  state: Words(OPERATION_STATES),
  total: Count,
  applied: Count,
  unchanged: Count,
  refused: Count,
  cancel_requested: Type.Boolean(),
  actor_id: Nullable(Id),
  actor_name: Nullable(Type.String()),
  undoes_id: Nullable(Id),
  undone_by_id: Nullable(Id),
  /** Finished, applied something, not undone, younger than 30 days. */
  is_undoable: Type.Boolean(),
  error: Nullable(Type.String()),
  created_at: Moment,
  finished_at: Nullable(Moment),
})

/** Columns that operations set to the same value, and that a preview tells from → to. */
export const SET_COLUMNS = ['assignee_id', 'priority', 'batch_id'] as const

export const PreviewSchema = Fields({
  total: Count,
  applied: Count,
  unchanged: Count,
  refused: Count,
  refusals: Type.Array(Fields({ reason: Words(REFUSALS), total: Count })),
  /** Moves of the tasks that would be applied. */
  moves: Type.Array(Fields({ from_stage_id: Id, to_stage_id: Id, total: Count })),
  splits: Type.Array(Fields({ before: Nullable(Words(SPLITS)), after: Nullable(Words(SPLITS)), total: Count })),
  /** What else is set, the most frequent first: a dozen at most. */
  changes: Type.Array(
    Fields({
      column: Words(SET_COLUMNS),
      before: Nullable(Type.Integer()),
      after: Nullable(Type.Integer()),
      total: Count,
    }),
  ),
  /** Tasks whose change is not among those. */
  other_changes: Count,
  skipped: Count,
  /** Open in somebody's editor right now. */
  open: Type.Array(Fields({ person_id: Id, name: Type.String(), total: Count })),
  exported: Count,
  completed: Count,
  /** Would move to Review or Completed with no object. */
  without_objects: Count,
  /**
   * What the chosen cleanups would take away. `assignees`: tasks that lose people, of any stage; `image_values`: tasks
   * without objects that lose values of the whole image; `duration_ms`: annotation and review.
   */
  loses: Fields({ assignees: Count, objects: Count, image_values: Count, events: Count, duration_ms: Count }),
  /** The number to send as `confirm`, if it has to be typed. */
  confirm: Nullable(Count),
  /** What that number counts, of all selected tasks: their objects, or where they have none, values of whole images. */
  confirm_of: Words(['objects', 'image_values']),
  /** What a plan comes to: reached percents, or tasks per person. */
  plan: Type.Optional(PlanReportSchema),
  /** Params with generated values filled in (a seed). */
  params: Type.Unknown(),
})

export const operationEndpoints = endpointTable({
  list_operation_kinds: {
    method: 'GET', path: '/projects/:project_id/operations/kinds', summary: 'Operations I may run, with the JSON Schema of their params', tag: 'Operations',
    access: inProject('view_project'), params: project,
    reply: Type.Array(Fields({ name: Type.String(), title: Type.String(), params: Type.Unknown() })),
  },
  preview_operation: {
    method: 'POST', path: '/projects/:project_id/operations/preview', summary: 'Dry run: what would happen', tag: 'Operations',
    access: inProject('run_operation'), params: project,
    body: Fields({ name: Type.String({ maxLength: 60 }), params: Type.Unknown(), selection: SelectionSchema }),
    reply: PreviewSchema, ends_with_caller: true,
  },
  /** Small sets are done when the answer comes; large ones answer with the running operation. */
  run_operation: {
    method: 'POST', path: '/projects/:project_id/operations', summary: 'Run an operation', tag: 'Operations',
    access: inProject('run_operation'), params: project,
    body: Fields({
      name: Type.String({ maxLength: 60 }),
      params: Type.Unknown(),
      selection: SelectionSchema,
      /** The total of the preview; if it changed since, nothing runs. */
      expected_count: Type.Optional(Count),
      /** The typed number, where the preview asks for one. */
      confirm: Type.Optional(Count),
      /** Idempotency key: the same key and request give the same operation. */
      key: Type.String({ minLength: 8, maxLength: 100 }),
    }),
    reply: OperationSchema,
  },
  list_operations: {
    method: 'GET', path: '/projects/:project_id/operations', summary: 'Operations, newest first', tag: 'Operations', access: inProject('run_operation'), params: project,
    query: Fields({ state: Type.Optional(Words(OPERATION_STATES)), before: Type.Optional(Id), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
    reply: Type.Array(OperationSchema),
  },
  get_operation: { method: 'GET', path: '/projects/:project_id/operations/:operation_id', summary: 'An operation', tag: 'Operations', access: inProject('run_operation'), params: operationOf, reply: OperationSchema },
  list_operation_results: {
    method: 'GET', path: '/projects/:project_id/operations/:operation_id/results', summary: 'What became of each task', tag: 'Operations', access: inProject('run_operation'), params: operationOf,
    query: Fields({
      outcome: Type.Optional(Words(['applied', 'unchanged', 'refused'])),
      cursor: Type.Optional(Type.String({ maxLength: 100 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    }),
    reply: Fields({
      results: Type.Array(Fields({ task_id: Id, name: Type.String(), outcome: Nullable(Words(['applied', 'unchanged', 'refused'])), reason: Nullable(Type.String()), person_name: Nullable(Type.String()) })),
      next_cursor: Nullable(Type.String()),
    }),
  },
  download_operation_results: {
    method: 'GET', path: '/projects/:project_id/operations/:operation_id/results.csv', summary: 'The results as CSV', tag: 'Operations', access: inProject('run_operation'), params: operationOf, reply: 'bytes',
  },
  cancel_operation: { method: 'POST', path: '/projects/:project_id/operations/:operation_id/cancel', summary: 'Stop after the current step', tag: 'Operations', access: inProject('run_operation'), params: operationOf, reply: OperationSchema },
  undo_operation: { method: 'POST', path: '/projects/:project_id/operations/:operation_id/undo', summary: 'Undo, as an operation of its own', tag: 'Operations', access: inProject('run_operation'), params: operationOf, reply: OperationSchema },
}) // biome-ignore format: a table
