// Handlers of the exports part of contract/assets.ts.
import { Failure } from '../../model/failure.ts'
import { requireAllFound } from '../../model/selection.ts'
import type { Handlers } from '../handler.ts'
import { STAMPED_AT_ONCE, stampExported } from '../history/exported.ts'
import { EXPORTS } from './index.ts'
import { type ExportRow, exportById, exportsOf, freezeExport } from './queries.ts'
import { openExport } from './run.ts'
import { STAMP_JOB } from './stamp-job.ts'

export const exportHandlers = {
  async create_export({ app, caller }, { project_id, format, selection, with_images }) {
    const { unique_by } = EXPORTS[format]
    const id = await app.db.transaction().execute(async (tx) => {
      const frozen = await freezeExport(tx, project_id, {
        format,
        selection,
        with_images,
        actor_id: caller.person_id,
        unique_by,
      })
      requireAllFound(selection, frozen.task_count)
      if (frozen.task_count === 0)
        throw new Failure('empty_selection', 'selection: no task matches, so there is nothing to export.')
      // A small set at once; of a large one all tasks would be locked until the last one is stamped.
      if (frozen.task_count <= STAMPED_AT_ONCE) await stampExported(tx, { project_id, id: frozen.id, stamped_to: 0 })
      return frozen.id
    })
    app.background.wake(STAMP_JOB)
    return (await exportById(app.db, project_id, id)) as ExportRow
  },

  list_exports: ({ app }, { project_id }) => exportsOf(app.db, project_id),

  async download_export({ app, project }, { project_id, export_id }) {
    const row = await exportById(app.db, project_id, export_id)
    if (!row) throw new Failure('not_found', `There is no export ${export_id} in this project.`)
    return {
      stream: await openExport(app, project, row),
      type: 'application/zip',
      file_name: `${project.row.name}-${row.format}-${row.id}.zip`,
    }
  },
} satisfies Partial<Handlers>
