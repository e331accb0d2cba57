// Whoever has an older schema, or none, cannot know what is asked for: a task does not go on without its required values.
import { Failure } from '../../model/failure.ts'
import { type MissingValue, missingValues, requiresValues } from '../../model/required-values.ts'
import type { LockedTask } from '../../model/task.ts'
import { documentFrom } from '../annotations/recent-documents.ts'
import type { Tx } from '../db/connect.ts'
import { labelSchemaOf } from '../projects/schema-queries.ts'
import type { Step } from './step.ts'

/** So many are named. */
const MOST_NAMED = 20

/** @throws Failure values_missing */
export async function requireValues(tx: Tx, { app, project, task_id }: Step, task: LockedTask): Promise<void> {
  const project_id = project.row.id
  const { schema } = await labelSchemaOf(tx, project_id)
  if (!requiresValues(schema)) return
  const document = await documentFrom(app.db, tx, { project_id, task_id, revision_id: task.revision_id })
  const missing = document ? missingValues(document, schema) : []
  if (missing.length === 0) return
  const named = missing.slice(0, MOST_NAMED)
  const more = missing.length > MOST_NAMED ? `; and ${missing.length - MOST_NAMED} more` : ''
  const object_ids = [...new Set(named.flatMap((m) => (m.object_id === null ? [] : [m.object_id])))]
  const fields = { object_ids, total: missing.length }
  throw new Failure('values_missing', `Required values are missing: ${named.map(placeOf).join('; ')}${more}.`, fields)
}

const placeOf = ({ object_id, class_name, attribute }: MissingValue) =>
  object_id === null ? `the image needs “${attribute}”` : `object ${object_id} (${class_name}) needs “${attribute}”`
