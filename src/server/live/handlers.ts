// The stream of an open page over the wire.
import { mayInProject } from '../../model/permission.ts'
import type { Handlers } from '../handler.ts'

export const liveHandlers = {
  follow_project: async ({ app, project, caller, identify }) => ({
    stream: await app.live.follow(project.row.id, {
      person_id: caller.person_id,
      mayFollowOperations: mayInProject(project.role, 'run_operation') === true,
      isSignedIn: async () => (await identify())?.person_id === caller.person_id,
    }),
    type: 'text/event-stream',
  }),
} satisfies Partial<Handlers>
