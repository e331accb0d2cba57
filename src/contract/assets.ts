// Assets, imports, exports.
import { type Static, Type } from 'typebox'
import { Count, Fields, Id, Line, Moment, Nullable, SmallCount, Words } from '../model/schema.ts'
import { SelectionSchema } from '../model/selection.ts'
import { SHAPE_TYPES } from '../model/shapes/index.ts'
import { SkeletonTemplateSchema } from '../model/shapes/skeleton.ts'
import { PRIORITY_MAX, PRIORITY_MIN } from '../model/task.ts'
import { tilePlaceFields } from '../model/tiles.ts'
import { endpointTable, inProject } from './endpoint.ts'

export const ANNOTATION_FORMATS = ['voc', 'coco', 'yolo', 'yolo_obb'] as const
export const EXPORT_FORMATS = ['coco', 'yolo', 'yolo_segment', 'yolo_obb', 'yolo_pose'] as const
export const IMPORT_KINDS = ['images', 'annotations'] as const
export const IMPORT_STATES = ['running', 'reported', 'done', 'cancelled', 'failed'] as const
/** `read`: an annotation file that is parsed and waits to be matched. */
export const ITEM_OUTCOMES = ['created', 'duplicate', 'rejected', 'read', 'matched', 'unmatched'] as const

const project = Fields({ project_id: Id })
const importOf = Fields({ project_id: Id, import_id: Id })

const AssetSchema = Fields({
  id: Id,
  task_id: Id,
  stage_id: Id,
  name: Type.String(),
  folder: Type.String(),
  width: Count,
  height: Count,
  byte_size: Count,
  mime_type: Type.String(),
  content_hash: Type.String(),
  metadata: Type.Record(Type.String(), Type.String()),
  created_at: Moment,
})

/** A class that annotation files use, with the geometries they use it with. */
const UsedClassSchema = Fields({
  name: Type.String(),
  objects: Count,
  geometries: Type.Array(Words(SHAPE_TYPES)),
  /** Points that the class lacks in the label schema; `create` gives it those. */
  skeleton: Type.Optional(SkeletonTemplateSchema),
})

/** The report of an annotation import, before anything is applied. Lists of names hold at most 200; the counts are exact. */
export const AnnotationReportSchema = Fields({
  files: Count,
  matched_tasks: Count,
  objects: Count,
  /** In the files but without a task of that name in this project. */
  unmatched: Type.Array(Type.String()),
  unmatched_count: Count,
  /** Matched, but not in Prepare: left untouched. */
  not_in_prepare_count: Count,
  /** More than one task has the name. */
  ambiguous: Type.Array(Type.String()),
  ambiguous_count: Count,
  /** Tasks that have objects now, which this import replaces. */
  replaced_count: Count,
  /** In the order in which they would be created. */
  unknown_classes: Type.Array(UsedClassSchema),
  known_classes: Type.Array(UsedClassSchema),
  /** Known classes that do not allow a geometry of the files, or lack points of a skeleton. Confirming with `create` allows it, `leave_out` leaves these objects out. */
  disallowed_geometries: Type.Array(Fields({ name: Type.String(), geometry: Words(SHAPE_TYPES), objects: Count })),
  /** Objects left out, each with its file and reason: zero area, outside the image, no geometry. */
  left_out: Type.Array(Fields({ name: Type.String(), reason: Type.String() })),
  left_out_count: Count,
  /** Taken over, but worth a look: clipped to the image, turned upright, made for another image size. */
  adjusted: Type.Array(Fields({ name: Type.String(), reason: Type.String() })),
  adjusted_count: Count,
})
export type AnnotationReport = Static<typeof AnnotationReportSchema>

