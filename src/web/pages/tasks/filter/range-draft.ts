// What was typed, as a condition: two ends of a range, days, lists. Pure.
import type { Condition } from '../../../../model/filter.ts'
import type { FilterFieldName } from '../../../../model/task-fields.ts'
import { dayAfter, dayBefore, dayEnd, dayStart, isDayEnd, isDayStart, localDay } from './days.ts'

export type Draft = {
  condition: Condition | null
  problem: 'duration_wrong' | 'number_wrong' | 'order_wrong' | 'numbers_wrong' | null
}
export const NO_DRAFT: Draft = { condition: null, problem: null }
const wrong = (problem: Draft['problem']): Draft => ({ condition: null, problem })

/** @param parse null for a text that cannot be read, which is then this problem */
export function rangeDraft<T extends number | string>(
  field: FilterFieldName,
  from: string,
  to: string,
  parse: (text: string) => T | null,
  unread: Draft['problem'],
): Draft {
  const ends = [from, to].map((text) => (text.trim() === '' ? undefined : parse(text)))
  if (ends.includes(null)) return wrong(unread)
  const [low, high] = ends
  if (low === undefined && high === undefined) return NO_DRAFT
  if (low != null && high != null && low > high) return wrong('order_wrong')
  return { condition: { field, op: 'between', value: [low ?? null, high ?? null] }, problem: null }
}

/** The ends of a range condition as they were typed. */
export function rangeTexts(condition: Condition | null, write: (value: string | number) => string): [string, string] {
  if (condition?.op === 'equals' && (typeof condition.value === 'number' || typeof condition.value === 'string'))
    return [write(condition.value), write(condition.value)]
  if (condition?.op !== 'between' || !Array.isArray(condition.value)) return ['', '']
  const text = (value: unknown) => (typeof value === 'number' || typeof value === 'string' ? write(value) : '')
  return [text(condition.value[0]), text(condition.value[1])]
}

/** `before` and `after` are words of the page: ranges with one open end. */
export type DayWay = 'between' | 'before' | 'after'

/** @param from, to local days; before and after use `from` only */
export function daysDraft(field: FilterFieldName, way: DayWay, from: string, to: string): Draft {
  const start = from === '' ? null : dayStart(from)
  const end = to === '' ? null : dayEnd(to)
  const between = (low: string | null, high: string | null): Draft => ({
    condition: { field, op: 'between', value: [low, high] },
    problem: null,
  })
  if (way !== 'between') {
    if (start === null) return NO_DRAFT
    return way === 'before' ? between(null, dayBefore(start)) : between(dayAfter(dayEnd(from) as string), null)
  }
  if (start === null && end === null) return NO_DRAFT
  return start !== null && end !== null && start > end ? wrong('order_wrong') : between(start, end)
}

/** How a range of moments is said, and the days in its fields. */
export function dayTexts(condition: Condition | null): { way: DayWay; from: string; to: string } {
  const [from, to] = rangeTexts(condition, String)
  if (from !== '' && to === '' && isDayStart(from)) return { way: 'after', from: localDay(dayBefore(from)), to: '' }
  if (from === '' && to !== '' && isDayEnd(to)) return { way: 'before', from: localDay(dayAfter(to)), to: '' }
  return { way: 'between', from: from && localDay(from), to: to && localDay(to) }
}

const MAX_VALUES = 1000

/** Whole numbers typed with spaces or commas between them. @param least the smallest that can be meant */
export function numbersDraft(field: FilterFieldName, op: Condition['op'], text: string, least = -Infinity): Draft {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  if (parts.length === 0) return NO_DRAFT
  const numbers = parts.map((part) => Number(part.replace(/^#/, '').replace('−', '-')))
  if (!numbers.every((n) => Number.isSafeInteger(n) && n >= least) || numbers.length > MAX_VALUES)
    return wrong('numbers_wrong')
  return { condition: { field, op, value: [...new Set(numbers)] }, problem: null }
}

/** Texts, one a line. */
export function linesDraft(field: FilterFieldName, op: Condition['op'], text: string, before: string[] = []): Draft {
  const lines = [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean).slice(0, MAX_VALUES - 1)
  return lines.length === 0 ? NO_DRAFT : { condition: { field, op, value: [...before, ...lines] }, problem: null }
}
