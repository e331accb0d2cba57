// For tests of the column index: random filters and orders over everything that can be asked.
import fc from 'fast-check'
import type { Condition, Filter } from '../../model/filter.ts'
import { SKIP_REASONS, SPLITS, type TaskRow } from '../../model/task.ts'
import {
  FIELD_OPERATORS,
  FILTER_FIELDS,
  FILTERABLE_NAMES,
  type FilterFieldName,
  TASK_FIELD_NAMES,
  TASK_FIELDS,
} from '../../model/task-fields.ts'

/** Values that hit: those of some tasks. Some that do not, too. */
function oneValue(field: FilterFieldName, tasks: readonly TaskRow[]): fc.Arbitrary<string | number | boolean> {
  const { type } = FILTER_FIELDS[field]
  if (type === 'classes') return fc.integer({ min: 0, max: 3 })
  if (type === 'people' || type === 'operation') return fc.integer({ min: 1, max: 6 })
  if (type === 'split') return fc.constantFrom(...SPLITS)
  if (type === 'reason') return fc.constantFrom(...SKIP_REASONS)
  if (type === 'flag') return fc.boolean()
  const known = tasks.map((t) => t[field as keyof TaskRow]).filter((v) => v !== null)
  const some = fc.constantFrom(...(known.length > 0 ? known : [1])) as fc.Arbitrary<string | number>
  if (type === 'text') return some.map((v) => (String(v).length % 2 ? String(v).toUpperCase() : String(v)))
  return type === 'moment' ? some : fc.oneof(some, fc.integer({ min: -3, max: 5 }))
}

function given(field: FilterFieldName, op: Condition['op'], tasks: readonly TaskRow[]): fc.Arbitrary<unknown> {
  const { type } = FILTER_FIELDS[field]
  const one = oneValue(field, tasks)
  const choice = ['person', 'people', 'split', 'batch', 'reason'].includes(type) ? fc.option(one, { freq: 3 }) : one
  if (type === 'metadata') {
    const text = fc.constantFrom('front', 'rear', 'x', '')
    const key = fc.constantFrom('camera', "it's", 'nowhere')
    if (op === 'is_empty' || op === 'is_not_empty') return fc.tuple(key)
    if (op === 'contains') return fc.tuple(key, fc.constantFrom('f', 'R'))
    return op === 'equals' ? fc.tuple(key, text) : fc.tuple(key, text, text)
  }
  switch (op) {
    case 'is_empty':
    case 'is_not_empty':
      return fc.constant(undefined)
    case 'contains':
      return fc.constantFrom('a', 'CAT', '%', '_', '\\', '1', 'day1/', 'ß', 'É', 'İ', '😀', 'nothing')
    case 'between':
      return fc.tuple(fc.option(one), fc.option(one))
    case 'last_days':
      // Not whole days, so that no task stands on the border while the clock moves.
      return fc.integer({ min: 1, max: 60 }).map((days) => days + 0.37)
    case 'count_at_least':
      return fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 4 }))
    case 'equals':
      return choice
    default:
      return fc.array(choice, { minLength: 1, maxLength: 3 })
  }
}

const condition = (tasks: readonly TaskRow[]): fc.Arbitrary<Condition> =>
  fc
    .constantFrom(...FILTERABLE_NAMES)
    .chain((field) => fc.constantFrom(...FIELD_OPERATORS[FILTER_FIELDS[field].type]).map((op) => ({ field, op })))
    .chain(({ field, op }) =>
      given(field, op, tasks).map((value) => ({ field, op, ...(value === undefined ? {} : { value }) }) as Condition),
    )

/** Up to three items, groups among them. */
export const randomFilter = (tasks: readonly TaskRow[]): fc.Arbitrary<Filter> => {
  const one = condition(tasks)
  const group = fc.array(one, { minLength: 1, maxLength: 3 }).map((any) => ({ any }))
  return fc
    .array(fc.oneof({ weight: 3, arbitrary: one }, { weight: 1, arbitrary: group }), { maxLength: 3 })
    .map((conditions) => ({ conditions }))
}

/** Every order that can be asked for. */
export const SORTS = TASK_FIELD_NAMES.filter((name) => TASK_FIELDS[name].sortable).flatMap((name) => [name, `-${name}`])
export const randomSort = fc.constantFrom(...SORTS)
