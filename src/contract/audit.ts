// The project's audit log: what happened to its tasks, newest first; no cleanup hides any of it.
import { type Static, Type } from 'typebox'
import { Count, Fields, Id, Line, Moment, Nullable, Words } from '../model/schema.ts'
import { EVENT_KINDS } from '../model/task.ts'
import { EXPORT_FORMATS, IMPORT_KINDS, IMPORT_STATES } from './assets.ts'
import { endpointTable, inProject } from './endpoint.ts'
import { OPERATION_STATES } from './operations.ts'
import { NamedPersonSchema } from './people.ts'
import { EventSchema } from './tasks.ts'

/** What an entry is. A bulk operation, an import and an export are one entry each, whatever the number of tasks. */
export const AUDIT_TYPES = ['event', 'operation', 'import', 'export'] as const

const TaskNameSchema = Fields({ id: Id, name: Type.String() })

export const AuditEntrySchema = Fields({
  type: Words(AUDIT_TYPES),
  at: Moment,
  actor_id: Nullable(Id),
  actor_kind: Words(['person', 'token', 'system']),
  actor_name: Nullable(Type.String()),
  /** One task's step; null for the other types. */
  task: Nullable(TaskNameSchema),
  event: Nullable(EventSchema),
  operation: Nullable(
    Fields({
      id: Id,
      name: Type.String(),
      title: Type.String(),
      params: Type.Unknown(),
      state: Words(OPERATION_STATES),
      total: Count,
      applied: Count,
      unchanged: Count,
      refused: Count,
      undoes_id: Nullable(Id),
      undone_by_id: Nullable(Id),
    }),
  ),
  import: Nullable(
    Fields({
      id: Id,
      kind: Words(IMPORT_KINDS),
      state: Words(IMPORT_STATES),
      source: Type.String(),
      created_count: Count,
      duplicate_count: Count,
      rejected_count: Count,
      operation_id: Nullable(Id),
    }),
  ),
  export: Nullable(
    Fields({
      id: Id,
      format: Words(EXPORT_FORMATS),
      with_images: Type.Boolean(),
      task_count: Count,
      object_count: Count,
    }),
  ),
})
export type AuditEntry = Static<typeof AuditEntrySchema>

/** Kinds to filter by: an event's, or a whole type. An event's kind also finds the operations that write such events. */
export const AUDIT_KINDS = [...EVENT_KINDS, 'operation', 'import', 'export'] as const

const Filters = {
  kind: Type.Optional(Words(AUDIT_KINDS)),
  person_id: Type.Optional(Id),
  operation_id: Type.Optional(Id),
  /** ISO 8601 moments, both included. */
  from: Type.Optional(Type.String({ maxLength: 40 })),
  to: Type.Optional(Type.String({ maxLength: 40 })),
  /** Part of a task's name: every event of these tasks, those of bulk operations too. */
  task: Type.Optional(Line(500)),
}

const project = Fields({ project_id: Id })

export const auditEndpoints = endpointTable({
  list_audit: {
    method: 'GET', path: '/projects/:project_id/audit', summary: 'The audit log, newest first', tag: 'Audit log', access: inProject('view_audit'), params: project,
    query: Fields({ ...Filters, cursor: Type.Optional(Type.String({ maxLength: 400 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }),
    reply: Fields({
      entries: Type.Array(AuditEntrySchema),
      /** People named in before and after. */
      people: Type.Array(NamedPersonSchema),
      next_cursor: Nullable(Type.String()),
      /** More tasks have this in their name than are searched; say more of it. */
      is_task_cut: Type.Boolean(),
    }),
  },
  download_audit: {
    method: 'GET', path: '/projects/:project_id/audit.csv', summary: 'The audit log as CSV', tag: 'Audit log', access: inProject('view_audit'), params: project,
    query: Fields(Filters), reply: 'bytes',
  },
  list_operation_events: {
    method: 'GET', path: '/projects/:project_id/operations/:operation_id/events', summary: 'What an operation did, task by task', tag: 'Audit log',
    access: inProject('view_audit'), params: Fields({ project_id: Id, operation_id: Id }),
    query: Fields({ cursor: Type.Optional(Type.String({ maxLength: 100 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }),
    reply: Fields({
      events: Type.Array(Fields({ task: TaskNameSchema, event: EventSchema })),
      people: Type.Array(NamedPersonSchema),
      next_cursor: Nullable(Type.String()),
    }),
  },
}) // biome-ignore format: a table
