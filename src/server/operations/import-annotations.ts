// Import annotations: what a confirmed import holds becomes the current revision of its tasks. Only of tasks in
// Prepare, so that active work is never overwritten. Run by Confirm, not from the menu.
import { Type } from 'typebox'
import { type AnnotationObject, countClasses } from '../../model/annotation.ts'
import { Failure } from '../../model/failure.ts'
import type { LabelSchema } from '../../model/label-schema.ts'
import { Fields, Id, Words } from '../../model/schema.ts'
import { SHAPE_TYPES } from '../../model/shapes/index.ts'
import { SkeletonTemplateSchema } from '../../model/shapes/skeleton.ts'
import { own, type SituationDecision, UNCHANGED } from '../../model/task.ts'
import { stageById } from '../../model/workflow.ts'
import {
  claimReported,
  filesOfTasks,
  insertImportedRevisions,
  reserveRevisionIds,
} from '../imports/annotation-queries.ts'
import { type ClassTarget, classKey, mergeOfTask, objectsFor } from '../imports/task-document.ts'
import { holdLabelSchema } from '../projects/schema-queries.ts'
import { interrupting } from './open-tasks.ts'
import { defineOperation } from './operation.ts'

export const IMPORT_ANNOTATIONS = 'import-annotations'

const ParamsSchema = Fields({
  import_id: Id,
  /** Where the objects of each class of the files go; frozen, so that a step after a restart decides as the first one did. */
  classes: Type.Array(
    Fields({
      name: Type.String(),
      id: Id,
      geometries: Type.Array(Words(SHAPE_TYPES)),
      skeleton: Type.Optional(SkeletonTemplateSchema),
    }),
    { maxItems: 2000 },
  ),
})

/** Whether a class is as it was when the targets were frozen; what it got since does no harm. */
function stillFits(schema: LabelSchema, target: ClassTarget): boolean {
  const found = schema.classes.find((c) => c.id === target.id)
  const points = new Set(found?.skeleton?.points.map((p) => p.id))
  return (
    found !== undefined &&
    target.geometries.every((geometry) => found.geometries.includes(geometry)) &&
    (target.skeleton?.points ?? []).every((p) => points.has(p.id))
  )
}

type Parsed = { revision_id: number; objects: AnnotationObject[] }

/** Each task has objects of its own, and is a situation by itself. */
const FACTS = ['id', 'stage_id', 'revision_id'] as const

export const importAnnotations = defineOperation<typeof ParamsSchema, (typeof FACTS)[number], Parsed>(
  ParamsSchema,
  FACTS,
  {
    name: IMPORT_ANNOTATIONS,
    title: 'Import annotations',
    in_menu: false,
    /** Plans nothing, but claims the import in the transaction that starts the operation: it is applied once or never. */
    async plan(tx, { project_id }, params) {
      // While the operation runs, nobody takes these away (projects/schema-change.ts).
      const { schema } = await holdLabelSchema(tx, project_id)
      const gone = params.classes.find((target) => !stillFits(schema, target))
      if (gone)
        throw new Failure(
          'invalid_input',
          `params.classes: “${gone.name}” is no class of this project any more, or lacks a geometry. Confirm again.`,
        )
      const claimed = await claimReported(tx, project_id, params.import_id)
      if (!claimed) throw new Failure('already_finished', 'This import is applied already, or has no report yet.')
      return null
    },
    async load(db, project_id, params, taskIds) {
      const targets = new Map(params.classes.map((c) => [classKey(c.name), c]))
      const tasks = await filesOfTasks(db, project_id, params.import_id, taskIds)
      const revisionIds = await reserveRevisionIds(db, tasks.size)
      return new Map(
        [...tasks.values()].map((task, i) => [
          task.task_id,
          {
            revision_id: revisionIds[i] as number,
            objects: objectsFor(mergeOfTask(task.files, task).objects, targets),
          },
        ]),
      )
    },
    decide(task, _params, context, parsed): SituationDecision {
      if (!parsed) return UNCHANGED
      if (stageById(context.workflow, task.stage_id).kind !== 'prepare')
        return { outcome: 'refused', reason: 'not_in_prepare' }
      const { revision_id, objects } = parsed
      return interrupting(
        task,
        'leave_out',
        { revision_id, object_count: objects.length, class_counts: countClasses(objects) },
        [
          {
            kind: 'annotations_imported',
            before: { object_count: own('object_count') },
            after: { object_count: objects.length },
          },
        ],
      )
    },
    async write(tx, project_id, _params, applied, context) {
      const revisions = applied.flatMap(({ task, loaded }) =>
        loaded
          ? [
              {
                task_id: task.id,
                id: loaded.revision_id,
                stage_id: task.stage_id,
                replaces_id: task.revision_id,
                objects: JSON.stringify(loaded.objects),
                object_count: loaded.objects.length,
                class_counts: JSON.stringify(countClasses(loaded.objects)),
              },
            ]
          : [],
      )
      await insertImportedRevisions(tx, project_id, context.now, revisions)
    },
  },
)
