// Saved views of the Tasks page, what a selection counts, and tasks as CSV files.
import { Type } from 'typebox'
import { FilterSchema } from '../model/filter.ts'
import { Count, Distinct, Fields, Id, Line, Moment, Nullable, SmallCount, Words } from '../model/schema.ts'
import { SelectionSchema } from '../model/selection.ts'
import { TASK_FIELD_NAMES, type TaskFieldName } from '../model/task-fields.ts'
import { VIEWING_ROLES, ViewColumnsSchema } from '../model/task-view.ts'
import { endpointTable, inProject } from './endpoint.ts'

const project = Fields({ project_id: Id })
const viewOf = Fields({ project_id: Id, view_id: Id })
const fileOf = Fields({ project_id: Id, file_id: Id })

const Names = Type.Array(Type.String())

export const TaskViewSchema = Fields({
  id: Id,
  name: Type.String(),
  /** Everybody who sees the Tasks page can open it. */
  is_shared: Type.Boolean(),
  /** May have left the project; the view stays, and managers look after it. */
  owner_id: Id,
  owner_name: Type.String(),
  may_change: Type.Boolean(),
  may_make_private: Type.Boolean(),
  /** As it was saved; what no longer fits is in `notices`. */
  filter: Type.Unknown(),
  sort: Nullable(Type.String()),
  columns: Fields({ order: Names, hidden: Names, pinned: Names, widths: Type.Record(Type.String(), Count), density: Type.String() }),
  /** What of it does not exist any more, a sentence each. */
  notices: Type.Array(Type.String()),
  /** Sent back with every change; a stale one is refused. */
  version: Count,
  updated_at: Moment,
  updated_by_name: Type.String(),
}) // biome-ignore format: a table

const Sort = Nullable(Type.String({ maxLength: 60 }))
const content = { filter: FilterSchema, sort: Sort, columns: ViewColumnsSchema }

const RoleDefaultsSchema = Fields({ manager: Nullable(Id), reviewer: Nullable(Id) })

const TaskFileSchema = Fields({
  id: Id,
  name: Type.String(),
  /** Tasks that were frozen when it was asked for: exactly the rows of the file. */
  total: Count,
  /** Rows that the download under way, or the last one, has sent. */
  written: Count,
  state: Words(['ready', 'writing', 'done', 'stopped']),
  created_at: Moment,
})

export const viewEndpoints = endpointTable({
  list_task_views: {
    method: 'GET', path: '/projects/:project_id/views', summary: 'Saved views that I may open, by name', tag: 'Views', access: inProject('view_tasks'), params: project,
    reply: Fields({
      views: Type.Array(TaskViewSchema),
      /** What the Tasks page opens with: my own choice, else that of my role; null: all tasks. */
      default_view_id: Nullable(Id),
      /** Whether that is my own choice. */
      is_default_mine: Type.Boolean(),
      role_defaults: RoleDefaultsSchema,
    }),
  },
  create_task_view: {
    method: 'POST', path: '/projects/:project_id/views', summary: 'Save a new view', tag: 'Views', access: inProject('view_tasks'), params: project,
    body: Fields({ name: Line(80), is_shared: Type.Boolean(), ...content }), reply: TaskViewSchema,
  },
  /** 409 `stale_view` with `changed_by` if somebody saved it since `version`. */
  update_task_view: {
    method: 'PATCH', path: '/projects/:project_id/views/:view_id', summary: 'Save over a view, rename it, share it', tag: 'Views', access: inProject('view_tasks'), params: viewOf,
    body: Fields({
      version: SmallCount,
      name: Type.Optional(Line(80)), is_shared: Type.Optional(Type.Boolean()),
      filter: Type.Optional(FilterSchema), sort: Type.Optional(Sort), columns: Type.Optional(ViewColumnsSchema),
    }),
    reply: TaskViewSchema,
  },
  delete_task_view: {
    method: 'DELETE', path: '/projects/:project_id/views/:view_id', summary: 'Delete a view', tag: 'Views', access: inProject('view_tasks'), params: viewOf,
  },
  set_my_default_view: {
    method: 'PUT', path: '/projects/:project_id/views/default', summary: 'What my Tasks page opens with; null: all tasks', tag: 'Views', access: inProject('view_tasks'), params: project,
    body: Fields({ view_id: Nullable(Id) }),
  },
  clear_my_default_view: {
    method: 'DELETE', path: '/projects/:project_id/views/default', summary: 'Open with my role’s view again', tag: 'Views', access: inProject('view_tasks'), params: project,
  },
  set_role_default_view: {
    method: 'PUT', path: '/projects/:project_id/views/role-default', summary: 'What the Tasks page of a role opens with', tag: 'Views', access: inProject('manage_project'), params: project,
    body: Fields({ role: Words(VIEWING_ROLES), view_id: Nullable(Id) }),
  },

  count_selection: {
    method: 'POST', path: '/projects/:project_id/tasks/selection-count', summary: 'Exact number of tasks of a selection now', tag: 'Tasks', access: inProject('view_tasks'), params: project,
    body: Fields({ selection: SelectionSchema }), reply: Fields({ total: Count }), ends_with_caller: true,
  },
  /** The tasks and their order are frozen now; the file is there for a day. */
  create_task_file: {
    method: 'POST', path: '/projects/:project_id/task-files', summary: 'Prepare the CSV of a selection', tag: 'Tasks', access: inProject('view_tasks'), params: project,
    body: Fields({
      selection: SelectionSchema,
      columns: Distinct(Words(TASK_FIELD_NAMES as TaskFieldName[] & readonly string[]), { minItems: 1, maxItems: 100 }),
      sort: Type.Optional(Sort),
    }),
    reply: TaskFileSchema,
  },
  get_task_file: {
    method: 'GET', path: '/projects/:project_id/task-files/:file_id', summary: 'How far a CSV is', tag: 'Tasks', access: inProject('view_tasks'), params: fileOf, reply: TaskFileSchema,
  },
  download_task_file: {
    method: 'GET', path: '/projects/:project_id/task-files/:file_id.csv', summary: 'The CSV', tag: 'Tasks', access: inProject('view_tasks'), params: fileOf, reply: 'bytes',
  },
}) // biome-ignore format: a table