export const ImportSchema = Fields({
  id: Id,
  kind: Words(IMPORT_KINDS),
  state: Words(IMPORT_STATES),
  source: Type.String(),
  format: Nullable(Words(ANNOTATION_FORMATS)),
  batch_id: Nullable(Id),
  priority: Type.Integer(),
  /** Files announced; null while unknown. */
  total: Nullable(Count),
  created_count: Count,
  duplicate_count: Count,
  rejected_count: Count,
  report: Nullable(AnnotationReportSchema),
  operation_id: Nullable(Id),
  error: Nullable(Type.String()),
  actor_id: Nullable(Id),
  actor_name: Nullable(Type.String()),
  created_at: Moment,
  finished_at: Nullable(Moment),
})
export const ImportItemSchema = Fields({
  number: Id,
  name: Type.String(),
  outcome: Words(ITEM_OUTCOMES),
  reason: Nullable(Type.String()),
  task_id: Nullable(Id),
  asset_id: Nullable(Id),
})
const UploadReplySchema = Fields({ items: Type.Array(ImportItemSchema), import: ImportSchema })

export const ExportSchema = Fields({
  id: Id,
  format: Words(EXPORT_FORMATS),
  with_images: Type.Boolean(),
  task_count: Count,
  object_count: Count,
  actor_name: Nullable(Type.String()),
  created_at: Moment,
})

