import { expect, test } from 'vitest'
import { dayEnd, dayStart, idsDraft, localDay, rangeDraft, rangeTexts } from './range-draft.ts'

const number = (text: string) => (Number.isFinite(Number(text)) ? Number(text) : null)

test('one end may stay empty, both empty is no condition', () => {
  expect(rangeDraft('priority', '5', '', number).condition?.value).toEqual([5, null])
  expect(rangeDraft('priority', '', '0', number).condition?.value).toEqual([null, 0])
  expect(rangeDraft('priority', ' ', '', number)).toEqual({ condition: null, problem: null })
})

test('what cannot be read or is upside down is said', () => {
  expect(rangeDraft('priority', 'x', '', number).problem).toBe('duration_wrong')
  expect(rangeDraft('priority', '9', '3', number).problem).toBe('order_wrong')
})

test('a condition comes back as it was typed', () => {
  const { condition } = rangeDraft('priority', '5', '9', number)
  expect(rangeTexts(condition, String)).toEqual(['5', '9'])
  expect(rangeTexts({ field: 'priority', op: 'equals', value: 4 }, String)).toEqual(['4', '4'])
})

test('a day is its whole local day', () => {
  const [from, to] = [dayStart('2026-11-24') as string, dayEnd('2026-11-24') as string]
  expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000 - 1)
  expect([localDay(from), localDay(to)]).toEqual(['2026-11-24', '2026-11-24'])
  expect(dayStart('soon')).toBeNull()
})

test('ids are whole numbers', () => {
  expect(idsDraft('#12, 7 7').condition?.value).toEqual([12, 7])
  expect(idsDraft('12 a').problem).toBe('ids_wrong')
})
