// What stands in the opened box of a chip or of the button: which column, then its condition.
import { useRef, useState } from 'react'
import { type Condition, type Filter, partsOf } from '../../../../model/filter.ts'
import type { FilterFieldName } from '../../../../model/task-fields.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { ColumnsComing } from './ColumnsComing.tsx'
import type { FilterContext } from './choices.ts'

export const ConditionEditor = lazyPart(
  () => import('./ConditionEditor.tsx'),
  () => <div style={{ height: 180 }} />,
)
export const ColumnList = lazyPart(() => import('./ColumnList.tsx'), ColumnsComing)

/** A new condition, one more alternative of an item, or a condition that is there. */
export type Opened = { kind: 'add' } | { kind: 'or'; item: number } | { kind: 'edit'; item: number; part: number }

type Props = {
  opened: Opened
  filter: Filter
  context: FilterContext
  canGoOn: boolean
  onApply: (condition: Condition, goOn: boolean) => void
  onRemove: (() => void) | null
}

export function FilterForm({ opened, filter, ...rest }: Props) {
  const [field, setField] = useState<FilterFieldName | null>(null)
  const typedAhead = useRef('')
  const item = opened.kind === 'edit' ? filter.conditions[opened.item] : undefined
  const condition = (item && opened.kind === 'edit' && partsOf(item)[opened.part]) || null
  const about = condition?.field ?? field
  if (about === null) return <ColumnList onPick={setField} typedAhead={typedAhead} />
  return <ConditionEditor key={about} field={about} condition={condition} filter={filter} {...rest} />
}
