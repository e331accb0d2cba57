// The revisions of a task, for whoever compares.
import { Failure } from '../../model/failure.ts'
import type { Handlers } from '../handler.ts'
import { namesOfPeople } from '../tasks/queries.ts'
import { peopleOfObjects, revisionById, revisionsOf } from './revision-queries.ts'

export const annotationHandlers = {
  async list_revisions({ app }, { project_id, task_id }) {
    const found = await revisionsOf(app.db, project_id, task_id)
    if (!found) throw new Failure('not_found', `There is no task ${task_id} in this project.`)
    const drawn = await peopleOfObjects(app.db, project_id, task_id, found.current_id)
    const { revisions, steps } = found
    const people = [...revisions.map((r) => r.author_id), ...steps.map((s) => s.person_id), ...drawn]
    return { ...found, people: await namesOfPeople(app.db, people) }
  },

  async get_revision({ app }, { project_id, task_id, revision_id }) {
    const document = await revisionById(app.db, project_id, task_id, revision_id)
    if (!document) throw new Failure('not_found', `Revision ${revision_id} of this task is not kept any more.`)
    return { id: revision_id, document }
  },
} satisfies Partial<Handlers>
