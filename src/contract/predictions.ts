// Predictions: what models say about tasks, brought in by a program or a file, offered to whoever labels.
import { type Static, Type } from 'typebox'
import { PREDICTIONS_MAX, PredictionSchema, ScoreSchema } from '../model/prediction.ts'
import { Count, Fields, Id, Line, Moment, Nullable } from '../model/schema.ts'
import { ShapeSchema } from '../model/shapes/index.ts'
import { endpointTable, inProject } from './endpoint.ts'

const project = Fields({ project_id: Id })
const Version = Type.String({ maxLength: 100 })
const modelFields = {
  model: Line(100),
  /** Left out or empty: the model has none. */
  version: Type.Optional(Version),
}

const NewPredictionSchema = Fields({
  /** Unique within its task and set. Left out: made of class and shape, so that the same prediction has it again. */
  id: Type.Optional(Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9_-]+$' })),
  /** One of both; names in any case. */
  class_id: Type.Optional(Id),
  class_name: Type.Optional(Type.String({ maxLength: 1000 })),
  shape: ShapeSchema,
  score: ScoreSchema,
})
export type NewPrediction = Static<typeof NewPredictionSchema>

const TaskPredictionsSchema = Fields({
  /** One of both: the task’s id, or the image’s name or path (`folder/name`). */
  task_id: Type.Optional(Id),
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
  predictions: Type.Array(NewPredictionSchema, { maxItems: PREDICTIONS_MAX }),
})
export type TaskPredictions = Static<typeof TaskPredictionsSchema>

export const NewPredictionsSchema = Fields({
  ...modelFields,
  tasks: Type.Array(TaskPredictionsSchema, { minItems: 1, maxItems: 100_000 }),
})

const PredictionSetSchema = Fields({
  id: Id,
  model: Type.String(),
  version: Type.String(),
  task_count: Count,
  prediction_count: Count,
  created_at: Moment,
  created_by_name: Nullable(Type.String()),
  updated_at: Moment,
  /** Being deleted: offered no longer; its model and version are free for another set. */
  is_going: Type.Boolean(),
})

/** What became of predictions. Lists hold at most 200; the counts are exact. */
const PredictionReportSchema = Fields({
  set_id: Id,
  task_count: Count,
  prediction_count: Count,
  /** Cut at the edge of the image, or taken as a box because their class allows nothing else. */
  adjusted_count: Count,
  left_out: Type.Array(Fields({ name: Type.String(), reason: Type.String() })),
  left_out_count: Count,
  /** Images without a task, or with several of that name. */
  unmatched: Type.Array(Fields({ name: Type.String(), reason: Type.String() })),
  unmatched_count: Count,
})
export type PredictionReport = Static<typeof PredictionReportSchema>

export const predictionEndpoints = endpointTable({
  list_prediction_sets: {
    method: 'GET', path: '/projects/:project_id/predictions', summary: 'Prediction sets, newest first', tag: 'Predictions', access: inProject('view_tasks'), params: project,
    reply: Type.Array(PredictionSetSchema),
  },
  /**
   * A set is a model and its version; it is made when it is first named. Of each task in the request its earlier predictions
   * of this set are replaced: sent again, nothing doubles. Other tasks keep theirs. Annotations are never touched.
   */
  put_predictions: {
    method: 'PUT', path: '/projects/:project_id/predictions', summary: 'Bring in predictions of a model', tag: 'Predictions', access: inProject('manage_project'), params: project,
    body: NewPredictionsSchema, reply: PredictionReportSchema,
  },
  /**
   * COCO results (a list of `{image_id, category_id, bbox | segmentation, score}` with our task and class ids, or names in their
   * place), COCO instances with a `score`, or the body of put_predictions as a file. A model that the file names is overruled.
   */
  upload_predictions: {
    method: 'POST', path: '/projects/:project_id/predictions/files', summary: 'Bring in predictions from a file', tag: 'Predictions', access: inProject('manage_project'), params: project,
    query: Fields({ ...modelFields, name: Type.String({ minLength: 1, maxLength: 1000, description: 'Of the file' }) }), body: 'bytes', reply: PredictionReportSchema,
  },
  delete_prediction_set: {
    method: 'DELETE', path: '/projects/:project_id/predictions/:set_id', summary: 'Delete a prediction set; what was accepted stays', tag: 'Predictions', access: inProject('manage_project'),
    params: Fields({ project_id: Id, set_id: Id }),
  },
  get_task_predictions: {
    method: 'GET', path: '/projects/:project_id/tasks/:task_id/predictions', summary: 'What models say about a task', tag: 'Predictions', access: inProject('view_task'),
    params: Fields({ project_id: Id, task_id: Id }),
    reply: Fields({ /** Newest first. */ sets: Type.Array(Fields({ id: Id, model: Type.String(), version: Type.String(), /** Best first. */ predictions: Type.Array(PredictionSchema) })) }),
  },
}) // biome-ignore format: a table
