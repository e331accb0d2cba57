// filter/: the filter of the page: chips, editors of conditions, the search box. The filter itself is model/filter.ts.
// This file: changes of a filter, and what is wrong with one that came from the URL. Pure.
import { type Condition, conditionProblem, type Filter } from '../../../../model/filter.ts'
import { TASK_FIELDS, type TaskFieldName } from '../../../../model/task-fields.ts'
import { isFilter } from '../../../task-search.ts'

const MAX_CONDITIONS = 50
export const isFull = (filter: Filter): boolean => filter.conditions.length >= MAX_CONDITIONS

/** Replaces condition `index`, or adds one when it is null. */
export function withCondition(filter: Filter, index: number | null, condition: Condition): Filter {
  const { conditions } = filter
  return {
    conditions: index === null ? [...conditions, condition] : conditions.map((c, i) => (i === index ? condition : c)),
  }
}

export function withoutCondition(filter: Filter, index: number): Filter {
  return { conditions: filter.conditions.filter((_, i) => i !== index) }
}

type Choice = string | number | null
const choicesOf = (c: Condition): readonly unknown[] => (Array.isArray(c.value) ? c.value : [])

/** Whether “field is one of …” holds this choice. */
export function hasChoice(filter: Filter, field: TaskFieldName, choice: Choice): boolean {
  return filter.conditions.some((c) => c.field === field && c.op === 'any_of' && choicesOf(c).includes(choice))
}

/** Adds the choice to “field is one of …”, or takes it away; a condition without choices goes. */
export function toggleChoice(filter: Filter, field: TaskFieldName, choice: Choice): Filter {
  const index = filter.conditions.findIndex((c) => c.field === field && c.op === 'any_of')
  const condition = filter.conditions[index]
  if (!condition) return withCondition(filter, null, { field, op: 'any_of', value: [choice] })
  const choices = choicesOf(condition) as Choice[]
  const next = choices.includes(choice) ? choices.filter((c) => c !== choice) : [...choices, choice]
  return next.length === 0
    ? withoutCondition(filter, index)
    : withCondition(filter, index, { field, op: 'any_of', value: next })
}

export function hasFlag(filter: Filter, field: TaskFieldName): boolean {
  return filter.conditions.some((c) => c.field === field && c.op === 'equals' && c.value === true)
}

/** “field is true”, or no condition on it. */
export function toggleFlag(filter: Filter, field: TaskFieldName): Filter {
  const others = filter.conditions.filter((c) => c.field !== field)
  return { conditions: hasFlag(filter, field) ? others : [...others, { field, op: 'equals', value: true }] }
}

const isSearch = (c: Condition) => c.field === 'name' && c.op === 'contains'

/** The text of the search box: the first “name contains …”. */
export function searchOf(filter: Filter): string {
  return String(filter.conditions.find(isSearch)?.value ?? '')
}

export function withSearch(filter: Filter, text: string): Filter {
  const index = filter.conditions.findIndex(isSearch)
  if (text === '') return index < 0 ? filter : withoutCondition(filter, index)
  return withCondition(filter, index < 0 ? null : index, { field: 'name', op: 'contains', value: text })
}

/** Conditions shown as chips, with their places: all but the one in the search box. */
export function chipsOf(filter: Filter): { condition: Condition; index: number }[] {
  const inSearch = filter.conditions.findIndex(isSearch)
  return filter.conditions.map((condition, index) => ({ condition, index })).filter(({ index }) => index !== inSearch)
}

/** What is wrong with a filter from outside, as a sentence; null if nothing. */
export function filterProblem(value: unknown): string | null {
  if (value === undefined) return null
  if (!isFilter(value)) return 'filter: this is not a filter.'
  if (value.conditions.length > MAX_CONDITIONS) return `filter: it has more than ${MAX_CONDITIONS} conditions.`
  for (const condition of value.conditions) {
    if (typeof condition !== 'object' || condition === null) return 'filter: this is not a condition.'
    if (!Object.hasOwn(TASK_FIELDS, condition.field)) return `filter: there is no column “${String(condition.field)}”.`
    const problem = conditionProblem(condition) as string | null | undefined
    if (problem === undefined) return `filter: “${String(condition.op)}” is not a way to compare.`
    if (problem) return problem
  }
  return null
}

/** The same for a sort order. */
export function sortProblem(sort: string | undefined): string | null {
  if (sort === undefined) return null
  const field = sort.replace(/^-/, '')
  if (!Object.hasOwn(TASK_FIELDS, field)) return `sort: there is no column “${field}”.`
  return TASK_FIELDS[field as TaskFieldName].sortable ? null : `sort: “${field}” cannot be sorted.`
}
