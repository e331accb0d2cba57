import { describe, expect, test } from 'vitest'
import type { Failure } from '../../model/failure.ts'
import { createAttemptLimit, createPasswordLimits, networkOf } from './attempts.ts'

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

describe('passwords', () => {
  const atStart = () => {
    const clock = { now: 0 }
    const begin = createPasswordLimits(() => clock.now)
    /** @returns seconds to wait, 0 if the attempt may be made */
    const guess = (address: string, email = 'ann@example.org') => {
      try {
        begin(address, email)
        return 0
      } catch (error) {
        return (error as Failure).fields.retry_after_s as number
      }
    }
    return { clock, begin, guess }
  }
  const addresses = (count: number) => Array.from({ length: count }, (_, i) => `10.0.${i >> 8}.${i & 255}`)

  test('guesses at one account from ever new addresses come one in ten seconds, and never slower', () => {
    const { clock, guess } = atStart()
    expect(addresses(1000).filter((address) => guess(address) === 0)).toHaveLength(50)
    let made = 0
    for (const address of addresses(7200)) {
      clock.now += 500
      if (guess(address) === 0) made++
    }
    expect(made).toBeGreaterThan(350)
    expect(made).toBeLessThan(370)
    expect(guess('10.9.9.9')).toBeLessThanOrEqual(10)
    expect(guess('10.9.9.9', 'bob@example.org')).toBe(0)
  })

  test('where a person signed in before, no stranger keeps them out', () => {
    const { begin, guess } = atStart()
    begin('192.0.2.7', 'ann@example.org')()
    for (const address of addresses(1000)) guess(address)
    expect(guess('192.0.2.8')).toBeGreaterThan(0)
    expect(guess('192.0.2.7')).toBe(0)
  })

  test('an attempt that is refused for one reason is not counted for another', () => {
    const { clock, guess } = atStart()
    for (let i = 0; i < 1000; i++) guess('10.0.0.1')
    expect(guess('10.0.0.2')).toBe(0)
    for (const address of addresses(1000)) guess(address)
    for (let i = 0; i < 20; i++) expect(guess('192.0.2.8')).toBeGreaterThan(0)
    clock.now += 10_000
    expect(guess('192.0.2.8')).toBe(0)
  })

  test('the addresses of one IPv6 network are one', () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
    expect(networkOf('2001:db8::6')).toBe('2001:db8:0:0')
    expect(networkOf('::1')).toBe('0:0:0:0')
    expect(networkOf('::ffff:10.1.2.3')).toBe('::ffff:10.1.2.3')
    expect(networkOf('10.1.2.3')).toBe('10.1.2.3')
  })
})
