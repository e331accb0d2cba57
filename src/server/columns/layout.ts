// columns/: the column index, which answers the Tasks page of large projects from memory (docs/decisions/0009).
// Not here: what a filter or an order means in SQL, which is tasks/filter-queries.ts. This file: what is held, and how.
import { SKIP_REASONS, SPLITS } from '../../model/task.ts'
import { FILTER_FIELD_NAMES, FILTER_FIELDS, type FilterFieldName, type FilterType } from '../../model/task-fields.ts'

/**
 * ids: the ascending ids, which are the rows · codes: few values, each a small number in a dictionary · numbers: whole
 * numbers · moments: ms since epoch, NaN for null · classes: class id → count · names: bytes, searched and ranked.
 */
export type ColumnKind = 'ids' | 'codes' | 'numbers' | 'moments' | 'classes' | 'names'

/** How a column's values travel from the database: one run of bytes per column, in the order of the ids. */
export type WireType = 'int4' | 'int8' | 'flag' | 'word' | 'moment' | 'text' | 'classes'

export type HeldColumn = {
  name: FilterFieldName
  kind: ColumnKind
  wire: WireType
  /** word: the closed list of values, 1 for the first; 0 means null. */
  words: readonly string[]
  /** Set when the task is made and never again, so only new tasks are read for it. */
  is_fixed: boolean
}

/** Counted by facets, so held as codes although they are numbers. */
const COUNTED: ReadonlySet<FilterFieldName> = new Set(['priority'])
const FIXED: ReadonlySet<FilterFieldName> = new Set(['id', 'name', 'folder', 'width', 'height', 'created_at'])

const KINDS: Partial<Record<FilterType, { kind: ColumnKind; wire: WireType; words?: readonly string[] }>> = {
  id: { kind: 'ids', wire: 'int8' },
  text: { kind: 'codes', wire: 'text' },
  number: { kind: 'numbers', wire: 'int4' },
  duration: { kind: 'numbers', wire: 'int8' },
  moment: { kind: 'moments', wire: 'moment' },
  flag: { kind: 'codes', wire: 'flag' },
  stage: { kind: 'codes', wire: 'int4' },
  person: { kind: 'codes', wire: 'int8' },
  batch: { kind: 'codes', wire: 'int8' },
  split: { kind: 'codes', wire: 'word', words: SPLITS },
  reason: { kind: 'codes', wire: 'word', words: SKIP_REASONS },
  classes: { kind: 'classes', wire: 'classes' },
}

function held(name: FilterFieldName): HeldColumn[] {
  // Leases run out by themselves, without a change of the task.
  const found = name === 'is_open' ? undefined : KINDS[FILTER_FIELDS[name].type]
  if (!found) return []
  const kind = name === 'name' ? 'names' : COUNTED.has(name) ? 'codes' : found.kind
  return [{ name, kind, wire: found.wire, words: found.words ?? [], is_fixed: FIXED.has(name) }]
}

/** Everything that can be filtered or sorted by and lives on the task's row. */
export const HELD_COLUMNS: readonly HeldColumn[] = FILTER_FIELD_NAMES.flatMap(held)
const BY_NAME = new Map(HELD_COLUMNS.map((c) => [c.name, c]))

export const heldColumn = (name: FilterFieldName): HeldColumn | undefined => BY_NAME.get(name)
