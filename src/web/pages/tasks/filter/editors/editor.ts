// editors/: the fields of one condition, by type of column. They make a draft; the form around them applies it.
// This file: what an editor is.
import type { Condition } from '../../../../../model/filter.ts'
import type { TaskFieldName } from '../../../../../model/task-fields.ts'
import type { FilterContext } from '../choices.ts'
import type { Draft } from '../range-draft.ts'

export type EditorProps = {
  field: TaskFieldName
  condition: Condition | null
  context: FilterContext
  onDraft: (draft: Draft) => void
}
export type Scalar = string | number | null
/** The values of “is one of” and “is none of”. */
export const listOf = (c: Condition | null): Scalar[] =>
  c && (c.op === 'any_of' || c.op === 'none_of') && Array.isArray(c.value) ? (c.value as Scalar[]) : []
