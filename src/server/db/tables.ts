// The tables as TypeScript sees them; db/migrations is the truth, and a test compares the two.
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { SplitReport } from '../../contract/plan-reports.ts'
import type { AnnotationObject, ClassCounts } from '../../model/annotation.ts'
import type { AttributeValues, LabelSchema } from '../../model/label-schema.ts'
import type { OrganizationRole, ProjectRole } from '../../model/permission.ts'
import type { StoredPrediction } from '../../model/prediction.ts'
import type { Selection } from '../../model/selection.ts'
import type { EventKind, Split, TaskRow } from '../../model/task.ts'
import type { StageKind } from '../../model/workflow.ts'

/** A moment with a default. */
type Stamp = ColumnType<string, string | undefined, string>
type Json<T extends object | null> = JSONColumnType<T>

export type PersonTable = {
  id: Generated<number>
  email: string
  name: string
  password_hash: string
  created_at: Stamp
}
export type SessionTable = {
  token_hash: string
  person_id: number
  user_agent: Generated<string>
  created_at: Stamp
  last_seen_at: Stamp
  expires_at: string
}
export type ApiTokenTable = {
  id: Generated<number>
  person_id: number
  name: string
  token_hash: string
  prefix: string
  created_at: Stamp
  last_used_at: string | null
}
export type OrganizationTable = { id: Generated<number>; name: string; created_at: Stamp }
export type OrganizationMemberTable = {
  organization_id: number
  person_id: number
  role: OrganizationRole
  created_at: Stamp
}
export type ProjectTable = {
  id: Generated<number>
  organization_id: number
  name: string
  description: Generated<string>
  review_enabled: Generated<boolean>
  review_sampling_percent: Generated<number>
  idle_threshold_s: Generated<number>
  lease_timeout_s: Generated<number>
  allow_skip: Generated<boolean>
  allow_self_review: Generated<boolean>
  release_on_import: Generated<boolean>
  is_sample: Generated<boolean>
  created_at: Stamp
}
export type ProjectMemberTable = { project_id: number; person_id: number; role: ProjectRole; created_at: Stamp }
export type InvitationTable = {
  id: Generated<number>
  organization_id: number
  project_id: number | null
  organization_role: OrganizationRole
  project_role: ProjectRole | null
  email: string | null
  token_hash: string
  created_by_id: number
  created_at: Stamp
  expires_at: string
  accepted_at: string | null
  accepted_by_id: number | null
}
export type StageTable = { project_id: number; id: number; position: number; kind: StageKind; name: string }
export type LabelSchemaTable = {
  project_id: number
  version: Generated<number>
  document: Json<LabelSchema>
  updated_at: Stamp
}
export type BatchTable = { project_id: number; id: Generated<number>; name: string; created_at: Stamp }
export type AssetTable = {
  project_id: number
  id: Generated<number>
  name: string
  folder: Generated<string>
  content_hash: string
  byte_size: number
  mime_type: string
  width: number
  height: number
  metadata: Generated<Record<string, string>>
  thumbnail_state: Generated<'pending' | 'ready' | 'failed'>
  created_at: Stamp
}
/** Kept by a trigger on asset. */
export type MetadataKeyTable = { project_id: number; key: string }
/** Written through history/record.ts only; a trigger holds that. */
export type TaskTable = { [C in keyof TaskRow]: ColumnType<TaskRow[C], never, never> }
export type QueueEntryTable = {
  project_id: number
  task_id: number
  stage_id: number
  assignee_id: number | null
  is_returned: boolean
  priority: number
  queued_at: string
  labelled_by_id: number | null
  skipper_ids: Json<number[]>
}
export type TaskLeaseTable = {
  project_id: number
  task_id: number
  person_id: number
  session_id: string
  generation: number
  opened_at: string
  expires_at: string
}
export type TaskEventTable = {
  project_id: number
  task_id: number
  number: number
  kind: EventKind
  at: string
  actor_id: number | null
  actor_kind: 'person' | 'token' | 'system'
  operation_id: number | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  note: string | null
}
export type AnnotationRevisionTable = {
  project_id: number
  task_id: number
  id: Generated<number>
  kind: 'saved' | 'imported' | 'draft' | 'copy'
  author_id: number | null
  stage_id: number
  session_id: string | null
  objects: Json<AnnotationObject[]>
  global_attributes: Json<AttributeValues>
  rejected_predictions: Generated<string[]>
  object_count: number
  class_counts: Json<ClassCounts>
  created_at: Stamp
}
export type CommentTable = {
  project_id: number
  task_id: number
  id: Generated<number>
  thread_id: number | null
  author_id: number
  text: string | null
  place_x: number | null
  place_y: number | null
  object_id: string | null
  key: string
  created_at: Stamp
  edited_at: string | null
  resolved_at: string | null
  resolved_by_id: number | null
}
export type AssetProblemTable = {
  project_id: number
  asset_id: number
  id: Generated<number>
  reason: string
  note: string
  reported_by_id: number
  reported_at: Stamp
  resolved_at: string | null
  resolved_by_id: number | null
}
export type TimeEntryTable = {
  project_id: number
  task_id: number
  id: Generated<number>
  person_id: number
  stage_id: number
  kind: 'annotation' | 'review'
  session_id: string
  sequence: number
  ms: number
  at: string
}
/** The ledger per person, kept by a trigger on time_entry. */
export type PersonTimeTable = { project_id: number; person_id: number; ms: number }
export type PersonClockTable = { person_id: number; last_accepted_at: string }
export type OperationTable = {
  project_id: number
  id: Generated<number>
  name: string
  params: Json<object>
  selection: Json<Selection>
  key: string | null
  request_hash: Generated<string>
  actor_id: number | null
  actor_kind: 'person' | 'token' | 'system'
  state: 'running' | 'done' | 'cancelled' | 'failed'
  total: number
  applied: Generated<number>
  unchanged: Generated<number>
  refused: Generated<number>
  cancel_requested: Generated<boolean>
  undoes_id: number | null
  undone_by_id: number | null
  error: string | null
  created_at: Stamp
  finished_at: string | null
}
export type OperationPartTable = {
  project_id: number
  operation_id: number
  number: number
  total: number
  objects: Generated<number>
  image_values: Generated<number>
  completed: Generated<number>
  first_id: number
  last_id: number
  task_ids: number[]
  plan: (string | null)[] | null
  undoes_part: number | null
  undoes_number: number | null
}
export type OperationGroupTable = {
  project_id: number
  operation_id: number
  part: number
  number: number
  outcome: 'applied' | 'unchanged' | 'refused'
  reason: string | null
  person_id: number | null
  total: number
  first_id: number
  last_id: number
  at: string
  columns: Generated<string[]>
  events: Json<unknown[]>
  task_ids: number[]
  /** task_before[], which only SQL reads. */
  before: string | null
}
export type ImportRunTable = {
  project_id: number
  id: Generated<number>
  kind: 'images' | 'annotations'
  state: 'running' | 'reported' | 'done' | 'cancelled' | 'failed'
  source: Generated<string>
  format: string | null
  batch_id: number | null
  priority: Generated<number>
  total: number | null
  created_count: Generated<number>
  duplicate_count: Generated<number>
  rejected_count: Generated<number>
  report: ColumnType<object | null, string | null, string | null>
  operation_id: number | null
  error: string | null
  actor_id: number | null
  created_at: Stamp
  finished_at: string | null
  active_at: Stamp
}
export type ImportItemTable = {
  project_id: number
  import_id: number
  number: Generated<number>
  name: string
  outcome: 'created' | 'duplicate' | 'rejected' | 'read' | 'matched' | 'unmatched'
  reason: string | null
  task_id: number | null
  asset_id: number | null
  document: ColumnType<object | null, string | null, string | null>
}
export type ExportRunTable = {
  project_id: number
  id: Generated<number>
  format: string
  selection: Json<Selection>
  with_images: boolean
  task_count: Generated<number>
  object_count: Generated<number>
  actor_id: number | null
  created_at: Stamp
  stamped_to: Generated<number | null>
}
export type ExportTaskTable = {
  project_id: number
  export_id: number
  task_id: number
  revision_id: number | null
  split: Split | null
  named_by: Generated<'name' | 'folder' | 'id'>
}

