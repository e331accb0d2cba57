// Two typed ends of a range as a condition. Pure.
import type { Condition } from '../../../../model/filter.ts'
import type { TaskFieldName } from '../../../../model/task-fields.ts'

export type Draft = { condition: Condition | null; problem: 'duration_wrong' | 'order_wrong' | 'ids_wrong' | null }
export const NO_DRAFT: Draft = { condition: null, problem: null }

/** @param parse null for a text that cannot be read */
export function rangeDraft<T extends number | string>(
  field: TaskFieldName,
  from: string,
  to: string,
  parse: (text: string) => T | null,
): Draft {
  const ends = [from, to].map((text) => (text.trim() === '' ? undefined : parse(text)))
  if (ends.includes(null)) return { condition: null, problem: 'duration_wrong' }
  const [low, high] = ends
  if (low === undefined && high === undefined) return NO_DRAFT
  if (low != null && high != null && low > high) return { condition: null, problem: 'order_wrong' }
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

/** Local days to moments: the first is the day's first millisecond, the last its last. */
export const dayStart = (day: string): string | null => momentOf(`${day}T00:00:00`)
export const dayEnd = (day: string): string | null => momentOf(`${day}T23:59:59.999`)

function momentOf(local: string): string | null {
  const at = new Date(local)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** `2026-11-24` of a moment, in local time. */
export function localDay(moment: string | number): string {
  const at = new Date(moment)
  const two = (n: number) => String(n).padStart(2, '0')
  return Number.isNaN(at.getTime()) ? '' : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** Ids typed with spaces or commas between them. */
export function idsDraft(text: string): Draft {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  if (parts.length === 0) return NO_DRAFT
  const ids = parts.map((part) => Number(part.replace(/^#/, '')))
  if (!ids.every((id) => Number.isSafeInteger(id) && id > 0) || ids.length > 1000)
    return { condition: null, problem: 'ids_wrong' }
  return { condition: { field: 'id', op: 'any_of', value: [...new Set(ids)] }, problem: null }
}
