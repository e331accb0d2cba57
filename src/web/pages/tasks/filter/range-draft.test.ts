import { expect, test } from 'vitest'
import type { Condition } from '../../../../model/filter.ts'
import { dayAfter, dayBefore, dayEnd, dayStart, isDayEnd, isDayStart, localDay } from './days.ts'
import { daysDraft, dayTexts, linesDraft, numbersDraft, rangeDraft, rangeTexts } from './range-draft.ts'

const number = (text: string) => (Number.isFinite(Number(text)) ? Number(text) : null)
const range = (from: string, to: string) => rangeDraft('priority', from, to, number, 'number_wrong')

test('one end may stay empty, both empty is no condition', () => {
  expect(range('5', '').condition?.value).toEqual([5, null])
  expect(range('', '0').condition?.value).toEqual([null, 0])
  expect(range(' ', '')).toEqual({ condition: null, problem: null })
})

test('what cannot be read or is upside down is said', () => {
  expect(range('x', '').problem).toBe('number_wrong')
  expect(range('9', '3').problem).toBe('order_wrong')
})

test('a condition comes back as it was typed', () => {
  const { condition } = range('5', '9')
  expect(rangeTexts(condition, String)).toEqual(['5', '9'])
  expect(rangeTexts({ field: 'priority', op: 'equals', value: 4 }, String)).toEqual(['4', '4'])
})

test('a day is its whole local day', () => {
  const [from, to] = [dayStart('2026-11-24') as string, dayEnd('2026-11-24') as string]
  expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000 - 1)
  expect([localDay(from), localDay(to)]).toEqual(['2026-11-24', '2026-11-24'])
  expect([isDayStart(from), isDayEnd(to), isDayStart(to), isDayEnd(from)]).toEqual([true, true, false, false])
  expect([localDay(dayBefore(from)), localDay(dayAfter(to))]).toEqual(['2026-11-23', '2026-11-25'])
  expect(dayStart('soon')).toBeNull()
})

test.each([
  ['before', '2026-11-24', ''],
  ['after', '2026-11-24', ''],
  ['between', '2026-11-01', '2026-11-24'],
  ['between', '2026-11-24', '2026-11-24'],
] as const)('%s %s %s is typed, kept as a range, and comes back', (way, from, to) => {
  const { condition } = daysDraft('created_at', way, from, to)
  expect(condition?.op).toBe('between')
  expect(dayTexts(condition)).toEqual({ way, from, to })
})

test('before and after leave the day itself out', () => {
  const value = (way: 'before' | 'after') => daysDraft('created_at', way, '2026-11-24', '').condition?.value
  expect(value('before')).toEqual([null, dayEnd('2026-11-23')])
  expect(value('after')).toEqual([dayStart('2026-11-25'), null])
  expect(daysDraft('created_at', 'before', '', '').condition).toBeNull()
  expect(daysDraft('created_at', 'between', '2026-11-24', '2026-11-01').problem).toBe('order_wrong')
})

test('a range of moments that are no days stays a range', () => {
  const exact: Condition = { field: 'created_at', op: 'between', value: ['2026-11-24T10:20:30.000Z', null] }
  expect(dayTexts(exact).way).toBe('between')
})

test('numbers are whole, and each counts once', () => {
  expect(numbersDraft('id', 'any_of', '#12, 7 7', 1).condition?.value).toEqual([12, 7])
  expect(numbersDraft('priority', 'none_of', '−5 0').condition?.value).toEqual([-5, 0])
  expect(numbersDraft('id', 'any_of', '0', 1).problem).toBe('numbers_wrong')
  expect(numbersDraft('id', 'any_of', '12 a', 1).problem).toBe('numbers_wrong')
  expect(numbersDraft('id', 'any_of', ' ', 1)).toEqual({ condition: null, problem: null })
})

test('texts stand one a line', () => {
  expect(linesDraft('name', 'any_of', ' a.jpg\n\nb c.jpg\na.jpg').condition?.value).toEqual(['a.jpg', 'b c.jpg'])
  expect(linesDraft('metadata', 'none_of', 'front', ['camera']).condition?.value).toEqual(['camera', 'front'])
  expect(linesDraft('name', 'any_of', '\n').condition).toBeNull()
})
