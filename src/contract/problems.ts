// Problems of assets: reported by whoever works on the task, seen and resolved by managers.
import { Type } from 'typebox'
import { PROBLEM_NOTE_MAX, PROBLEM_REASONS, ProblemSchema } from '../model/problem.ts'
import { Count, Fields, Id, Words } from '../model/schema.ts'
import { endpointTable, inProject } from './endpoint.ts'
import { NamedPersonSchema } from './people.ts'

const taskOf = Fields({ project_id: Id, task_id: Id })
const people = Type.Array(NamedPersonSchema)

export const problemEndpoints = endpointTable({
  list_open_problems: {
    method: 'GET', path: '/projects/:project_id/problems', summary: 'Reported and not resolved, oldest first, at most 200', tag: 'Problems', access: inProject('view_tasks'), params: Fields({ project_id: Id }),
    reply: Fields({
      total: Count,
      problems: Type.Array(Fields({ ...ProblemSchema.properties, task_id: Id, asset_id: Id, name: Type.String() })),
      people,
    }),
  },
  list_problems: {
    method: 'GET', path: '/projects/:project_id/tasks/:task_id/problems', summary: 'Problems of the asset of a task, open ones first', tag: 'Problems', access: inProject('view_task'), params: taskOf,
    reply: Fields({ problems: Type.Array(ProblemSchema), people }),
  },
  /** Needs no lease. While mine with this reason is open, reporting it again changes nothing. */
  report_problem: {
    method: 'POST', path: '/projects/:project_id/tasks/:task_id/problems', summary: 'Report a problem of the asset', tag: 'Problems', access: inProject('comment'), params: taskOf,
    body: Fields({ reason: Words(PROBLEM_REASONS), /** Required for “other”. */ note: Type.Optional(Type.String({ maxLength: PROBLEM_NOTE_MAX })) }),
    reply: ProblemSchema,
  },
  /** Of two who resolve at once, the first one is named. */
  resolve_problem: {
    method: 'POST', path: '/projects/:project_id/tasks/:task_id/problems/:problem_id/resolve', summary: 'A reported problem is dealt with', tag: 'Problems', access: inProject('manage_project'),
    params: Fields({ project_id: Id, task_id: Id, problem_id: Id }), reply: ProblemSchema,
  },
}) // biome-ignore format: a table
