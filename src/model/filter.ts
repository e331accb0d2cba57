// A filter: conditions that all hold. The closed list of columns is task-fields.ts.
// any_of / none_of / equals on a person, split or batch take null for "none".
import { type Static, Type } from 'typebox'
import { Fields, Words } from './schema.ts'
import { FIELD_OPERATORS, OPERATORS, TASK_FIELD_NAMES, TASK_FIELDS, type TaskFieldName } from './task-fields.ts'

const Scalar = Type.Unsafe<string | number | boolean | null>({ type: ['string', 'number', 'boolean', 'null'] })

export const ConditionSchema = Fields({
  field: Words(TASK_FIELD_NAMES as TaskFieldName[] & readonly string[]),
  op: Words(OPERATORS),
  /**
   * equals, contains: one value · any_of, none_of: a list · between: [from, to], either may be null, both included ·
   * last_days: a number · count_at_least: [class id, n] · is_empty, is_not_empty: absent.
   */
  value: Type.Optional(Type.Union([Scalar, Type.Array(Scalar, { maxItems: 1000 })])),
})
export type Condition = Static<typeof ConditionSchema>

export const FilterSchema = Fields({ conditions: Type.Array(ConditionSchema, { maxItems: 50 }) })
export type Filter = Static<typeof FilterSchema>

export const NO_FILTER: Filter = { conditions: [] }

/** What is wrong with a condition, as a sentence that names it; null if nothing. */
export function conditionProblem(c: Condition): string | null {
  const field = TASK_FIELDS[c.field]
  const at = `filter: “${c.field} ${c.op}”`
  if (!field.filterable) return `${at}: this column cannot be filtered.`
  if (!FIELD_OPERATORS[field.type].includes(c.op)) return `${at}: use one of ${FIELD_OPERATORS[field.type].join(', ')}.`
  const value = c.value
  const isText = field.type === 'text' || field.type === 'split' || field.type === 'reason'
  const fits = (v: unknown) =>
    isText || field.type === 'moment'
      ? typeof v === 'string'
      : field.type === 'flag'
        ? typeof v === 'boolean'
        : isNumber(v)
  switch (c.op) {
    case 'is_empty':
    case 'is_not_empty':
      return value === undefined ? null : `${at} takes no value.`
    case 'any_of':
    case 'none_of':
      return Array.isArray(value) &&
        value.length > 0 &&
        value.every((v) => v === null || (fits(v) && (isText || Number.isSafeInteger(v))))
        ? null
        : `${at} takes a list of values of this column.`
    case 'between':
      return Array.isArray(value) &&
        value.length === 2 &&
        value.every((v) => v === null || fits(v)) &&
        isRange(value, field.type)
        ? null
        : `${at} takes [from, to] of this column; either may be null.`
    case 'count_at_least':
      return Array.isArray(value) && value.length === 2 && value.every(isNumber)
        ? null
        : `${at} takes [class id, count].`
    case 'last_days':
      return isNumber(value) && (value as number) > 0 && (value as number) <= 36_500
        ? null
        : `${at} takes a number of days.`
    case 'contains':
      return typeof value === 'string' && value.length > 0 ? null : `${at} takes a text.`
    case 'equals':
      return !Array.isArray(value) && fits(value) ? null : `${at} takes one value of this column.`
  }
}

const isNumber = (v: unknown) => typeof v === 'number' && Number.isFinite(v)
const isRange = (value: unknown[], type: string) =>
  type !== 'moment' || value.every((v) => v === null || isMoment(v as string))

const ISO_8601 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/
/** JavaScript reads much more as a date ("foo 1"), and years that PostgreSQL does not know. */
const isMoment = (text: string) => ISO_8601.test(text) && Date.parse(text) >= Date.parse('0001-01-02')
