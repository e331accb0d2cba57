// What each column of the Tasks page is in a CSV: fields under their own names, ids and the names behind them.
import type { Task } from '../../contract/tasks.ts'
import type { TaskFieldName } from '../../model/task-fields.ts'

/** What can be read of a task. */
export type CsvSource = Exclude<keyof Task, 'lease'> | 'open_by_id'
/** Only what `reads` of the columns names is there. */
export type CsvTask = Omit<Task, 'lease'> & { open_by_id: number | null }

/** Names behind ids. */
export type CsvNames = {
  stage(id: number): string
  person(id: number): string
  batch(id: number): string
  class(id: number): string
}

export type CsvValue = string | number | boolean | null
type CsvField = { title: string; value: (task: CsvTask, names: CsvNames) => CsvValue }
type CsvColumn = { reads: readonly CsvSource[]; fields: readonly CsvField[] }

/** One field as it is in the table. */
const plain = (name: CsvSource): CsvColumn => ({
  reads: [name],
  fields: [{ title: name, value: (task) => task[name] as CsvValue }],
})

/** `assignee_id` with `assignee` beside it. */
const named = (name: CsvSource, of: keyof CsvNames): CsvColumn => ({
  reads: [name],
  fields: [
    { title: name, value: (task) => task[name] as CsvValue },
    {
      title: name.replace(/_id$/, ''),
      value: (task, names) => (task[name] === null ? null : names[of](task[name] as number)),
    },
  ],
})

/** The grid shows how many entries the timeline has, not those that a cleanup hid. */
const history: CsvColumn = {
  reads: ['event_count', 'history_floor'],
  fields: [{ title: 'event_count', value: (task) => task.event_count - task.history_floor }],
}

/** As data by id, and as words for people. */
const classes: CsvColumn = {
  reads: ['class_counts'],
  fields: [
    { title: 'class_counts', value: (task) => JSON.stringify(task.class_counts) },
    {
      title: 'classes',
      value: (task, names) =>
        Object.entries(task.class_counts)
          .map(([id, count]) => `${names.class(Number(id))} ${count}`)
          .join('; '),
    },
  ],
}

const openNow: CsvColumn = {
  reads: ['open_by_id'],
  fields: [{ title: 'is_open', value: (task) => task.open_by_id !== null }, ...named('open_by_id', 'person').fields],
}

export const CSV_COLUMNS: Record<TaskFieldName, CsvColumn> = {
  // An image has no text; its asset is where it is found.
  thumbnail: plain('asset_id'),
  name: plain('name'),
  stage_id: named('stage_id', 'stage'),
  assignee_id: named('assignee_id', 'person'),
  duration_ms: plain('duration_ms'),
  object_count: plain('object_count'),
  split: plain('split'),
  priority: plain('priority'),
  batch_id: named('batch_id', 'batch'),
  is_skipped: plain('is_skipped'),
  queued_at: plain('queued_at'),
  history,
  class_counts: classes,
  folder: plain('folder'),
  size: { reads: ['width', 'height'], fields: [...plain('width').fields, ...plain('height').fields] },
  is_open: openNow,
  is_returned: plain('is_returned'),
  times_returned: plain('times_returned'),
  review_ms: plain('review_ms'),
  labelled_by_id: named('labelled_by_id', 'person'),
  reviewed_by_id: named('reviewed_by_id', 'person'),
  skip_reason: plain('skip_reason'),
  skipped_by_id: named('skipped_by_id', 'person'),
  created_at: plain('created_at'),
  updated_at: plain('updated_at'),
  completed_at: plain('completed_at'),
  exported_at: plain('exported_at'),
  is_archived: plain('is_archived'),
  id: plain('id'),
}
