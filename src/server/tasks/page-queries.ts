// The rows of one page and the names in them, by id: what every look at the Tasks table reads. Prepared statements that
// give a list of values per column, as one JSON text: for a hundred tasks that is a third of the work that 3,800 separate
// values are for the driver, and for the embedded database one text to hand over.
import type { Task } from '../../contract/tasks.ts'
import { arrayLiteral } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'
import { momentOfJson } from '../db/parse.ts'
import { preparedStatement } from '../db/prepared.ts'

/** The columns of a reply's task, its live lease as two of them. */
const COLUMNS = [
  'id', 'asset_id', 'name', 'folder', 'width', 'height', 'stage_id', 'assignee_id', 'is_returned', 'times_returned', 'split',
  'split_source', 'is_split_locked', 'priority', 'batch_id', 'is_skipped', 'skip_reason', 'skip_note', 'skipped_by_id',
  'skipped_at', 'queued_at', 'is_archived', 'duration_ms', 'review_ms', 'object_count', 'class_counts', 'event_count',
  'history_floor', 'generation', 'labelled_by_id', 'reviewed_by_id', 'completed_at', 'exported_at', 'created_at', 'updated_at',
] as const satisfies readonly (keyof Task)[] // biome-ignore format: one list

type Lists = { [C in (typeof COLUMNS)[number]]: Task[C][] } & { holder_id: (number | null)[]; expires_at: string[] }
const LISTS: readonly (keyof Lists)[] = [...COLUMNS, 'holder_id', 'expires_at']

/** $1: the project, $2: ids. */
const readRows = preparedStatement<{ lists: string }>(
  'rows_of_tasks',
  `select json_build_array(${LISTS.map((name) => `json_agg(${name})`).join(', ')})::text as lists from (
     select ${COLUMNS.map((name) => `t.${name}`).join(', ')}, l.person_id as holder_id, l.expires_at
     from unnest(cast($2::text as int8[])) with ordinality as w(id, n)
     join task t on t.project_id = $1::int8 and t.id = w.id
     left join task_lease l on l.project_id = t.project_id and l.task_id = t.id and l.expires_at > now()
     order by w.n) page`,
)

/** Rows of the table by id, in the order of the ids, without those that are not there. */
export async function tasksByIds(db: Queryable, project_id: number, taskIds: readonly number[]): Promise<Task[]> {
  if (taskIds.length === 0) return []
  const { rows } = await readRows(db, [project_id, arrayLiteral(taskIds)])
  const values = JSON.parse(rows[0]?.lists ?? '[]') as unknown[][]
  const lists = Object.fromEntries(LISTS.map((name, i) => [name, values[i] ?? []])) as Lists
  return lists.id.map((_, i) => taskAt(lists, i))
}

const moment = (text: string | null) => (text === null ? null : momentOfJson(text))

/** Written out: setting 35 names one by one takes 25 times as long, and what it makes takes longer to write as JSON. */
function taskAt(lists: Lists, i: number): Task {
  const holder_id = lists.holder_id[i] ?? null
  return {
    id: lists.id[i]!,
    asset_id: lists.asset_id[i]!,
    name: lists.name[i]!,
    folder: lists.folder[i]!,
    width: lists.width[i]!,
    height: lists.height[i]!,
    stage_id: lists.stage_id[i]!,
    assignee_id: lists.assignee_id[i]!,
    is_returned: lists.is_returned[i]!,
    times_returned: lists.times_returned[i]!,
    split: lists.split[i]!,
    split_source: lists.split_source[i]!,
    is_split_locked: lists.is_split_locked[i]!,
    priority: lists.priority[i]!,
    batch_id: lists.batch_id[i]!,
    is_skipped: lists.is_skipped[i]!,
    skip_reason: lists.skip_reason[i]!,
    skip_note: lists.skip_note[i]!,
    skipped_by_id: lists.skipped_by_id[i]!,
    skipped_at: moment(lists.skipped_at[i]!),
    queued_at: moment(lists.queued_at[i]!),
    is_archived: lists.is_archived[i]!,
    duration_ms: lists.duration_ms[i]!,
    review_ms: lists.review_ms[i]!,
    object_count: lists.object_count[i]!,
    class_counts: lists.class_counts[i]!,
    event_count: lists.event_count[i]!,
    history_floor: lists.history_floor[i]!,
    generation: lists.generation[i]!,
    labelled_by_id: lists.labelled_by_id[i]!,
    reviewed_by_id: lists.reviewed_by_id[i]!,
    completed_at: moment(lists.completed_at[i]!),
    exported_at: moment(lists.exported_at[i]!),
    created_at: momentOfJson(lists.created_at[i]!),
    updated_at: momentOfJson(lists.updated_at[i]!),
    lease: holder_id === null ? null : { person_id: holder_id, expires_at: momentOfJson(lists.expires_at[i]!) },
  }
}
