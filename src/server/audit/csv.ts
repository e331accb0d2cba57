// The audit log as CSV, page by page, so that a million lines need no more memory than a thousand.
import { stringify } from 'csv-stringify/sync'
import type { Queryable } from '../db/connect.ts'
import type { Place } from './cursor.ts'
import { entriesAfter, type Search } from './page.ts'
import type { Entry } from './queries.ts'

const COLUMNS = [
  'at', 'what', 'actor', 'actor_kind', 'task_id', 'task_name', 'operation_id', 'before', 'after', 'note', 'total', 'applied', 'unchanged', 'refused',
] as const // biome-ignore format: one list
const PAGE = 1000

export async function* auditCsv(db: Queryable, search: Search): AsyncGenerator<string> {
  yield stringify([[...COLUMNS]])
  for (let after: Place | null = null; ; ) {
    const page: Entry[] = await entriesAfter(db, search, after, PAGE)
    if (page.length > 0) yield stringify(page.map(lineOf), { escape_formulas: true })
    if (page.length < PAGE) return
    after = page.at(-1)?.place ?? null
  }
}

type Line = Partial<Record<(typeof COLUMNS)[number], string | number | null>>

function lineOf(entry: Entry): (string | number | null)[] {
  const line: Line = {
    at: entry.at,
    actor: entry.actor_name,
    actor_kind: entry.actor_kind,
    ...ofType(entry),
  }
  return COLUMNS.map((c) => line[c] ?? null)
}

function ofType({ task, event, operation, import: imported, export: exported }: Entry): Line {
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value))
  if (event)
    return {
      what: event.kind,
      task_id: task?.id ?? null,
      task_name: task?.name ?? null,
      operation_id: event.operation_id,
      before: json(event.before),
      after: json(event.after),
      note: event.note,
    }
  if (operation) {
    const { id, name, params, total, applied, unchanged, refused } = operation
    return { what: name, operation_id: id, after: json(params as object), total, applied, unchanged, refused }
  }
  if (imported)
    return {
      what: `import_${imported.kind}`,
      operation_id: imported.operation_id,
      note: imported.source,
      applied: imported.created_count,
      unchanged: imported.duplicate_count,
      refused: imported.rejected_count,
    }
  return { what: 'export', note: exported?.format ?? null, total: exported?.task_count ?? null }
}
