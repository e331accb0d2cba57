// The audit log over the wire.
import { Readable } from 'node:stream'
import { Failure } from '../../model/failure.ts'
import type { Handlers } from '../handler.ts'
import { peopleOfEvent } from '../history/page.ts'
import { operationById } from '../operations/operation-queries.ts'
import { cursorAfter, placeOfCursor, resultsOf } from '../operations/result-queries.ts'
import { namesOfPeople } from '../tasks/queries.ts'
import { auditCsv } from './csv.ts'
import { decodePlace, encodePlace } from './cursor.ts'
import { entriesAfter, searchOf } from './page.ts'
import { operationEvents } from './task-events.ts'

const PAGE = 100
/** Tasks of an operation that is opened up. */
const TASKS = 25

export const auditHandlers = {
  async list_audit({ app }, { cursor, limit = PAGE, ...asked }) {
    const search = await searchOf(app.db, asked)
    const found = await entriesAfter(app.db, search, cursor ? decodePlace(cursor) : null, limit + 1)
    const page = found.slice(0, limit)
    const last = found.length > limit ? page.at(-1) : undefined
    return {
      entries: page.map(({ place: _, ...entry }) => entry),
      people: await namesOfPeople(
        app.db,
        page.flatMap((e) => (e.event ? peopleOfEvent(e.event) : [])),
      ),
      next_cursor: last ? encodePlace(last.place) : null,
      is_task_cut: search.is_task_cut,
    }
  },

  async download_audit({ app }, asked) {
    const search = await searchOf(app.db, asked)
    return {
      stream: Readable.from(auditCsv(app.db, search)),
      type: 'text/csv; charset=utf-8',
      file_name: `audit-log-${asked.project_id}.csv`,
    }
  },

  async list_operation_events({ app }, { project_id, operation_id, cursor, limit = TASKS }) {
    if (!(await operationById(app.db, project_id, operation_id)))
      throw new Failure('not_found', `There is no operation ${operation_id} in this project.`)
    const at = { project_id, operation_id, outcome: 'applied', after: placeOfCursor(cursor), limit }
    const page = await resultsOf(app.db, at)
    const tasks = page.map((r) => ({ id: r.task_id, name: r.name }))
    const events = await operationEvents(app.db, project_id, operation_id, tasks)
    return {
      events,
      people: await namesOfPeople(
        app.db,
        events.flatMap((e) => peopleOfEvent(e.event)),
      ),
      next_cursor: cursorAfter(page, limit),
    }
  },
} satisfies Partial<Handlers>
