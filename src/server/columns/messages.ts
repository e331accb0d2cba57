// What the server's thread and the index's thread say to each other.
import type { Condition } from '../../model/filter.ts'
import type { FilterFieldName } from '../../model/task-fields.ts'
import type { Value } from './code-column.ts'
import type { OrderKey } from './key-order.ts'
import type { WireRows } from './table.ts'

/** Tasks that the database found for a condition that the index cannot answer, or all others: ids ascending, 8 bytes each. */
export type FoundTasks = { tasks: Uint8Array; others: boolean }
export type IndexCondition = Condition | FoundTasks
/** Conditions that all hold; of a group, any. Texts are in lower case, and what is not said about archived tasks is said. */
export type IndexFilter = readonly (IndexCondition | { any: readonly IndexCondition[] })[]

/** `keys`: what each value of the column's dictionary is sorted by, where that is not the value itself. */
export type IndexOrder = { field: FilterFieldName; descending: boolean; keys: readonly OrderKey[] | null }

/** `last_key`: what the last row is sorted by, moments as ms since epoch. */
export type IndexPage = { ids: number[]; last_key: OrderKey; has_more: boolean }
export type Place = { key: OrderKey; id: number } | { offset: number }

export type Measure = { filter: IndexFilter } & (
  | { what: 'total' }
  /** Number of tasks per value, without those of none. */
  | { what: 'counts'; field: FilterFieldName }
  | { what: 'sum'; field: FilterFieldName }
)
export type Counts = { value: Value; total: number }[]

/** Each question with its answer. `now`: ms since epoch, by the database's clock. */
export type Questions = {
  begin: [{ expected: number }, null]
  /** @returns how many tasks there are now */
  insert: [{ rows: WireRows }, number]
  /** Everything is in: makes what first questions would wait for. */
  finish: [object, { rows: number; bytes: number }]
  /** @returns ids that are not known yet */
  apply: [{ rows: WireRows }, number[]]
  drop: [object, null]
  /** The column's dictionary. */
  values: [{ field: FilterFieldName }, Value[]]
  /** null: the dictionary has grown since `keys` were made; ask for it again. */
  page: [{ filter: IndexFilter; order: IndexOrder; place: Place | null; limit: number; now: number }, IndexPage | null]
  measure: [{ measures: readonly Measure[]; now: number }, (number | Counts)[]]
  row: [
    { filter: IndexFilter; order: IndexOrder; task_id: number | null; name: string; now: number },
    { row: number; task_id: number } | 'none' | null,
  ]
}
export type Question = keyof Questions
export type Asked<Q extends Question = Question> = {
  id: number
  project_id: number
  question: Q
  input: Questions[Q][0]
}
export type Answered = { id: number; answer: unknown } | { id: number; error: string }
