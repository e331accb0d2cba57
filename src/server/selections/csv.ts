// A frozen selection as CSV, page by page: a million rows need no more memory than a few thousand.
import type { TaskFieldName } from '../../model/task-fields.ts'
import type { Database } from '../db/connect.ts'
import type { ProjectScope } from '../handler.ts'
import { labelSchemaOf } from '../projects/schema-queries.ts'
import { CSV_COLUMNS, csvLines } from './csv-queries.ts'
import { frozenIds, setProgress, type TaskFileRow } from './queries.ts'

/** Rows of one statement, some 100 KB: on the embedded database everybody else waits for it, some 20 ms. */
const PAGE = 1000
/** Ids in memory, and how often the progress is written down. */
const SLICE = 20 * PAGE

/** Ends when the reader goes away: the stream then calls `return()`, and no further page is read. */
export async function* taskCsv(db: Database, project: ProjectScope, file: TaskFileRow): AsyncGenerator<string> {
  const project_id = project.row.id
  const fields = file.columns.flatMap((name: TaskFieldName) => CSV_COLUMNS[name])
  let written = 0
  let state: TaskFileRow['state'] = 'stopped'
  try {
    const { schema } = await labelSchemaOf(db, project_id)
    await setProgress(db, project_id, file.id, { written, state: 'writing' })
    yield `${fields.map((f) => f.title).join(',')}\r\n`
    for (let from = 0; from < file.total; from += SLICE) {
      const slice = await frozenIds(db, project_id, file.id, from, SLICE)
      for (let i = 0; i < slice.length; i += PAGE) {
        const page = await csvLines(db, project_id, slice.slice(i, i + PAGE), fields, schema.classes)
        if (page.written > 0) yield page.lines
        written += page.written
      }
      await setProgress(db, project_id, file.id, { written, state: 'writing' })
    }
    state = 'done'
  } finally {
    // At the end of the server the database may be gone before its readers are.
    await setProgress(db, project_id, file.id, { written, state }).catch(() => {})
  }
}
