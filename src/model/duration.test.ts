import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { acceptIncrements, formatDuration } from './duration.ts'

const total = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0)
const increments = fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 20 })
const moment = fc.integer({ min: 0, max: 10_000_000 })

describe('acceptIncrements', () => {
  test('never accepts more than the wall time, nor more than was reported, nor less than nothing', () => {
    fc.assert(
      fc.property(increments, moment, fc.option(moment), moment, (reported, now, last, opened) => {
        const accepted = acceptIncrements(reported, now, last, opened)
        expect(accepted).toHaveLength(reported.length)
        expect(total(accepted)).toBeLessThanOrEqual(Math.max(0, now - Math.max(last ?? opened, opened)))
        for (const [i, ms] of accepted.entries()) {
          expect(ms).toBeGreaterThanOrEqual(0)
          expect(ms).toBeLessThanOrEqual(reported[i] as number)
        }
      }),
    )
  })

  test('accepts everything that fits, in the order it was reported', () => {
    expect(acceptIncrements([10_000, 10_000, 10_000], 100_000, 50_000, 0)).toEqual([10_000, 10_000, 10_000])
    expect(acceptIncrements([10_000, 10_000, 10_000], 65_000, 50_000, 0)).toEqual([10_000, 5000, 0])
  })

  test('two tabs reporting in turn get the wall time once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 50 }), (steps) => {
        let [now, last, sum] = [0, 0, 0]
        for (const step of steps) {
          now += step
          for (const _tab of ['a', 'b']) {
            const accepted = total(acceptIncrements([step], now, last, 0))
            if (accepted > 0) last = now
            sum += accepted
          }
        }
        expect(sum).toBe(now)
      }),
    )
  })

  test('a clock that stands before the opening gives nothing', () => {
    expect(acceptIncrements([5000], 1000, null, 2000)).toEqual([0])
    expect(acceptIncrements([], 1000, null, 0)).toEqual([])
  })
})

test.each([
  [0, '–'],
  [999, '–'],
  [1000, '1s'],
  [59_999, '59s'],
  [60_000, '1m 00s'],
  [61_500, '1m 01s'],
  [3_849_000, '1h 04m 09s'],
  [3_600_000, '1h 00m 00s'],
  [360_000_000, '100h 00m 00s'],
])('formatDuration(%i) is %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})
