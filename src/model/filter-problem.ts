// What is wrong with a filter: sentences that name it and say what would be right. The page says them before it asks
// the server, the server before it makes SQL.
import { type Condition, conditionsOf, type Filter, MAX_CONDITIONS } from './filter.ts'
import { SKIP_REASONS, SPLITS } from './task.ts'
import {
  FIELD_OPERATORS,
  FILTER_FIELD_NAMES,
  FILTER_FIELDS,
  FILTERABLE_NAMES,
  type FilterFieldName,
  type FilterType,
  OPERATORS,
} from './task-fields.ts'

/** What is wrong with a filter from outside, as a sentence that names it and says what would be right; null if nothing. */
export function filterProblem(filter: unknown): string | null {
  if (!isRecord(filter) || !Array.isArray(filter.conditions))
    return 'filter: this is not a filter. Write {"conditions": […]}.'
  const extra = strange(filter, ['conditions'])
  if (extra !== undefined) return `filter: unknown “${extra}”; a filter has “conditions”.`
  for (const [i, item] of filter.conditions.entries()) {
    const at = `filter.conditions[${i}]`
    const problem = isRecord(item) && 'any' in item ? groupProblem(item, at) : shapeProblem(item, at)
    if (problem) return problem
  }
  const total = conditionsOf(filter as Filter).length
  return total > MAX_CONDITIONS ? `filter: ${total} conditions are too many; use at most ${MAX_CONDITIONS}.` : null
}

function groupProblem(group: Record<string, unknown>, at: string): string | null {
  const extra = strange(group, ['any'])
  if (extra !== undefined) return `${at}: unknown “${extra}”; a group has “any” only.`
  if (!Array.isArray(group.any) || group.any.length === 0) return `${at}.any: takes a list of one or more conditions.`
  for (const [i, part] of group.any.entries()) {
    const problem =
      isRecord(part) && 'any' in part
        ? `${at}.any[${i}]: a group holds conditions, not groups.`
        : shapeProblem(part, `${at}.any[${i}]`)
    if (problem) return problem
  }
  return null
}

function shapeProblem(c: unknown, at: string): string | null {
  if (!isRecord(c)) return `${at}: this is not a condition. Write {"field": …, "op": …, "value": …}.`
  const extra = strange(c, ['field', 'op', 'value'])
  if (extra !== undefined) return `${at}: unknown “${extra}”; a condition has field, op and value.`
  for (const key of ['field', 'op']) if (c[key] === undefined) return `${at}: missing “${key}”.`
  if (!isOneOf(FILTER_FIELD_NAMES, c.field))
    return `${at}.field: there is no ${quoted(c.field)} to filter by. Use one of ${FILTERABLE_NAMES.join(', ')}.`
  if (!isOneOf(OPERATORS, c.op)) return `${at}.op: ${quoted(c.op)} is no way to compare. Use ${rightWays(c.field)}`
  if (c.value !== undefined && ![c.value].flat().every(isScalar))
    return `${at}.value: takes a text, a number, true, false, null, or a list of these.`
  return conditionProblem(c as Condition)
}

/** What is wrong with a condition of the right form, as a sentence that names it; null if nothing. */
export function conditionProblem(c: Condition): string | null {
  const { filterable, type } = FILTER_FIELDS[c.field]
  const at = `filter: “${c.field} ${c.op}”`
  if (!filterable) return `${at}: this column cannot be filtered. Use one of ${FILTERABLE_NAMES.join(', ')}.`
  if (!FIELD_OPERATORS[type].includes(c.op)) return `${at}: use ${rightWays(c.field)}`
  if (type === 'metadata') return metadataProblem(c, at)
  const { value } = c
  const list = Array.isArray(value) ? value : null
  const one = VALUES[type] ?? NUMBERS
  const fits = (v: Scalar) => (v === null ? one.hasNone === true : one.fits(v))
  switch (c.op) {
    case 'is_empty':
    case 'is_not_empty':
      return value === undefined ? null : `${at} takes no value.`
    case 'equals':
      return !list && value !== undefined && fits(value as Scalar) ? null : `${at} takes one value: ${one.words}.`
    case 'any_of':
    case 'none_of':
      return listProblem(
        list,
        (v) => fits(v) && isWhole(v),
        `${at} takes a list of values: each ${one.listed ?? one.words}`,
      )
    case 'between':
      return list?.length === 2 && list.every((v) => v === null || one.fits(v))
        ? null
        : `${at} takes [from, to], each ${one.words}, or null for no end.`
    case 'count_at_least':
      return list?.length === 2 && list.every(isNumber) ? null : `${at} takes [class id, count].`
    case 'last_days':
      return isNumber(value) && value > 0 && value <= 36_500 ? null : `${at} takes a number of days, up to 36500.`
    case 'contains':
      return isText(value) ? null : `${at} takes a text.`
  }
}

