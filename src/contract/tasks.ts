// The Tasks page, the queue, the editor's life with a task, history.
import { type Static, type TSchema, Type } from 'typebox'
import { DocumentSchema } from '../model/annotation.ts'
import { ChangesSchema } from '../model/changes.ts'
import { INCREMENT_MAX_MS } from '../model/duration.ts'
import { EVENT_GROUP_NAMES } from '../model/event-groups.ts'
import { OFFER_SOURCES } from '../model/queue.ts'
import { Count, Fields, Id, Line, Moment, Nullable, SmallCount, Words } from '../model/schema.ts'
import { EVENT_KINDS, SKIP_REASONS, SPLIT_SOURCES, SPLITS } from '../model/task.ts'
import { endpointTable, inProject } from './endpoint.ts'
import { NamedPersonSchema } from './people.ts'

const project = Fields({ project_id: Id })
const taskOf = Fields({ project_id: Id, task_id: Id })
const Integer = Type.Integer()

export const LeaseSchema = Fields({ person_id: Id, expires_at: Moment })

/** A row of the Tasks page: the task's columns as stored, and who has it open. */
export const TaskSchema = Fields({
  id: Id,
  asset_id: Id,
  name: Type.String(),
  folder: Type.String(),
  width: Count,
  height: Count,
  stage_id: Id,
  assignee_id: Nullable(Id),
  is_returned: Type.Boolean(),
  times_returned: Count,
  split: Nullable(Words(SPLITS)),
  split_source: Nullable(Words(SPLIT_SOURCES)),
  is_split_locked: Type.Boolean(),
  priority: Integer,
  batch_id: Nullable(Id),
  is_skipped: Type.Boolean(),
  skip_reason: Nullable(Words(SKIP_REASONS)),
  skip_note: Nullable(Type.String()),
  skipped_by_id: Nullable(Id),
  skipped_at: Nullable(Moment),
  queued_at: Nullable(Moment),
  is_archived: Type.Boolean(),
  duration_ms: Count,
  review_ms: Count,
  object_count: Count,
  class_counts: Type.Record(Type.String(), Count),
  event_count: Count,
  history_floor: Count,
  generation: Count,
  labelled_by_id: Nullable(Id),
  reviewed_by_id: Nullable(Id),
  completed_at: Nullable(Moment),
  exported_at: Nullable(Moment),
  created_at: Moment,
  updated_at: Moment,
  lease: Nullable(LeaseSchema),
})
export type Task = Static<typeof TaskSchema>

/** `filter` is a JSON text of a Filter; `sort` is a column name, with `-` before it for descending. */
const ListQuery = {
  filter: Type.Optional(Type.String({ maxLength: 20_000 })),
  sort: Type.Optional(Type.String({ maxLength: 60 })),
}

const facet = <V extends TSchema>(value: V) => Type.Array(Fields({ value, total: Count }))

export const EventSchema = Fields({
  number: Count,
  kind: Words(EVENT_KINDS),
  at: Moment,
  actor_id: Nullable(Id),
  actor_kind: Words(['person', 'token', 'system']),
  actor_name: Nullable(Type.String()),
  operation_id: Nullable(Id),
  operation_name: Nullable(Type.String()),
  before: Nullable(Type.Record(Type.String(), Type.Unknown())),
  after: Nullable(Type.Record(Type.String(), Type.Unknown())),
  note: Nullable(Type.String()),
})

const HistoryQuery = Fields({
  group: Type.Optional(Words(EVENT_GROUP_NAMES)),
  person_id: Type.Optional(Id),
  /** Only events with a smaller number: the `next_before` of the page before. */
  before: Type.Optional(SmallCount),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
})
const HistorySchema = Fields({
  events: Type.Array(EventSchema),
  next_before: Nullable(Count),
  hidden_count: Count,
  /** People named in these events. */
  people: Type.Array(NamedPersonSchema),
  /** Everybody who did something here, whatever the filter. */
  actors: Type.Array(NamedPersonSchema),
})

const OpenTaskSchema = Fields({
  task: TaskSchema,
  document: DocumentSchema,
  revision_id: Nullable(Id),
  /** Sent back with every write; a stale one is refused. */
  generation: Count,
  session_id: Type.String(),
  /** Work of mine on this task that could not be saved, newest first. */
  drafts: Type.Array(Fields({ id: Id, object_count: Count, created_at: Moment })),
  /** The last rejection's comment while the task is returned. */
  returned_comment: Nullable(Type.String()),
})

