// editors/: the fields of one condition, by type. They make a draft; the form around them applies it.
// This file: what an editor is.
import type { Condition, Filter } from '../../../../../model/filter.ts'
import type { FilterFieldName } from '../../../../../model/task-fields.ts'
import type { FilterContext } from '../choices.ts'
import type { Draft } from '../range-draft.ts'

export type EditorProps = {
  field: FilterFieldName
  condition: Condition | null
  /** The whole filter, for the counts beside choices. */
  filter: Filter
  context: FilterContext
  onDraft: (draft: Draft) => void
}
export type Scalar = string | number | null
/** The values of “is one of” and “is none of”; “is” has one. */
export function listOf(c: Condition | null): Scalar[] {
  if (c?.op === 'equals') return [c.value as Scalar]
  return c && (c.op === 'any_of' || c.op === 'none_of') && Array.isArray(c.value) ? (c.value as Scalar[]) : []
}