export type TaskChangeTable = {
  project_id: number
  xid: Generated<string>
  number: Generated<number>
  at: Generated<string>
  task_ids: number[]
}

/** Runs of Auto split, kept for good. */
export type SplitRunTable = { project_id: number; operation_id: number; report: Json<SplitReport> }
export type SplitRunPartTable = {
  project_id: number
  operation_id: number
  number: number
  split: Split
  task_ids: number[]
}
export type TaskViewTable = {
  project_id: number
  id: Generated<number>
  owner_id: number
  name: string
  is_shared: boolean
  filter: Json<object>
  sort: string | null
  columns: Json<object>
  version: Generated<number>
  created_at: Stamp
  updated_at: Stamp
  updated_by_id: number
}
export type TaskViewRoleDefaultTable = { project_id: number; role: 'manager' | 'reviewer'; view_id: number }
export type TaskViewOwnDefaultTable = { project_id: number; person_id: number; view_id: number | null }
export type TaskFileTable = {
  project_id: number
  id: Generated<number>
  person_id: number
  columns: Json<string[]>
  task_ids: Uint8Array
  total: number
  written: Generated<number>
  state: Generated<'ready' | 'writing' | 'done' | 'stopped'>
  created_at: Stamp
}
export type GuideTable = {
  project_id: number
  text: string
  version: Generated<number>
  updated_at: Stamp
  updated_by_id: number
}
export type GuideImageTable = {
  project_id: number
  id: Generated<number>
  content_hash: string
  mime_type: string
  byte_size: number
  width: number
  height: number
  created_at: Stamp
  created_by_id: number
}
export type PredictionSetTable = {
  project_id: number
  id: Generated<number>
  model: string
  version: Generated<string>
  created_at: Stamp
  created_by_id: number
  updated_at: Stamp
  is_going: Generated<boolean>
}
export type PredictionTable = {
  project_id: number
  task_id: number
  set_id: number
  items: Json<StoredPrediction[]>
  item_count: number
  class_ids: number[]
}
export type GuideReadingTable = { project_id: number; person_id: number; version: number }

