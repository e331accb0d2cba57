// projects/: projects, their settings, workflow and label schema. Not here: members (people/), batches (batches/).
// This file: a new project, checked, then written with its workflow, its label schema and its creator as manager.
import { Failure } from '../../model/failure.ts'
import { type LabelSchema, labelSchemaProblem } from '../../model/label-schema.ts'
import { DEFAULT_STAGES, type StageKind, workflowProblem } from '../../model/workflow.ts'
import type { Tx } from '../db/connect.ts'
import { putProjectMember } from '../people/member-queries.ts'
import { insertProject, type ProjectSettings } from './queries.ts'

type ProjectDraft = {
  name: string
  description?: string
  is_sample?: boolean
  stages?: readonly { kind: StageKind; name: string }[]
  settings?: Partial<ProjectSettings>
  schema?: LabelSchema
}

/**
 * @returns the new project's id
 * @throws Failure invalid_input, naming `stages` or `schema`
 */
export async function createProject(
  tx: Tx,
  organization_id: number,
  creator_id: number,
  draft: ProjectDraft,
): Promise<number> {
  const stages = draft.stages ?? DEFAULT_STAGES
  const schema = draft.schema ?? { classes: [], global_attributes: [] }
  const wrongStages = workflowProblem(stages)
  if (wrongStages) throw new Failure('invalid_input', `stages: ${wrongStages}`, { field: 'stages' })
  const wrongSchema = labelSchemaProblem(schema)
  if (wrongSchema) throw new Failure('invalid_input', `schema: ${wrongSchema}`, { field: 'schema' })
  const project_id = await insertProject(tx, {
    organization_id,
    name: draft.name.trim(),
    description: draft.description?.trim() ?? '',
    is_sample: draft.is_sample ?? false,
    settings: draft.settings ?? {},
    stages,
    schema,
  })
  await putProjectMember(tx, project_id, creator_id, 'manager')
  return project_id
}