function listProblem(list: readonly Scalar[] | null, fits: (v: Scalar) => boolean, sentence: string): string | null {
  if (!list || list.length === 0 || list.length > MAX_VALUES) return `${sentence}; 1 to ${MAX_VALUES} of them.`
  const wrong = list.find((v) => !fits(v))
  return wrong === undefined ? null : `${sentence}, not “${wrong}”.`
}

/** The key first, then what its value is compared with. */
function metadataProblem(c: Condition, at: string): string | null {
  const list = Array.isArray(c.value) ? c.value : []
  const isRight = list.every((v) => typeof v === 'string') && isText(list[0])
  switch (c.op) {
    case 'is_empty':
    case 'is_not_empty':
      return isRight && list.length === 1 ? null : `${at} takes [key].`
    case 'any_of':
    case 'none_of':
      return isRight && list.length >= 2 && list.length <= MAX_VALUES ? null : `${at} takes [key, text, …].`
    default:
      return isRight && list.length === 2 && (c.op === 'equals' || isText(list[1])) ? null : `${at} takes [key, text].`
  }
}

const MAX_VALUES = 1000
type Scalar = string | number | boolean | null
type Values = { fits: (value: Scalar) => boolean; words: string; listed?: string; hasNone?: true }

const isRecord = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v)
const isScalar = (v: unknown) => v === null || ['string', 'number', 'boolean'].includes(typeof v)
const isNumber = (v: unknown): v is number => typeof v === 'number' && Number.isFinite(v)
const isText = (v: unknown): v is string => typeof v === 'string' && v.length > 0
const isWhole = (v: Scalar) => typeof v !== 'number' || Number.isSafeInteger(v)
const isOneOf = <T extends string>(words: readonly T[], v: unknown): v is T => words.includes(v as T)
const strange = (of: object, known: readonly string[]) => Object.keys(of).find((key) => !known.includes(key))
const quoted = (v: unknown) => `“${typeof v === 'string' ? v.slice(0, 60) : typeof v}”`
/** @returns the end of a sentence */
const rightWays = (field: FilterFieldName) => `one of ${FIELD_OPERATORS[FILTER_FIELDS[field].type].join(', ')}.`

const ISO_8601 = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-](\d\d):\d\d)?)?$/
/** Hours of an offset that PostgreSQL reads; JavaScript reads up to 23. */
const MOST_OFFSET = 15
/** What both can write with four digits of a year, in any zone. */
const [FIRST, LAST] = [Date.parse('0001-01-02'), Date.parse('9999-12-30')]

/**
 * The instant that a moment names, in the one spelling that JavaScript and PostgreSQL read alike; null if it is none. A text
 * without a zone is in UTC, wherever the server stands. JavaScript reads much more as a date: “foo 1”, and 31 February as 3 March.
 */
export function instantOf(v: unknown): string | null {
  const [text, day, time, zone, hours] = (typeof v === 'string' && ISO_8601.exec(v)) || []
  if (text === undefined || day === undefined) return null
  const at = Date.parse(time && !zone ? `${text}Z` : text)
  if (!(at >= FIRST && at <= LAST) || Number(hours ?? 0) > MOST_OFFSET) return null
  return new Date(Date.parse(day)).toISOString().startsWith(day) ? new Date(at).toISOString() : null
}

const words = (list: readonly string[]): Values => ({
  fits: (v) => isOneOf(list, v),
  words: `one of ${list.join(', ')}, or null for none`,
  hasNone: true,
})
const idOf = (what: string, none: string): Values => ({
  fits: Number.isSafeInteger,
  words: `the id of a ${what}, or null for ${none}`,
  hasNone: true,
})
const IDS: Values = { fits: Number.isSafeInteger, words: 'an id: a whole number' }
const NUMBERS: Values = { fits: isNumber, words: 'a number', listed: 'a whole number' }
/** The values of a type; numbers where it is not named. */
const VALUES: Partial<Record<FilterType, Values>> = {
  text: { fits: (v) => typeof v === 'string', words: 'a text' },
  moment: { fits: (v) => instantOf(v) !== null, words: 'a moment such as 2026-11-24 or 2026-11-24T18:00:00Z' },
  id: IDS,
  stage: IDS,
  operation: IDS,
  flag: { fits: (v) => typeof v === 'boolean', words: 'true or false' },
  split: words(SPLITS),
  reason: words(SKIP_REASONS),
  person: idOf('person', 'nobody'),
  people: idOf('person', 'nobody'),
  batch: idOf('batch', 'none'),
  duration: { fits: isNumber, words: 'a number of milliseconds' },
}
