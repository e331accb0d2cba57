// A page of the audit log: its sources, merged by time.
import { Failure } from '../../model/failure.ts'
import type { Queryable } from '../db/connect.ts'
import { byNewest, type Place } from './cursor.ts'
import * as sources from './queries.ts'
import { type NamedTask, taskEntries } from './task-events.ts'

export type Asked = sources.AuditFilter & { task?: string | undefined }
/** What was asked for, checked and looked up. `tasks` null: of all tasks. */
export type Search = { filter: sources.AuditFilter; tasks: readonly NamedTask[] | null; is_task_cut: boolean }

/** A name that more tasks have than this says too little; each costs its own history (about 1 ms). */
const TASKS_MAX = 50

/** @throws Failure invalid_input */
export async function searchOf(db: Queryable, { task, from, to, ...rest }: Asked): Promise<Search> {
  const filter = { ...rest, from: moment(from, 'from'), to: moment(to, 'to') }
  if (task === undefined) return { filter, tasks: null, is_task_cut: false }
  const found = await sources.tasksNamed(db, filter.project_id, task, TASKS_MAX + 1)
  return { filter, tasks: found.slice(0, TASKS_MAX), is_task_cut: found.length > TASKS_MAX }
}

/** Entries older than a place, newest first; fewer than `limit` only at the end. */
export async function entriesAfter(db: Queryable, { filter, tasks }: Search, after: Place | null, limit: number) {
  if (tasks) return taskEntries(db, filter, tasks, after, limit)
  const found = [
    await sources.stepEntries(db, filter, after, limit),
    await sources.operationEntries(db, filter, after, limit),
    await sources.importEntries(db, filter, after, limit),
    await sources.exportEntries(db, filter, after, limit),
  ]
  return found
    .flat()
    .sort((a, b) => byNewest(a.place, b.place))
    .slice(0, limit)
}

function moment(text: string | undefined, field: string): string | undefined {
  if (text === undefined) return undefined
  const date = new Date(text)
  const year = date.getUTCFullYear()
  if (!/^\d{4}-\d\d-\d\d/.test(text) || !(year >= 1900 && year <= 9999))
    throw new Failure('invalid_input', `query.${field}: must be an ISO 8601 moment like 2026-11-24T18:00:00Z.`)
  return date.toISOString()
}
