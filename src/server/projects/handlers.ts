// Handlers of contract/projects.ts, but for batches (batches/) and the sample project.
import type { projectEndpoints } from '../../contract/projects.ts'
import { Failure } from '../../model/failure.ts'
import { labelSchemaProblem } from '../../model/label-schema.ts'
import { workflowProblem } from '../../model/workflow.ts'
import type { Handlers, ProjectScope } from '../handler.ts'
import { createProject } from './create-project.ts'
import { listProjects } from './list-projects.ts'
import { lockProject, renameStages, updateProject } from './queries.ts'
import { projectReply } from './reply.ts'
import { changeSchema } from './schema-change.ts'
import { labelSchemaOf } from './schema-queries.ts'
import { projectById } from './scope-queries.ts'

/** Elsewhere: batches/ and the sample project. */
type Elsewhere = 'list_batches' | 'create_batch' | 'rename_batch' | 'create_sample_project'

export const projectHandlers = {
  async list_projects({ app, caller }) {
    return listProjects(app, caller.person_id)
  },

  async create_project({ app, caller, organization }, { organization_id: _, ...draft }) {
    const project = await app.db.transaction().execute(async (tx) => {
      const id = await createProject(tx, organization.id, caller.person_id, draft)
      return projectById(tx, id)
    })
    return projectReply(project)
  },

  async get_project({ project }) {
    return projectReply(project)
  },

  async update_project({ app, project }, input) {
    const changed = await app.db.transaction().execute(async (tx) => {
      await lockProject(tx, project.row.id)
      // Read again under the lock: another manager may have renamed a stage meanwhile.
      const { workflow } = await projectById(tx, project.row.id)
      requireStageNames(workflow, input.stage_names ?? [])
      await updateProject(tx, project.row.id, {
        ...input.settings,
        ...(input.name === undefined ? {} : { name: input.name.trim() }),
        ...(input.description === undefined ? {} : { description: input.description.trim() }),
      })
      await renameStages(tx, project.row.id, input.stage_names ?? [])
      return projectById(tx, project.row.id)
    })
    return projectReply({ ...changed, role: project.role })
  },

  async get_label_schema({ app, project }) {
    return labelSchemaOf(app.db, project.row.id)
  },

  async put_label_schema({ app, project }, input) {
    const problem = labelSchemaProblem(input.schema)
    if (problem) throw new Failure('invalid_input', `schema: ${problem}`, { field: 'schema' })
    const version = await changeSchema(app.db, project.row.id, input.version, input.schema)
    return { version, schema: input.schema }
  },
} satisfies Pick<Handlers, Exclude<keyof typeof projectEndpoints, Elsewhere>>

function requireStageNames(workflow: ProjectScope['workflow'], names: readonly { id: number; name: string }[]): void {
  const byId = new Map(names.map((n) => [n.id, n.name]))
  if (byId.size < names.length)
    throw new Failure('invalid_input', 'stage_names: a stage is named twice.', { field: 'stage_names' })
  for (const [i, { id }] of names.entries())
    if (!workflow.some((s) => s.id === id))
      throw new Failure('invalid_input', `stage_names[${i}].id: ${id} is not a stage of this project.`, {
        field: 'stage_names',
      })
  const problem = workflowProblem(workflow.map((s) => ({ kind: s.kind, name: byId.get(s.id) ?? s.name })))
  if (problem) throw new Failure('invalid_input', `stage_names: ${problem}`, { field: 'stage_names' })
}