export type Tables = {
  person: PersonTable
  session: SessionTable
  api_token: ApiTokenTable
  organization: OrganizationTable
  organization_member: OrganizationMemberTable
  project: ProjectTable
  project_member: ProjectMemberTable
  invitation: InvitationTable
  stage: StageTable
  label_schema: LabelSchemaTable
  batch: BatchTable
  asset: AssetTable
  metadata_key: MetadataKeyTable
  task: TaskTable
  queue_entry: QueueEntryTable
  task_lease: TaskLeaseTable
  task_event: TaskEventTable
  annotation_revision: AnnotationRevisionTable
  comment: CommentTable
  asset_problem: AssetProblemTable
  time_entry: TimeEntryTable
  person_time: PersonTimeTable
  person_clock: PersonClockTable
  operation: OperationTable
  operation_part: OperationPartTable
  operation_group: OperationGroupTable
  import_run: ImportRunTable
  import_item: ImportItemTable
  export_run: ExportRunTable
  export_task: ExportTaskTable
  task_change: TaskChangeTable
  task_view: TaskViewTable
  task_view_role_default: TaskViewRoleDefaultTable
  task_view_own_default: TaskViewOwnDefaultTable
  task_file: TaskFileTable
  split_run: SplitRunTable
  split_run_part: SplitRunPartTable
  guide: GuideTable
  guide_image: GuideImageTable
  guide_reading: GuideReadingTable
  prediction_set: PredictionSetTable
  prediction: PredictionTable
}
