// Projects, their workflow, label schema and batches.
import { Type } from 'typebox'
import { LabelSchemaSchema } from '../model/label-schema.ts'
import { PROJECT_ROLES } from '../model/permission.ts'
import { Count, Fields, Id, Line, Moment, Words } from '../model/schema.ts'
import { STAGE_KINDS, StageSchema } from '../model/workflow.ts'
import { endpointTable, inOrganization, inProject, signedIn } from './endpoint.ts'

/** Settings of a project, with the defaults of a new one. */
export const ProjectSettingsSchema = Fields({
  review_enabled: Type.Boolean(),
  /** Share of submitted tasks that is reviewed, in percent. */
  review_sampling_percent: Type.Number({ minimum: 0, maximum: 100 }),
  /** Seconds without input after which time stops counting. */
  idle_threshold_s: Type.Integer({ minimum: 5, maximum: 3600 }),
  /** Seconds without a heartbeat after which an open task is free again. */
  lease_timeout_s: Type.Integer({ minimum: 60, maximum: 86_400 }),
  allow_skip: Type.Boolean(),
  allow_self_review: Type.Boolean(),
  release_on_import: Type.Boolean(),
})
export const ProjectSchema = Fields({
  id: Id,
  organization_id: Id,
  name: Type.String(),
  description: Type.String(),
  is_sample: Type.Boolean(),
  /** The caller's role; Owners and Admins of the organization act as managers. */
  role: Words(PROJECT_ROLES),
  created_at: Moment,
  settings: ProjectSettingsSchema,
  stages: Type.Array(StageSchema),
})
const ProjectSummarySchema = Fields({
  id: Id,
  organization_id: Id,
  name: Type.String(),
  description: Type.String(),
  is_sample: Type.Boolean(),
  role: Words(PROJECT_ROLES),
  created_at: Moment,
  task_count: Count,
  completed_count: Count,
})
const BatchSchema = Fields({
  id: Id,
  name: Type.String(),
  task_count: Count,
  completed_count: Count,
  created_at: Moment,
})
const VersionedSchemaSchema = Fields({ version: Count, schema: LabelSchemaSchema })
const project = Fields({ project_id: Id })

export const projectEndpoints = endpointTable({
  list_projects: {
    method: 'GET', path: '/projects', summary: 'Projects I may see', tag: 'Projects', access: signedIn, reply: Type.Array(ProjectSummarySchema),
  },
  create_project: {
    method: 'POST', path: '/organizations/:organization_id/projects', summary: 'Create a project', tag: 'Projects',
    access: inOrganization('create_project'), params: Fields({ organization_id: Id }),
    body: Fields({
      name: Line(120),
      description: Type.Optional(Type.String({ maxLength: 2000 })),
      stages: Type.Optional(Type.Array(Fields({ kind: Words(STAGE_KINDS), name: Line(60) }), { minItems: 3, maxItems: 20 })),
      settings: Type.Optional(Type.Partial(ProjectSettingsSchema)),
      schema: Type.Optional(LabelSchemaSchema),
    }),
    reply: ProjectSchema,
  },
  create_sample_project: {
    method: 'POST', path: '/organizations/:organization_id/sample-project', summary: 'Draw and load the sample project', tag: 'Projects',
    access: inOrganization('create_project'), params: Fields({ organization_id: Id }), reply: ProjectSchema,
  },
  get_project: { method: 'GET', path: '/projects/:project_id', summary: 'A project', tag: 'Projects', access: inProject('view_project'), params: project, reply: ProjectSchema },
  update_project: {
    method: 'PATCH', path: '/projects/:project_id', summary: 'Change name, description, settings, stage names', tag: 'Projects',
    access: inProject('manage_project'), params: project,
    body: Fields({
      name: Type.Optional(Line(120)),
      description: Type.Optional(Type.String({ maxLength: 2000 })),
      settings: Type.Optional(Type.Partial(ProjectSettingsSchema)),
      stage_names: Type.Optional(Type.Array(Fields({ id: Id, name: Line(60) }), { maxItems: 20 })),
    }),
    reply: ProjectSchema,
  },
  get_label_schema: {
    method: 'GET', path: '/projects/:project_id/schema', summary: 'The label schema', tag: 'Projects',
    access: inProject('view_project'), params: project, reply: VersionedSchemaSchema,
  },
  put_label_schema: {
    method: 'PUT', path: '/projects/:project_id/schema', summary: 'Replace the label schema', tag: 'Projects',
    access: inProject('manage_project'), params: project,
    body: Fields({ version: Count, schema: LabelSchemaSchema }), reply: VersionedSchemaSchema,
  },
  list_batches: { method: 'GET', path: '/projects/:project_id/batches', summary: 'Batches', tag: 'Projects', access: inProject('view_tasks'), params: project, reply: Type.Array(BatchSchema) },
  create_batch: {
    method: 'POST', path: '/projects/:project_id/batches', summary: 'Create a batch', tag: 'Projects',
    access: inProject('manage_project'), params: project, body: Fields({ name: Line(120) }), reply: BatchSchema,
  },
  rename_batch: {
    method: 'PATCH', path: '/projects/:project_id/batches/:batch_id', summary: 'Rename a batch', tag: 'Projects',
    access: inProject('manage_project'), params: Fields({ project_id: Id, batch_id: Id }), body: Fields({ name: Line(120) }), reply: BatchSchema,
  },
}) // biome-ignore format: a table
