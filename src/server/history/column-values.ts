// The columns that a change may set, and how their values for many tasks travel to an UPDATE.
import { type RawBuilder, sql } from 'kysely'
import type { TaskPatch } from '../../model/task.ts'
import { array } from '../db/array.ts'

export type PatchColumn = keyof TaskPatch & string
type Scalar = string | number | boolean | null

/** PostgreSQL types of the columns a change may set. */
const COLUMN_TYPES: Record<PatchColumn, string> = {
  stage_id: 'int4',
  assignee_id: 'int8',
  stage_assignees: 'jsonb',
  is_returned: 'bool',
  times_returned: 'int4',
  split: 'text',
  split_source: 'text',
  is_split_locked: 'bool',
  priority: 'int4',
  batch_id: 'int8',
  is_skipped: 'bool',
  skip_reason: 'text',
  skip_note: 'text',
  skipped_by_id: 'int8',
  skipped_at: 'timestamptz',
  skipper_ids: 'jsonb',
  queued_at: 'timestamptz',
  is_archived: 'bool',
  duration_ms: 'int8',
  review_ms: 'int8',
  duration_floor: 'int8',
  revision_id: 'int8',
  object_count: 'int4',
  class_counts: 'jsonb',
  history_floor: 'int4',
  generation: 'int4',
  labelled_by_id: 'int8',
  reviewed_by_id: 'int8',
  completed_at: 'timestamptz',
  exported_at: 'timestamptz',
}

/** @throws Error if changes may not set the column */
export function columnType(column: PatchColumn): string {
  const type = COLUMN_TYPES[column]
  if (!type) throw new Error(`column ${column} is not written by changes`)
  return type
}

/** As a parameter of that type. */
export function scalar(value: unknown, type: string): Scalar {
  if (value === null || value === undefined) return null
  return type === 'jsonb' ? JSON.stringify(value) : (value as Scalar)
}

/** `k`: values that stand beside the rows of a statement, one per row, in their order. */
export class ValuesBeside {
  /** By the name of the values, in no other order than they were asked for. */
  readonly lists = new Map<string, RawBuilder<unknown>>()

  /** A value that all share travels once; the others as one array. @param name of the values, each once in a statement */
  per(name: string, type: string, values: readonly Scalar[]): RawBuilder<unknown> {
    const first = values[0] ?? null
    if (values.every((v) => v === first))
      return sql`cast(cast(${first === null ? null : String(first)} as text) as ${sql.raw(type)})`
    this.lists.set(name, array(values, type === 'jsonb' ? 'text' : type))
    return type === 'jsonb' ? sql`cast(${sql.ref(`k.${name}`)} as jsonb)` : sql.ref(`k.${name}`)
  }

  /** Beside rows `u`, whose `place` counts from 1. */
  join(): RawBuilder<unknown> {
    if (this.lists.size === 0) return sql``
    const names = sql.join([...this.lists.keys(), 'place'].map((name) => sql.ref(name)))
    return sql`join unnest(${sql.join([...this.lists.values()])}) with ordinality as k(${names}) on k.place = u.place`
  }
}
