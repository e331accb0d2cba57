// The sample project over the wire.
import type { Handlers } from '../handler.ts'
import { projectReply } from '../projects/reply.ts'
import { createSampleProject } from './sample-project.ts'

export const sampleHandlers = {
  create_sample_project: async ({ app, caller, organization }) =>
    projectReply(await createSampleProject(app, organization.id, caller.person_id)),
} satisfies Pick<Handlers, 'create_sample_project'>
