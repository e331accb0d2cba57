import { expect, test } from 'vitest'
import type { Failure } from '../../model/failure.ts'
import { createAttemptLimit } from './attempts.ts'

const limits = { free: 5, first_wait_ms: 2_000, longest_wait_ms: 60_000, size: 3 }

function atTime(options: Partial<typeof limits> = {}) {
  const clock = { now: 0 }
  const limit = createAttemptLimit({ ...limits, ...options }, () => clock.now)
  const isRefused = (key: string) => {
    try {
      limit.begin(key)
      return false
    } catch (error) {
      expect((error as Failure).code).toBe('too_many_attempts')
      return true
    }
  }
  return { clock, limit, isRefused }
}

test('five wrong passwords are free, then each wait is twice as long as the one before', () => {
  const { clock, isRefused } = atTime()
  for (let i = 0; i < 5; i++) expect(isRefused('eve')).toBe(false)
  const waits: number[] = []
  for (let i = 0; i < 7; i++) {
    const from = clock.now
    while (isRefused('eve')) clock.now += 1_000
    waits.push(clock.now - from)
  }
  expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
})

test('guesses sent all at once are counted before any of them is answered', () => {
  const { isRefused } = atTime()
  const refused = Array.from({ length: 100 }, () => isRefused('eve')).filter(Boolean)
  expect(refused).toHaveLength(95)
})

test('the right password clears the count; the refusal says how long to wait', () => {
  const { limit, isRefused } = atTime()
  for (let i = 0; i < 4; i++) limit.begin('ann')
  limit.succeeded('ann')
  for (let i = 0; i < 5; i++) expect(isRefused('ann')).toBe(false)
  expect(() => limit.begin('ann')).toThrow('Try again in 2 s')
})

test('on a shared key a success takes back only its own count', () => {
  const { limit, isRefused } = atTime()
  for (let i = 0; i < 3; i++) {
    expect(isRefused('address')).toBe(false)
    limit.begin('address')
    limit.forgive('address')
  }
  expect([isRefused('address'), isRefused('address'), isRefused('address')]).toEqual([false, false, true])
})

test('memory is bounded: the key idle longest is forgotten; others and quiet ones are not punished', () => {
  const { clock, limit, isRefused } = atTime()
  for (let i = 0; i < 5; i++) limit.begin('a')
  for (const key of ['b', 'c', 'd']) limit.begin(key)
  expect(isRefused('a')).toBe(false)
  for (let i = 0; i < 5; i++) limit.begin('e')
  expect(isRefused('e')).toBe(true)
  clock.now += 2 * limits.longest_wait_ms
  expect(isRefused('e')).toBe(false)
})
