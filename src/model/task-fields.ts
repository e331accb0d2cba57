// The columns of the Tasks page, one entry each. Reply, filter, sort, grid and CSV follow from here;
// a test compares the list with the database.

export type FieldType =
  | 'id' | 'text' | 'number' | 'duration' | 'moment' | 'flag' | 'stage' | 'person' | 'split' | 'batch'
  | 'classes' | 'thumbnail' | 'history' | 'size' | 'reason' // biome-ignore format: one list

export type TaskField = {
  title: string
  type: FieldType
  sortable: boolean
  filterable: boolean
  /** Shown before anybody chose columns. */
  shown: boolean
  /** Width in px before anybody resized. */
  width: number
}

const field = (title: string, type: FieldType, width: number, flags = ''): TaskField => ({
  title,
  type,
  width,
  sortable: flags.includes('s'),
  filterable: flags.includes('f'),
  shown: flags.includes('v'),
})

/** In the order shown by default. s = sortable, f = filterable, v = shown by default. */
export const TASK_FIELDS = {
  thumbnail: field('Image', 'thumbnail', 64, 'v'),
  name: field('Name', 'text', 220, 'sfv'),
  stage_id: field('Status', 'stage', 150, 'sfv'),
  assignee_id: field('Assignee', 'person', 150, 'sfv'),
  duration_ms: field('Duration', 'duration', 120, 'sfv'),
  object_count: field('Objects', 'number', 90, 'sfv'),
  split: field('Split', 'split', 110, 'sfv'),
  priority: field('Priority', 'number', 90, 'sfv'),
  batch_id: field('Batch', 'batch', 130, 'sfv'),
  is_skipped: field('Skipped', 'flag', 130, 'sfv'),
  queued_at: field('In queue', 'moment', 110, 'sfv'),
  history: field('History', 'history', 90, 'v'),
  class_counts: field('Classes', 'classes', 180, 'f'),
  folder: field('Folder', 'text', 160, 'sf'),
  size: field('Image size', 'size', 110, ''),
  is_open: field('Open now', 'flag', 100, 'f'),
  is_returned: field('Returned', 'flag', 100, 'f'),
  times_returned: field('Times returned', 'number', 120, 'sf'),
  review_ms: field('Review time', 'duration', 120, 'sf'),
  labelled_by_id: field('Last labelled by', 'person', 150, 'f'),
  reviewed_by_id: field('Last reviewed by', 'person', 150, 'f'),
  skip_reason: field('Skip reason', 'reason', 140, 'f'),
  skipped_by_id: field('Skipped by', 'person', 150, 'f'),
  created_at: field('Created', 'moment', 120, 'sf'),
  updated_at: field('Updated', 'moment', 120, 'sf'),
  completed_at: field('Completed', 'moment', 120, 'sf'),
  exported_at: field('Exported', 'moment', 120, 'sf'),
  is_archived: field('Archived', 'flag', 100, 'f'),
  id: field('Task id', 'id', 90, 'sf'),
} as const satisfies Record<string, TaskField>

export type TaskFieldName = keyof typeof TASK_FIELDS
export const TASK_FIELD_NAMES = Object.keys(TASK_FIELDS) as TaskFieldName[]

/** Operators by type of column. */
export const FIELD_OPERATORS: Record<FieldType, readonly Operator[]> = {
  id: ['any_of', 'between'],
  text: ['contains', 'equals', 'is_empty', 'is_not_empty'],
  number: ['equals', 'between', 'any_of'],
  duration: ['between', 'equals'],
  moment: ['between', 'last_days', 'is_empty', 'is_not_empty'],
  flag: ['equals'],
  stage: ['any_of', 'none_of'],
  person: ['any_of', 'none_of', 'is_empty', 'is_not_empty'],
  split: ['any_of', 'none_of', 'is_empty', 'is_not_empty'],
  batch: ['any_of', 'none_of', 'is_empty', 'is_not_empty'],
  classes: ['any_of', 'none_of', 'count_at_least', 'is_empty', 'is_not_empty'],
  reason: ['any_of', 'none_of'],
  thumbnail: [],
  history: [],
  size: [],
}

export const OPERATORS = [
  'equals', 'any_of', 'none_of', 'between', 'last_days', 'contains', 'count_at_least', 'is_empty', 'is_not_empty',
] as const // biome-ignore format: one list
export type Operator = (typeof OPERATORS)[number]
