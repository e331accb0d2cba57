// A filter: items that all hold. An item is a condition, or a group of which at least one holds.
// The closed list of what can be asked is task-fields.ts; what is wrong with a filter says filter-problem.ts.
import { type Static, Type } from 'typebox'
import { Fields, Words } from './schema.ts'
import { FILTER_FIELD_NAMES, type FilterFieldName, OPERATORS } from './task-fields.ts'

const Scalar = Type.Unsafe<string | number | boolean | null>({ type: ['string', 'number', 'boolean', 'null'] })

export const ConditionSchema = Fields({
  field: Words(FILTER_FIELD_NAMES as FilterFieldName[] & readonly string[]),
  op: Words(OPERATORS),
  /**
   * equals, contains: one value · any_of, none_of: a list · between: [from, to], either may be null, both included ·
   * last_days: a number · count_at_least: [class id, n] · is_empty, is_not_empty: absent.
   * Of a person, split, batch or skip reason null means “none”; of who ever did something, “nobody did”.
   * metadata begins with the key: equals [key, text], contains [key, text], any_of [key, text, …], is_empty [key].
   */
  value: Type.Optional(Type.Union([Scalar, Type.Array(Scalar, { maxItems: 1000 })])),
})
export type Condition = Static<typeof ConditionSchema>

/** Conditions of a filter, those in groups counted. */
export const MAX_CONDITIONS = 50

/** At least one of these holds. */
const GroupSchema = Fields({ any: Type.Array(ConditionSchema, { minItems: 1, maxItems: MAX_CONDITIONS }) })
export type ConditionGroup = Static<typeof GroupSchema>

export type FilterItem = Condition | ConditionGroup
export const FilterSchema = Fields({
  conditions: Type.Array(Type.Union([ConditionSchema, GroupSchema]), { maxItems: MAX_CONDITIONS }),
})
export type Filter = { conditions: FilterItem[] }

export const NO_FILTER: Filter = { conditions: [] }

export const isGroup = (item: FilterItem): item is ConditionGroup => 'any' in item
/** The conditions of an item: itself, or those of the group. */
export const partsOf = (item: FilterItem): readonly Condition[] => (isGroup(item) ? item.any : [item])
/** Every condition of a filter, in groups or not. */
export const conditionsOf = (filter: Filter): Condition[] => filter.conditions.flatMap(partsOf)
export const namesField = (item: FilterItem, field: FilterFieldName): boolean =>
  partsOf(item).some((c) => c.field === field)
/** The filter without every item that names this field: under it stand the counts beside the field's choices. */
export const withoutField = (filter: Filter, field: FilterFieldName): Filter => ({
  conditions: filter.conditions.filter((item) => !namesField(item, field)),
})