export const assetEndpoints = endpointTable({
  list_assets: {
    method: 'GET', path: '/projects/:project_id/assets', summary: 'Assets, by name', tag: 'Assets', access: inProject('view_tasks'), params: project,
    query: Fields({
      cursor: Type.Optional(Type.String({ maxLength: 8000 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      name: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    reply: Fields({ assets: Type.Array(AssetSchema), next_cursor: Nullable(Type.String()), total: Count }),
  },
  list_metadata_keys: {
    method: 'GET', path: '/projects/:project_id/metadata-keys', summary: 'Keys that assets have in their metadata; at most 1,000, by name', tag: 'Assets',
    access: inProject('view_tasks'), params: project, reply: Fields({ keys: Type.Array(Type.String()) }),
  },
  /**
   * Values are merged key by key; null takes a key away. An asset is named by id, or by its name or its path
   * (`folder/name`): then all assets of that name get them. What fits no asset is listed, and the others are set.
   */
  set_asset_metadata: {
    method: 'POST', path: '/projects/:project_id/assets/metadata', summary: 'Set metadata of up to 1,000 assets', tag: 'Assets',
    access: inProject('manage_project'), params: project,
    body: Fields({
      assets: Type.Array(
        Fields({
          asset_id: Type.Optional(Id),
          name: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
          metadata: Type.Record(Type.String({ minLength: 1, maxLength: 100 }), Nullable(Type.String({ maxLength: 1000 })), { maxProperties: 100 }),
        }),
        { minItems: 1, maxItems: 1000 },
      ),
    }),
    reply: Fields({ changed: Count, unmatched: Type.Array(Type.String()) }),
  },
  /** Upright and in a form that browsers show: TIFF and BMP are converted without loss. */
  get_asset_image: {
    method: 'GET', path: '/projects/:project_id/assets/:asset_id/image', summary: 'The image, as browsers can show it', tag: 'Assets',
    access: inProject('view_task'), params: Fields({ project_id: Id, asset_id: Id }), reply: 'bytes',
  },
  /**
   * Images of more than 40 megapixels are shown by tiles of 512 px: level 0 is full size, each next one half as large, the last
   * is one tile. Upright JPEGs.
   */
  get_asset_tile: {
    method: 'GET', path: '/projects/:project_id/assets/:asset_id/tiles/:level/:column/:row', summary: 'A tile of a large image', tag: 'Assets',
    access: inProject('view_task'), params: Fields({ project_id: Id, asset_id: Id, ...tilePlaceFields }), reply: 'bytes',
  },
  get_asset_original: {
    method: 'GET', path: '/projects/:project_id/assets/:asset_id/original', summary: 'The original bytes', tag: 'Assets',
    access: inProject('view_task'), params: Fields({ project_id: Id, asset_id: Id }), reply: 'bytes',
  },
  get_asset_thumbnail: {
    method: 'GET', path: '/projects/:project_id/assets/:asset_id/thumbnail', summary: 'A WebP of at most 320 px', tag: 'Assets',
    access: inProject('view_task'), params: Fields({ project_id: Id, asset_id: Id }), reply: 'bytes',
  },

  create_import: {
    method: 'POST', path: '/projects/:project_id/imports', summary: 'Begin an import of images or annotations', tag: 'Imports',
    access: inProject('manage_project'), params: project,
    body: Fields({
      kind: Words(IMPORT_KINDS),
      source: Type.Optional(Type.String({ maxLength: 500 })),
      total: Type.Optional(SmallCount),
      /** For images: the batch by name (created if missing) and the priority of the new tasks. */
      batch_name: Type.Optional(Line(120)),
      priority: Type.Optional(Type.Integer({ minimum: PRIORITY_MIN, maximum: PRIORITY_MAX })),
      /** For annotations. */
      format: Type.Optional(Words(ANNOTATION_FORMATS)),
    }),
    reply: ImportSchema,
  },
  find_known_assets: {
    method: 'POST', path: '/projects/:project_id/imports/known', summary: 'Which of these SHA-256 content hashes are already here', tag: 'Imports',
    access: inProject('manage_project'), params: project,
    body: Fields({ hashes: Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { minItems: 1, maxItems: 1000 }) }),
    reply: Fields({ known: Type.Array(Type.String()) }),
  },
  /** One image, one zip of images, one annotation file or one zip of them. A zip gives many items; the answer names the first 1,000, list_import_items all. */
  upload_file: {
    method: 'POST', path: '/projects/:project_id/imports/:import_id/files', summary: 'Upload one file or zip into an import', tag: 'Imports',
    access: inProject('manage_project'), params: importOf,
    query: Fields({ name: Type.String({ minLength: 1, maxLength: 1000, description: 'Path relative to the picked folder' }) }),
    body: 'bytes', reply: UploadReplySchema,
  },
  /** Images: closes the import. Annotations: matches what was uploaded and makes the report; nothing is applied. */
  finish_import: {
    method: 'POST', path: '/projects/:project_id/imports/:import_id/finish', summary: 'All files are sent', tag: 'Imports',
    access: inProject('manage_project'), params: importOf, reply: ImportSchema,
  },
  confirm_import: {
    method: 'POST', path: '/projects/:project_id/imports/:import_id/confirm', summary: 'Apply a reported annotation import', tag: 'Imports',
    access: inProject('manage_project'), params: importOf,
    body: Fields({ unknown_classes: Words(['create', 'leave_out']) }), reply: ImportSchema,
  },
  cancel_import: {
    method: 'POST', path: '/projects/:project_id/imports/:import_id/cancel', summary: 'Stop an import; what is in stays in', tag: 'Imports',
    access: inProject('manage_project'), params: importOf, reply: ImportSchema,
  },
  list_imports: { method: 'GET', path: '/projects/:project_id/imports', summary: 'Imports, newest first', tag: 'Imports', access: inProject('manage_project'), params: project, reply: Type.Array(ImportSchema) },
  get_import: { method: 'GET', path: '/projects/:project_id/imports/:import_id', summary: 'An import', tag: 'Imports', access: inProject('manage_project'), params: importOf, reply: ImportSchema },
  list_import_items: {
    method: 'GET', path: '/projects/:project_id/imports/:import_id/items', summary: 'What became of each file', tag: 'Imports',
    access: inProject('manage_project'), params: importOf,
    query: Fields({
      outcome: Type.Optional(Words(ITEM_OUTCOMES)),
      after: Type.Optional(Count),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    }),
    reply: Fields({ items: Type.Array(ImportItemSchema), next_after: Nullable(Count) }),
  },

  create_export: {
    method: 'POST', path: '/projects/:project_id/exports', summary: 'Freeze a set of tasks for download', tag: 'Exports',
    access: inProject('manage_project'), params: project,
    body: Fields({ format: Words(EXPORT_FORMATS), selection: SelectionSchema, with_images: Type.Boolean() }),
    reply: ExportSchema,
  },
  list_exports: { method: 'GET', path: '/projects/:project_id/exports', summary: 'Exports, newest first', tag: 'Exports', access: inProject('manage_project'), params: project, reply: Type.Array(ExportSchema) },
  download_export: {
    method: 'GET', path: '/projects/:project_id/exports/:export_id/download', summary: 'The export as a zip stream', tag: 'Exports',
    access: inProject('manage_project'), params: Fields({ project_id: Id, export_id: Id }), reply: 'bytes',
  },
}) // biome-ignore format: a table
