// pages/audit/: the project's audit log. This file: its filter as it stands in the address, and as the server takes it. Pure.
import { AUDIT_KIND_NAMES, type AuditKind } from './kinds.ts'

/** `from` and `to` are days of the person's own calendar, `YYYY-MM-DD`, both included. */
export type AuditSearch = {
  kind?: AuditKind
  person?: number
  operation?: number
  from?: string
  to?: string
  task?: string
}

/** What makes no sense in an address is left out. */
export function parseAuditSearch(search: Record<string, unknown>): AuditSearch {
  const found: AuditSearch = {}
  if (AUDIT_KIND_NAMES.includes(search.kind as AuditKind)) found.kind = search.kind as AuditKind
  if (isId(search.person)) found.person = search.person
  if (isId(search.operation)) found.operation = search.operation
  if (isDay(search.from)) found.from = search.from
  if (isDay(search.to)) found.to = search.to
  // A name that is a number arrives as one.
  if (typeof search.task === 'string' || typeof search.task === 'number') {
    const task = String(search.task)
    if (task.trim() !== '') found.task = task
  }
  return found
}

/** The query of list_audit and download_audit. */
export function toQuery({ kind, person, operation, from, to, task }: AuditSearch) {
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(person === undefined ? {} : { person_id: person }),
    ...(operation === undefined ? {} : { operation_id: operation }),
    ...(from === undefined ? {} : { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(to === undefined ? {} : { to: new Date(`${to}T23:59:59.999`).toISOString() }),
    ...(task === undefined ? {} : { task: task.trim() }),
  }
}

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0

export const isDay = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  value >= '1970-01-02' &&
  !Number.isNaN(Date.parse(value))
