// Runs of Auto split over the wire.
import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { Failure } from '../../model/failure.ts'
import type { App, Handlers } from '../handler.ts'
import { keptSplitRun, type SplitRunTask, splitRunPart, splitRunParts, splitRunsBefore } from './queries.ts'

export const splitRunHandlers = {
  list_split_runs: ({ app }, { project_id, before, limit = 20 }) =>
    splitRunsBefore(app.db, project_id, before ?? null, limit),

  async download_split_run({ app }, { project_id, operation_id, format = 'csv' }) {
    const run = await keptSplitRun(app.db, project_id, operation_id)
    if (!run) throw new Failure('not_found', `There is no run of Auto split ${operation_id} in this project.`)
    const pages = partsOf(app, project_id, operation_id, run.params.group_by ?? null)
    return {
      stream: Readable.from(format === 'csv' ? csv(pages) : json({ operation_id, ...run }, pages)),
      type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      file_name: `split-${operation_id}.${format}`,
    }
  },
} satisfies Partial<Handlers>

/** Part by part, so that a million tasks need no more memory than a thousand. */
async function* partsOf(app: App, project_id: number, operation_id: number, group: Parameters<typeof splitRunPart>[4]) {
  for (const number of await splitRunParts(app.db, project_id, operation_id))
    yield await splitRunPart(app.db, project_id, operation_id, number, group)
}

const COLUMNS = ['task_id', 'name', 'folder', 'key', 'group_key', 'split'] as const

async function* csv(parts: AsyncIterable<SplitRunTask[]>) {
  yield stringify([COLUMNS])
  for await (const part of parts) yield stringify(part.map((t) => COLUMNS.map((c) => t[c])), { escape_formulas: true }) // biome-ignore format: one loop
}

/** `{operation_id, params, report, created_at, tasks: […]}`, a task a line. */
async function* json(head: object, parts: AsyncIterable<SplitRunTask[]>) {
  yield `${JSON.stringify(head).slice(0, -1)},"tasks":[`
  let separator = '\n'
  for await (const part of parts) {
    yield separator + part.map((t) => JSON.stringify(t)).join(',\n')
    separator = ',\n'
  }
  yield '\n]}\n'
}
