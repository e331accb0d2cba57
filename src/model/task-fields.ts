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

/** `people`: who did something to a task, or has it open; there may be several · `operation`: a bulk operation · `metadata`: a key and its value. */
export type FilterType = FieldType | 'metadata' | 'people' | 'operation'
export type FilterField = { title: string; type: FilterType; filterable: boolean }

const fact = <T extends FilterType>(title: string, type: T) => ({ title, type, filterable: true })

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
  is_skipped: field('Skipped', 'flag', 180, 'sfv'),
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

/** What a filter asks for beyond the columns: parts of one, and facts that stand elsewhere. No columns of the grid. */
export const FILTER_FACTS = {
  width: fact('Image width', 'number'),
  height: fact('Image height', 'number'),
  open_by_id: fact('Open by', 'people'),
  /** Of the asset. */
  metadata: fact('Metadata', 'metadata'),
  // History, as far as the timeline shows it: at any time, where the columns know the last one only.
  labelled_ever_by: fact('Ever labelled by', 'people'),
  approved_by: fact('Ever approved by', 'people'),
  rejected_by: fact('Ever rejected by', 'people'),
  skipped_ever_by: fact('Ever skipped by', 'people'),
  moved_by_operation: fact('Moved by operation', 'operation'),
  changed_by_operation: fact('Changed by operation', 'operation'),
} as const

/** Everything that can stand in a condition, filterable or not. */
export const FILTER_FIELDS = { ...TASK_FIELDS, ...FILTER_FACTS } satisfies Record<string, FilterField>
export type FilterFieldName = keyof typeof FILTER_FIELDS
export const FILTER_FIELD_NAMES = Object.keys(FILTER_FIELDS) as FilterFieldName[]
export const FILTERABLE_NAMES = FILTER_FIELD_NAMES.filter((name) => FILTER_FIELDS[name].filterable)

export const OPERATORS = [
  'equals', 'any_of', 'none_of', 'between', 'last_days', 'contains', 'count_at_least', 'is_empty', 'is_not_empty',
] as const // biome-ignore format: one list
export type Operator = (typeof OPERATORS)[number]

/** Operators by type. The first one is what an editor begins with. */
export const FIELD_OPERATORS: Record<FilterType, readonly Operator[]> = {
  id: ['any_of', 'none_of', 'equals', 'between'],
  text: ['contains', 'equals', 'any_of', 'none_of', 'is_empty', 'is_not_empty'],
  number: ['between', 'equals', 'any_of', 'none_of'],
  /** Empty is what the grid shows as a dash: no time at all. */
  duration: ['between', 'equals', 'is_empty', 'is_not_empty'],
  moment: ['last_days', 'between', 'is_empty', 'is_not_empty'],
  flag: ['equals'],
  stage: ['any_of', 'none_of', 'equals'],
  person: ['any_of', 'none_of', 'equals', 'is_empty', 'is_not_empty'],
  split: ['any_of', 'none_of', 'equals', 'is_empty', 'is_not_empty'],
  batch: ['any_of', 'none_of', 'equals', 'is_empty', 'is_not_empty'],
  reason: ['any_of', 'none_of', 'equals', 'is_empty', 'is_not_empty'],
  classes: ['any_of', 'none_of', 'count_at_least', 'is_empty', 'is_not_empty'],
  metadata: ['equals', 'any_of', 'none_of', 'contains', 'is_empty', 'is_not_empty'],
  people: ['any_of', 'none_of', 'equals', 'is_empty', 'is_not_empty'],
  operation: ['any_of', 'none_of', 'equals'],
  thumbnail: [],
  history: [],
  size: [],
}