/** Who writes: the editing session that holds the lease, at the generation it opened. */
const holder = {
  session_id: Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' }),
  generation: Count,
}

/** Active time since the previous increment; repeated sequence numbers are dropped. */
const Increments = Type.Array(
  Fields({ sequence: SmallCount, ms: Type.Integer({ minimum: 0, maximum: INCREMENT_MAX_MS }) }),
  { maxItems: 100 },
)

/** The last that an editor says of a task. */
const lastStep = {
  ...holder,
  /** Active time not reported yet, as with a heartbeat. */
  increments: Type.Optional(Increments),
  since_input_ms: Type.Optional(Count),
  /** Claims the next task of the same kind at once, for this session. */
  next_session_id: Type.Optional(holder.session_id),
}

const EmptyQueueSchema = Fields({
  total: Count,
  in_prepare: Count,
  in_stage: Count,
  open_by_others: Count,
  assigned_to_others: Count,
  skipped: Count,
  skipped_by_me: Count,
  own_work: Count,
  waiting_for_review: Count,
  completed: Count,
})

const ClaimSchema = Fields({
  task_id: Nullable(Id), source: Nullable(Words(OFFER_SOURCES)), opened: Nullable(OpenTaskSchema),
  /** Why there is none. */
  empty: Nullable(EmptyQueueSchema),
}) // biome-ignore format: as in the table

const StageMove = Fields({
  task: TaskSchema,
  /** What `next_session_id` got; null without it, or if that claim failed: the step was taken all the same. */
  next: Nullable(ClaimSchema),
})

const SavedSchema = Fields({ revision_id: Id, object_count: Count })

