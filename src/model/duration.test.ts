import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { acceptIncrements, CLOCK_TOLERANCE_MS, formatDuration, INCREMENT_MAX_MS, type Reported } from './duration.ts'

const accept = (ms: readonly number[], at: Partial<Omit<Reported, 'ms'>> & { now: number }) =>
  acceptIncrements({ ms, until: at.now, accountedUntil: null, openedAt: 0, ...at })
const increments = fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 20 })
const moment = fc.integer({ min: 0, max: 10_000_000 })

describe('acceptIncrements', () => {
  test('never accepts more than the wall time, nor more than was reported, nor less than nothing', () => {
    fc.assert(
      fc.property(increments, moment, moment, fc.option(moment), moment, (ms, now, until, accountedUntil, openedAt) => {
        const answer = acceptIncrements({ ms, now, until, accountedUntil, openedAt })
        expect(answer.accepted).toHaveLength(ms.length)
        for (const [i, taken] of answer.accepted.entries()) {
          expect(taken).toBeGreaterThanOrEqual(0)
          expect(taken).toBeLessThanOrEqual(ms[i] as number)
        }
        const base = Math.max(accountedUntil ?? openedAt, openedAt)
        if ((accountedUntil ?? openedAt) > now + CLOCK_TOLERANCE_MS)
          expect(answer.sum).toBeLessThanOrEqual(INCREMENT_MAX_MS)
        else if (openedAt <= now + CLOCK_TOLERANCE_MS)
          expect(answer.sum).toBeLessThanOrEqual(Math.max(0, Math.min(now, until) - base))
        if (answer.sum > 0) expect(answer.accountedUntil).toBeLessThanOrEqual(now)
      }),
    )
  })

  test('accepts everything that fits, in the order it was reported', () => {
    const at = { accountedUntil: 50_000 }
    expect(accept([10_000, 10_000, 10_000], { ...at, now: 100_000 }).accepted).toEqual([10_000, 10_000, 10_000])
    expect(accept([10_000, 10_000, 10_000], { ...at, now: 65_000 }).accepted).toEqual([10_000, 5000, 0])
    expect(accept([], { now: 1000 })).toEqual({ accepted: [], sum: 0, accountedUntil: null })
  })

  test('a thought that a report falls into counts when it ends: reports take only what lies before the last input', () => {
    const first = accept([7000], { now: 10_000, until: 7000 })
    expect(first).toMatchObject({ sum: 7000, accountedUntil: 7000 })
    const second = accept([22_000], { now: 30_000, until: 29_000, accountedUntil: first.accountedUntil })
    expect(second).toMatchObject({ sum: 22_000, accountedUntil: 29_000 })
  })

  test('tabs that report in turn, whatever they say about their last input, never get more than the wall time', () => {
    const report = fc.record({ ms: fc.integer({ min: 0, max: 60_000 }), step: fc.nat(10_000), since: fc.nat(60_000) })
    fc.assert(
      fc.property(fc.array(report, { maxLength: 50 }), (reports) => {
        let [now, sum, accountedUntil] = [0, 0, null as number | null]
        for (const { ms, step, since } of reports) {
          now += step
          const answer = accept([ms], { now, until: now - since, accountedUntil })
          sum += answer.sum
          accountedUntil = answer.accountedUntil
        }
        expect(sum).toBeLessThanOrEqual(now)
      }),
    )
  })

  test('two tabs that both count all the time get it once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 50 }), (steps) => {
        let [now, sum, accountedUntil] = [0, 0, null as number | null]
        for (const step of steps) {
          now += step
          for (const _tab of ['a', 'b']) {
            const answer = accept([step], { now, accountedUntil })
            sum += answer.sum
            accountedUntil = answer.accountedUntil
          }
        }
        expect(sum).toBe(now)
      }),
    )
  })

  test('of two tabs that report at once the second waits for the first: its earlier moment is no clock set back', () => {
    const first = accept([10_000], { now: 10_003, accountedUntil: 0 })
    expect(first).toMatchObject({ sum: 10_000, accountedUntil: 10_003 })
    expect(accept([10_000], { now: 10_001, accountedUntil: first.accountedUntil })).toMatchObject({
      sum: 0,
      accountedUntil: 10_003,
    })
  })

  test('a clock that was set back gives one increment at most, and then it is measured again', () => {
    const before = 50_000_000
    const now = before - 3_600_000
    const openedAt = before - 60_000
    expect(accept([10_000], { now, accountedUntil: before, openedAt }).accepted).toEqual([10_000])
    expect(accept([60_000, 60_000], { now, accountedUntil: before, openedAt }).accepted).toEqual([60_000, 0])
    expect(accept([60_000, 60_000], { now, openedAt })).toMatchObject({ accepted: [60_000, 0], accountedUntil: now })
    // The session began in what is the future now.
    expect(accept([60_000], { now: now + 10_000, accountedUntil: now, openedAt }).accepted).toEqual([10_000])
    // A session that was opened a moment ahead, by a server whose clock is, has no time yet.
    expect(accept([10_000], { now, openedAt: now + 5 }).sum).toBe(0)
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
