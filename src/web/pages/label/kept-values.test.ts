import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keptValues, parseLastValues } from './kept-values.ts'

const stored = new Map<string, string>()
beforeEach(() => {
  vi.useFakeTimers()
  stored.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => stored.set(key, text),
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('the next visit has what was given in this one, with what another tab kept; each project and person of its own', () => {
  const [one, other] = [keptValues(1, 2), keptValues(1, 2)]
  one.onRemember?.(5, { 1: 'a' })
  one.onRemember?.(5, { 1: 'ab' })
  other.onRemember?.(null, { 1: true })
  vi.runAllTimers()
  expect(keptValues(1, 2).lastValues).toEqual(new Map<number | null, object>([[5, { 1: 'ab' }], [null, { 1: true }]])) // biome-ignore format: one line
  one.onRemember?.(5, { 1: 'c' })
  vi.runAllTimers()
  expect(keptValues(1, 2).lastValues?.get(5)).toEqual({ 1: 'c' })
  for (const [project, person] of [[1, 3], [2, 2]] as const) // biome-ignore format: one line
    expect(keptValues(project, person).lastValues?.size).toBe(0)
})

test('nonsense is as if nothing was kept', () => {
  for (const text of [null, '', '[', 'null', '7', '{"5": {}}', '[5, {}]', '[["5", {}]]', '[[5, null]]'])
    expect(parseLastValues(text).size).toBe(0)
})