export const taskEndpoints = endpointTable({
  list_tasks: {
    method: 'GET', path: '/projects/:project_id/tasks', summary: 'A page of the Tasks table', tag: 'Tasks', access: inProject('view_tasks'), params: project,
    query: Fields({ ...ListQuery, cursor: Type.Optional(Type.String({ maxLength: 8000 })), /** Row number to begin at, instead of a cursor: far jumps of the grid. */ offset: Type.Optional(SmallCount), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }),
    reply: Fields({
      tasks: Type.Array(TaskSchema),
      /** People named in these rows, former members included. */
      people: Type.Array(NamedPersonSchema),
      next_cursor: Nullable(Type.String()),
    }),
  },
  count_tasks: {
    method: 'GET', path: '/projects/:project_id/tasks/count', summary: 'Exact number of tasks under a filter', tag: 'Tasks',
    access: inProject('view_tasks'), params: project, query: Fields({ filter: ListQuery.filter }), reply: Fields({ total: Count }),
  },
  /** Each column's counts leave that column's own conditions out: what choosing another value would give. */
  get_task_facets: {
    method: 'GET', path: '/projects/:project_id/tasks/facets', summary: 'Counts beside each choice of a filter', tag: 'Tasks',
    access: inProject('view_tasks'), params: project, query: Fields({ filter: ListQuery.filter }),
    reply: Fields({
      total: Count,
      stage_id: facet(Id), assignee_id: facet(Nullable(Id)), split: facet(Nullable(Words(SPLITS))), batch_id: facet(Nullable(Id)),
      priority: facet(Integer), is_skipped: facet(Type.Boolean()),
    }),
  },
  /** By name: the first row whose name equals it, else begins with it, else contains it. By id: that task. */
  find_task_row: {
    method: 'GET', path: '/projects/:project_id/tasks/row', summary: 'At which row a task stands under a filter and sort', tag: 'Tasks',
    access: inProject('view_tasks'), params: project, query: Fields({ ...ListQuery, name: Type.Optional(Line(500)), task_id: Type.Optional(Id) }),
    reply: Fields({ row: Nullable(Count), task_id: Nullable(Id) }),
  },
  get_task_summary: {
    method: 'GET', path: '/projects/:project_id/tasks/summary', summary: 'Counts above the table', tag: 'Tasks',
    access: inProject('view_tasks'), params: project,
    /** `today_from`: when the day of whoever asks began; without it, midnight UTC. */
    query: Fields({ today_from: Type.Optional(Moment) }),
    reply: Fields({
      total: Count,
      stages: Type.Array(Fields({ stage_id: Id, total: Count, unassigned: Count, skipped: Count, returned: Count, open: Count })),
      skipped: Count, returned: Count, archived: Count,
      splits: Fields({ train: Count, validation: Count, test: Count, none: Count }),
      objects: Count, duration_ms: Count,
      oldest_queued_at: Nullable(Moment),
      completed_today: Count,
      people: Type.Array(Fields({ id: Id, name: Type.String(), open: Count, assigned: Count, completed: Count, duration_ms: Count })),
    }),
  },
  get_task: { method: 'GET', path: '/projects/:project_id/tasks/:task_id', summary: 'A task with its objects', tag: 'Tasks', access: inProject('view_task'), params: taskOf,
    reply: Fields({ task: TaskSchema, document: DocumentSchema, revision_id: Nullable(Id), people: Type.Array(NamedPersonSchema) }) },
  get_task_history: {
    method: 'GET', path: '/projects/:project_id/tasks/:task_id/history', summary: 'The timeline, newest first', tag: 'Tasks', access: inProject('view_task'), params: taskOf,
    query: HistoryQuery, reply: HistorySchema,
  },
  get_task_audit: {
    method: 'GET', path: '/projects/:project_id/tasks/:task_id/audit', summary: 'The audit log: everything, also what a cleanup hid', tag: 'Tasks', access: inProject('view_audit'), params: taskOf,
    query: HistoryQuery, reply: HistorySchema,
  },
  get_task_time: {
    method: 'GET', path: '/projects/:project_id/tasks/:task_id/time', summary: 'Time by person and stage', tag: 'Tasks', access: inProject('view_task'), params: taskOf,
    reply: Fields({ entries: Type.Array(Fields({ person_id: Id, person_name: Type.String(), stage_id: Id, kind: Words(['annotation', 'review']), ms: Count })) }),
  },

  /** `today_from`: when the day of whoever asks began, at most 26 hours ago; without it, midnight UTC. */
  get_queue: {
    method: 'GET', path: '/projects/:project_id/queue', summary: 'What waits for me', tag: 'Queue', access: inProject('annotate'), params: project,
    query: Fields({ today_from: Type.Optional(Moment) }),
    reply: Fields({
      label: Fields({ open: Count, returned: Count, assigned: Count, pool: Count }),
      review: Fields({ open: Count, returned: Count, assigned: Count, pool: Count }),
      done_today: Count, duration_today_ms: Count,
    }),
  },
  /** What claims would likely give after what is open: read only, nothing is held by it. Of the pool no more is told than these two images. */
  get_upcoming: {
    method: 'GET', path: '/projects/:project_id/queue/upcoming', summary: 'Assets of the tasks that likely come next for me', tag: 'Queue', access: inProject('annotate'), params: project,
    query: Fields({ kind: Words(['label', 'review']) }),
    reply: Fields({ asset_ids: Type.Array(Id, { maxItems: 2 }) }),
  },
  get_upcoming_image: {
    method: 'GET', path: '/projects/:project_id/queue/upcoming/:asset_id/image', summary: 'The image of a task that likely comes next for me', tag: 'Queue', access: inProject('annotate'),
    params: Fields({ project_id: Id, asset_id: Id }),
    query: Fields({ kind: Words(['label', 'review']) }),
    reply: 'bytes',
  },
  /** Pool tasks only for who may see all tasks: whose they will be is not known. */
  list_queue: {
    method: 'GET', path: '/projects/:project_id/queue/tasks', summary: 'My next tasks in the order of offers', tag: 'Queue', access: inProject('annotate'), params: project,
    query: Fields({ kind: Words(['label', 'review']), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })) }),
    reply: Fields({
      tasks: Type.Array(Fields({ id: Id, asset_id: Id, name: Type.String(), source: Words(OFFER_SOURCES), object_count: Count, open_comments: Count })),
    }),
  },
  claim_task: {
    method: 'POST', path: '/projects/:project_id/queue/claim', summary: 'Next task for me, atomically', tag: 'Queue', access: inProject('annotate'), params: project,
    body: Fields({
      kind: Words(['label', 'review']), session_id: holder.session_id,
      /** Tasks that are passed over, such as those that other tabs of mine have open. */
      except: Type.Optional(Type.Array(Id, { maxItems: 100 })),
    }),
    reply: ClaimSchema,
  },
  open_task: {
    method: 'POST', path: '/projects/:project_id/tasks/:task_id/open', summary: 'Take the lease on a certain task', tag: 'Queue', access: inProject('open_task'), params: taskOf,
    /** `kind`: only for this kind of work, else 409 `wrong_stage`. */
    body: Fields({ session_id: holder.session_id, kind: Type.Optional(Words(['label', 'review'])) }), reply: OpenTaskSchema,
  },
  heartbeat: {
    method: 'POST', path: '/projects/:project_id/tasks/:task_id/heartbeat', summary: 'Keep the lease, report active time', tag: 'Queue', access: inProject('annotate'), params: taskOf,
    body: Fields({
      ...holder,
      increments: Increments,
      /** How long ago the last input was that the increments count; without it the reported time ends now. */
      since_input_ms: Type.Optional(Count),
    }),
    reply: Fields({ expires_at: Moment, duration_ms: Count, review_ms: Count, accepted_ms: Count }),
  },
  release_task: {
    method: 'POST', path: '/projects/:project_id/tasks/:task_id/release', summary: 'Close without submitting; it stays mine', tag: 'Queue', access: inProject('annotate'), params: taskOf,
    body: Fields(holder),
  },
  /** Stale generation: 409 with `moved_by`, and the document is kept 30 days as a draft (`draft_id`). */
  save_document: {
    method: 'PUT', path: '/projects/:project_id/tasks/:task_id/document', summary: 'Save objects and global attributes', tag: 'Queue', access: inProject('annotate'), params: taskOf,
    body: Fields({ ...holder, document: DocumentSchema }),
    reply: SavedSchema,
  },
  /** The same, of what is different from revision `base_id` (null: without any). 409 `stale_base` if the server has gone on from it, or does not keep it any more: save the whole. */
  save_changes: {
    method: 'PATCH', path: '/projects/:project_id/tasks/:task_id/document', summary: 'Save what changed since a revision', tag: 'Queue', access: inProject('annotate'), params: taskOf,
    body: Fields({ ...holder, base_id: Nullable(Id), changes: ChangesSchema }),
    reply: SavedSchema,
  },
  submit_task: { method: 'POST', path: '/projects/:project_id/tasks/:task_id/submit', summary: 'Label → next stage', tag: 'Queue', access: inProject('annotate'), params: taskOf, body: Fields(lastStep), reply: StageMove },
  approve_task: { method: 'POST', path: '/projects/:project_id/tasks/:task_id/approve', summary: 'Review → next stage', tag: 'Queue', access: inProject('review'), params: taskOf, body: Fields(lastStep), reply: StageMove },
  reject_task: {
    method: 'POST', path: '/projects/:project_id/tasks/:task_id/reject', summary: 'Review → back to its labeller', tag: 'Queue', access: inProject('review'), params: taskOf,
    body: Fields({ ...lastStep, comment: Line(5000) }), reply: StageMove,
  },
  skip_task: {
    method: 'POST', path: '/projects/:project_id/tasks/:task_id/skip', summary: 'Set aside with a reason', tag: 'Queue', access: inProject('annotate'), params: taskOf,
    body: Fields({ ...lastStep, reason: Words(SKIP_REASONS), note: Type.Optional(Type.String({ maxLength: 2000 })) }), reply: StageMove,
  },
  get_draft: {
    method: 'GET', path: '/projects/:project_id/tasks/:task_id/drafts/:draft_id', summary: 'Unsent work that was kept', tag: 'Queue', access: inProject('view_task'),
    params: Fields({ project_id: Id, task_id: Id, draft_id: Id }), reply: Fields({ id: Id, document: DocumentSchema, created_at: Moment }),
  },
  /** With what stood on the task before one was restored (`is_copy`); if that was imported, it has no author. */
  list_drafts: {
    method: 'GET', path: '/projects/:project_id/tasks/:task_id/drafts', summary: 'Work on a task that its people could not save any more', tag: 'Tasks', access: inProject('run_operation'), params: taskOf,
    reply: Fields({ drafts: Type.Array(Fields({ id: Id, author_id: Nullable(Id), author_name: Nullable(Type.String()), is_copy: Type.Boolean(), object_count: Count, created_at: Moment })) }),
  },
  /** What stands on the task is kept in turn, in the list of drafts. 409 `task_taken` while somebody has it open. */
  restore_draft: {
    method: 'POST', path: '/projects/:project_id/tasks/:task_id/drafts/:draft_id/restore', summary: 'Put a draft in place of the objects of a task', tag: 'Tasks', access: inProject('run_operation'),
    params: Fields({ project_id: Id, task_id: Id, draft_id: Id }), reply: SavedSchema,
  },
}) // biome-ignore format: a table
