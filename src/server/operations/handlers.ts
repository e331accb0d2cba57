// Bulk operations over the wire.
import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { Failure } from '../../model/failure.ts'
import { mayInProject } from '../../model/permission.ts'
import type { App, Caller, Handlers } from '../handler.ts'
import type { Actor } from '../history/record.ts'
import { titleOf } from '../history/titles.ts'
import { OPERATIONS, operationOfMenu } from './index.ts'
import { wakeOperations } from './lanes.ts'
import * as rows from './operation-queries.ts'
import { previewOperation } from './preview.ts'
import { cursorAfter, FIRST_PLACE, placeOfCursor, resultsOf } from './result-queries.ts'
import { runOperation } from './run.ts'

const DAY_MS = 86_400_000

export const operationHandlers = {
  list_operation_kinds: async ({ project }) =>
    mayInProject(project.role, 'run_operation') === true
      ? OPERATIONS.filter((o) => o.in_menu).map(({ name, title, params }) => ({ name, title, params }))
      : [],

  async preview_operation({ app, project, caller }, request) {
    operationOfMenu(request.name)
    return previewOperation(app, project, caller.person_id, request)
  },

  async run_operation({ app, project, caller }, request) {
    operationOfMenu(request.name)
    return reply(await runOperation(app, project, actorOf(caller), request))
  },

  list_operations: async ({ app }, { project_id, state, before, limit = 50 }) =>
    (await rows.operationsBefore(app.db, project_id, { state: state ?? null, before: before ?? null, limit })).map(
      reply,
    ),

  get_operation: async ({ app }, { project_id, operation_id }) => reply(await existing(app, project_id, operation_id)),

  async list_operation_results({ app }, { project_id, operation_id, outcome = null, cursor, limit = 200 }) {
    await existing(app, project_id, operation_id)
    const page = await resultsOf(app.db, { project_id, operation_id, outcome, after: placeOfCursor(cursor), limit })
    return { results: page.map(({ part: _, ...result }) => result), next_cursor: cursorAfter(page, limit) }
  },

  async download_operation_results({ app }, { project_id, operation_id }) {
    await existing(app, project_id, operation_id)
    return {
      stream: Readable.from(resultsCsv(app, project_id, operation_id)),
      type: 'text/csv; charset=utf-8',
      file_name: `operation-${operation_id}.csv`,
    }
  },

  async cancel_operation({ app }, { project_id, operation_id }) {
    const operation = await existing(app, project_id, operation_id)
    if (operation.state !== 'running') throw new Failure('already_finished', 'This operation is not running any more.')
    await rows.requestCancel(app.db, project_id, operation_id)
    wakeOperations(app)
    return reply(await existing(app, project_id, operation_id))
  },

  async undo_operation({ app, project, caller }, { project_id, operation_id }) {
    const undone = await existing(app, project_id, operation_id)
    if (!isUndoable(undone))
      throw new Failure(
        'not_undoable',
        'Only finished operations of the last 30 days that changed something can be undone.',
      )
    const request = {
      name: 'undo',
      params: { operation_id },
      selection: { ids: [operation_id] },
      key: null,
      undoes_id: operation_id,
    }
    return reply(await runOperation(app, project, actorOf(caller), request))
  },
} satisfies Partial<Handlers>

export const actorOf = (caller: Caller): Actor => ({ person_id: caller.person_id, kind: caller.kind })

function reply(row: rows.OperationRow) {
  const { project_id: _project, request_hash: _hash, actor_kind: _kind, ...shown } = row
  return { ...shown, title: titleOf(row.name), is_undoable: isUndoable(row) }
}

function isUndoable(row: rows.OperationRow): boolean {
  return (
    row.state !== 'running' &&
    row.applied > 0 &&
    row.undone_by_id === null &&
    Date.now() - Date.parse(row.created_at) < rows.UNDO_DAYS * DAY_MS
  )
}

async function existing(app: App, project_id: number, id: number): Promise<rows.OperationRow> {
  const row = await rows.operationById(app.db, project_id, id)
  if (!row) throw new Failure('not_found', `There is no operation ${id} in this project.`)
  return row
}

/** Page by page, so that a million results need no more memory than a thousand. */
async function* resultsCsv(app: App, project_id: number, operation_id: number) {
  yield stringify([['task_id', 'name', 'outcome', 'reason', 'person']])
  for (let after = FIRST_PLACE; ; ) {
    const page = await resultsOf(app.db, { project_id, operation_id, outcome: null, after, limit: 1000 })
    if (page.length > 0)
      yield stringify(
        page.map((r) => [r.task_id, r.name, r.outcome ?? 'not reached', r.reason, r.person_name]),
        { escape_formulas: true },
      )
    const last = page.at(-1)
    if (!last || page.length < 1000) return
    after = last
  }
}
