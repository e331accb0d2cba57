// A project as the wire has it.
import type { Static } from 'typebox'
import type { ProjectSchema } from '../../contract/projects.ts'
import type { ProjectScope } from '../handler.ts'

/** The caller's role comes with the scope. */
export function projectReply({ row, role, workflow }: ProjectScope): Static<typeof ProjectSchema> {
  const { id, organization_id, name, description, is_sample, created_at, ...settings } = row
  return { id, organization_id, name, description, is_sample, role, created_at, settings, stages: [...workflow] }
}
