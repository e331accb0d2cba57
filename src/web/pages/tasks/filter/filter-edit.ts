// filter/: the filter of the page: chips, editors of conditions, the search box. The filter itself is model/filter.ts.
// This file: changes of a filter. Pure.
import {
  type Condition,
  conditionsOf,
  type Filter,
  type FilterItem,
  isGroup,
  MAX_CONDITIONS,
  namesField,
  partsOf,
} from '../../../../model/filter.ts'
import type { FilterFieldName } from '../../../../model/task-fields.ts'

/** Where a condition stands: which item of the filter, and which of the item's conditions. */
export type Place = { item: number; part: number }

export const isFull = (filter: Filter): boolean => conditionsOf(filter).length >= MAX_CONDITIONS

/** One condition stands alone, several are a group, none is no item. */
const itemsOf = (parts: readonly Condition[]): FilterItem[] => (parts.length > 1 ? [{ any: [...parts] }] : [...parts])

const withParts = (
  filter: Filter,
  item: number,
  change: (parts: readonly Condition[]) => readonly Condition[],
): Filter => ({
  conditions: filter.conditions.flatMap((it, i) => (i === item ? itemsOf(change(partsOf(it))) : [it])),
})

export const withCondition = (filter: Filter, condition: FilterItem): Filter => ({
  conditions: [...filter.conditions, condition],
})
export const withPart = (filter: Filter, { item, part }: Place, condition: Condition): Filter =>
  withParts(filter, item, (parts) => parts.map((c, i) => (i === part ? condition : c)))
/** “… or this”: the item becomes a group. */
export const withAlternative = (filter: Filter, item: number, condition: Condition): Filter =>
  withParts(filter, item, (parts) => [...parts, condition])
export const withoutPart = (filter: Filter, { item, part }: Place): Filter =>
  withParts(filter, item, (parts) => parts.filter((_, i) => i !== part))
export const withoutItem = (filter: Filter, item: number): Filter => withParts(filter, item, () => [])

type Choice = string | number | null
const choicesOf = (c: Condition): readonly unknown[] => (Array.isArray(c.value) ? c.value : [])
/** Only a condition that stands alone: within a group it does not hold for all. */
const isChoiceOf = (item: FilterItem, field: FilterFieldName): item is Condition =>
  !isGroup(item) && item.field === field && item.op === 'any_of'

/** Whether “field is one of …” holds this choice. */
export function hasChoice(filter: Filter, field: FilterFieldName, choice: Choice): boolean {
  return filter.conditions.some((item) => isChoiceOf(item, field) && choicesOf(item).includes(choice))
}

/** Adds the choice to “field is one of …”, or takes it away; a condition without choices goes. */
export function toggleChoice(filter: Filter, field: FilterFieldName, choice: Choice): Filter {
  const item = filter.conditions.findIndex((it) => isChoiceOf(it, field))
  if (item < 0) return withCondition(filter, { field, op: 'any_of', value: [choice] })
  const choices = choicesOf(filter.conditions[item] as Condition) as Choice[]
  const next = choices.includes(choice) ? choices.filter((c) => c !== choice) : [...choices, choice]
  return withParts(filter, item, () => (next.length === 0 ? [] : [{ field, op: 'any_of', value: next }]))
}

export function hasFlag(filter: Filter, field: FilterFieldName): boolean {
  return filter.conditions.some((it) => !isGroup(it) && it.field === field && it.op === 'equals' && it.value === true)
}

/** “field is true”, or no condition on it. */
export function toggleFlag(filter: Filter, field: FilterFieldName): Filter {
  const others = { conditions: filter.conditions.filter((item) => isGroup(item) || !namesField(item, field)) }
  return hasFlag(filter, field) ? others : withCondition(others, { field, op: 'equals', value: true })
}

const isSearch = (item: FilterItem): item is Condition =>
  !isGroup(item) && item.field === 'name' && item.op === 'contains'

/** The text of the search box: the first “name contains …”. */
export function searchOf(filter: Filter): string {
  return String(filter.conditions.find(isSearch)?.value ?? '')
}

export function withSearch(filter: Filter, text: string): Filter {
  const item = filter.conditions.findIndex(isSearch)
  const search: Condition = { field: 'name', op: 'contains', value: text }
  if (item < 0) return text === '' ? filter : withCondition(filter, search)
  return withParts(filter, item, () => (text === '' ? [] : [search]))
}

export type ChipItem = { item: number; parts: readonly Condition[] }

/** Items shown as chips, with their places: all but the one in the search box. */
export function chipsOf(filter: Filter): ChipItem[] {
  const inSearch = filter.conditions.findIndex(isSearch)
  return filter.conditions.map((it, item) => ({ item, parts: partsOf(it) })).filter(({ item }) => item !== inSearch)
}
