// The tasks of a CSV as its lines, written by the database: a row that becomes an object here, and a text again, costs three
// times as much, and what is left of a million of them fills a hundred megabytes before anything is thrown away.
import { type RawBuilder, sql } from 'kysely'
import type { Task } from '../../contract/tasks.ts'
import type { LabelClass } from '../../model/label-schema.ts'
import type { TaskFieldName } from '../../model/task-fields.ts'
import { ids } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'

/** A cell of `task t` and what it joins, quoted where it has to be; null is empty. `k.classes`: their names by id. */
type Cell = RawBuilder<string | null>
type CsvField = { title: string; cell: Cell; join?: RawBuilder<unknown> }
type TaskColumn = Exclude<keyof Task, 'lease'>

const column = (name: TaskColumn) => sql.ref(`t.${name}`)

/** Numbers and flags: as they are, they need no quotes. */
const plain = (name: TaskColumn): CsvField => ({ title: name, cell: sql`${column(name)}::text` })
const text = (name: TaskColumn): CsvField => ({ title: name, cell: sql`csv_cell(${column(name)})` })
/** ISO 8601 in UTC, in ms. */
const moment = (name: TaskColumn): CsvField => ({
  title: name,
  cell: sql`to_char(${column(name)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
})

/** `assignee_id` with `assignee` beside it. */
function named(name: `${string}_id` & TaskColumn, table: 'stage' | 'person' | 'batch'): CsvField[] {
  const title = name.replace(/_id$/, '')
  const of = (field: string) => sql.ref(`of_${title}.${field}`)
  const isOfProject = table === 'person' ? sql`` : sql`${of('project_id')} = t.project_id and `
  const join = sql`left join ${sql.table(table)} as ${sql.ref(`of_${title}`)} on ${isOfProject}${of('id')} = ${column(name)}`
  return [plain(name), { title, cell: sql`csv_cell(${of('name')})`, join }]
}

/** As data by id, and as words for people. */
const classes: CsvField[] = [
  {
    title: 'class_counts',
    cell: sql`csv_cell(replace(replace(t.class_counts::text, ': ', ':'), ', ', ','))`,
  },
  {
    title: 'classes',
    cell: sql`csv_cell((
      select string_agg(coalesce(k.classes ->> c.key, '#' || c.key) || ' ' || c.value, '; ' order by c.key::int8)
      from jsonb_each_text(t.class_counts) c))`,
  },
]

const openNow: CsvField[] = [
  {
    title: 'is_open',
    cell: sql`(l.person_id is not null)::text`,
    join: sql`left join task_lease l on l.project_id = t.project_id and l.task_id = t.id and l.expires_at > now()`,
  },
  { title: 'open_by_id', cell: sql`l.person_id::text` },
  { title: 'open_by', cell: sql`csv_cell(o.name)`, join: sql`left join person o on o.id = l.person_id` },
]

/** What each column of the Tasks page is in a CSV. */
export const CSV_COLUMNS: Record<TaskFieldName, readonly CsvField[]> = {
  // An image has no text; its asset is where it is found.
  thumbnail: [plain('asset_id')],
  name: [text('name')],
  stage_id: named('stage_id', 'stage'),
  assignee_id: named('assignee_id', 'person'),
  duration_ms: [plain('duration_ms')],
  object_count: [plain('object_count')],
  split: [text('split')],
  priority: [plain('priority')],
  batch_id: named('batch_id', 'batch'),
  is_skipped: [plain('is_skipped')],
  queued_at: [moment('queued_at')],
  // The grid shows how many entries the timeline has, not those that a cleanup hid.
  history: [{ title: 'event_count', cell: sql`(t.event_count - t.history_floor)::text` }],
  class_counts: classes,
  folder: [text('folder')],
  size: [plain('width'), plain('height')],
  is_open: openNow,
  is_returned: [plain('is_returned')],
  times_returned: [plain('times_returned')],
  review_ms: [plain('review_ms')],
  labelled_by_id: named('labelled_by_id', 'person'),
  reviewed_by_id: named('reviewed_by_id', 'person'),
  skip_reason: [text('skip_reason')],
  skipped_by_id: named('skipped_by_id', 'person'),
  created_at: [moment('created_at')],
  updated_at: [moment('updated_at')],
  completed_at: [moment('completed_at')],
  exported_at: [moment('exported_at')],
  is_archived: [plain('is_archived')],
  id: [plain('id')],
}

/**
 * Lines of some tasks, in the order of their ids here. No byte order mark in a CSV: every reader that names the encoding
 * does without, and some take it for a part of the first title.
 */
export async function csvLines(
  db: Queryable,
  project_id: number,
  taskIds: readonly number[],
  fields: readonly CsvField[],
  schemaClasses: readonly LabelClass[],
): Promise<{ lines: string; written: number }> {
  const names = JSON.stringify(Object.fromEntries(schemaClasses.map((c) => [c.id, c.name])))
  const cells = fields.map((f) => sql`coalesce(${f.cell}, '')`)
  const joins = fields.flatMap((f) => f.join ?? [])
  const { rows } = await sql<{ lines: string | null; written: number }>`
    select string_agg(concat_ws(',', ${sql.join(cells)}) || E'\\r\\n', '' order by w.place) as lines, count(*) as written
    from unnest(${ids(taskIds)}) with ordinality as w(id, place)
    join task t on t.project_id = ${project_id} and t.id = w.id
    cross join (select ${names}::jsonb as classes) k ${sql.join(joins, sql` `)}`.execute(db)
  return { lines: rows[0]?.lines ?? '', written: rows[0]?.written ?? 0 }
}
