// selections/: what can be had of a selection besides changing it: how many it holds, and its tasks as CSV.
// What a selection means is tasks/filter-queries.ts; operations on it live in operations/.
import { Readable } from 'node:stream'
import { Failure } from '../../model/failure.ts'
import { requireAllFound } from '../../model/selection.ts'
import type { App, Caller, Handlers, ProjectScope } from '../handler.ts'
import { orderOf } from '../tasks/filter-queries.ts'
import { taskCsv } from './csv.ts'
import { countSelection, freezeTaskFile, type TaskFileRow, taskFileOf } from './queries.ts'

export const selectionHandlers = {
  async count_selection({ app }, { project_id, selection }) {
    const total = await countSelection(app.db, project_id, selection)
    requireAllFound(selection, total)
    return { total }
  },

  async create_task_file({ app, project, caller }, { project_id, selection, columns, sort }) {
    const wanted = { person_id: caller.person_id, selection, columns, order: orderOf(sort ?? undefined) }
    const id = await app.db.transaction().execute(async (tx) => {
      const frozen = await freezeTaskFile(tx, project_id, wanted)
      requireAllFound(selection, frozen.total)
      if (frozen.total === 0)
        throw new Failure('empty_selection', 'selection: no task matches, so there is nothing to write.')
      return frozen.id
    })
    return reply(project, await existing(app, project, caller, id))
  },

  get_task_file: async ({ app, project, caller }, { file_id }) =>
    reply(project, await existing(app, project, caller, file_id)),

  async download_task_file({ app, project, caller }, { file_id }) {
    const file = await existing(app, project, caller, file_id)
    return {
      stream: Readable.from(taskCsv(app.db, project, file)),
      type: 'text/csv; charset=utf-8',
      file_name: nameOf(project, file),
    }
  },
} satisfies Partial<Handlers>

/** Only the person who asked for it gets it. */
async function existing(app: App, project: ProjectScope, caller: Caller, id: number): Promise<TaskFileRow> {
  const file = await taskFileOf(app.db, project.row.id, id, caller.person_id)
  if (!file) throw new Failure('not_found', `There is no file ${id} of yours. Files are kept for a day; make it anew.`)
  return file
}

const nameOf = (project: ProjectScope, file: TaskFileRow) => `${project.row.name}-tasks-${file.id}.csv`

function reply(project: ProjectScope, file: TaskFileRow) {
  const { person_id: _person, columns: _columns, ...shown } = file
  return { ...shown, name: nameOf(project, file) }
}
