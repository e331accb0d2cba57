import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  choiceProblem,
  DEFAULT_PERCENTS,
  isEligible,
  overallQuotas,
  type Percents,
  percentsProblem,
  type Quotas,
  quotas,
} from './split.ts'
import { SPLITS } from './task.ts'

/** Percents with up to two decimals that sum to 100. */
const percents = fc
  .tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }))
  .map(([a, b]): Percents => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)]
    return { train: low / 100, validation: (high - low) / 100, test: (10_000 - high) / 100 }
  })
const size = fc.integer({ min: 0, max: 5000 })
/** Domain.md 4.2 word by word: floors, the rest one by one by largest remainder, then one for each that should have some. */
function counted(n: number, hundredths: readonly number[]): number[] {
  const given = hundredths.map((h) => (n * h - ((n * h) % 10_000)) / 10_000)
  const largest = (of: readonly number[]) => of.indexOf(Math.max(...of))
  const rests = hundredths.map((h) => (n * h) % 10_000)
  while (given.reduce((a, b) => a + b) < n) {
    const next = largest(rests)
    given[next]! += 1
    rests[next] = -1
  }
  if (hundredths.filter((h) => h > 0).length > n) return given
  for (const [i, h] of hundredths.entries()) {
    if (h === 0 || given[i] !== 0) continue
    given[largest(given)]! -= 1
    given[i] = 1
  }
  return given
}
const sum = (q: Quotas) => q.train + q.validation + q.test

describe('splits', () => {
  test.each([
    [1, [1, 0, 0]],
    [3, [1, 1, 1]],
    [7, [5, 1, 1]],
    [10, [8, 1, 1]],
    [100, [80, 10, 10]],
    [1000, [800, 100, 100]],
  ])('of %i tasks at 80/10/10 are %j', (n, [train, validation, test_]) => {
    expect(quotas(n, DEFAULT_PERCENTS)).toEqual({ train, validation, test: test_ })
  })

  test('sum to n for n = 1…200 and random percents', () => {
    fc.assert(
      fc.property(percents, (p) => {
        for (let n = 0; n <= 200; n++) expect(sum(quotas(n, p))).toBe(n)
      }),
      { numRuns: 200 },
    )
  })

  test('are never negative, give nothing to a zero percent, and one to each other percent if there are enough', () => {
    fc.assert(
      fc.property(size, percents, (n, p) => {
        const q = quotas(n, p)
        const wanted = SPLITS.filter((s) => p[s] > 0)
        for (const s of SPLITS) {
          expect(q[s]).toBeGreaterThanOrEqual(0)
          if (p[s] === 0) expect(q[s]).toBe(0)
          if (p[s] > 0 && n >= wanted.length) expect(q[s]).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('lie within one of the exact share, unless the minimum of one moved them', () => {
    fc.assert(
      fc.property(size, percents, (n, p) => {
        const q = quotas(n, p)
        if (SPLITS.some((s) => p[s] > 0 && (n * p[s]) / 100 < 1)) return
        for (const s of SPLITS) expect(Math.abs(q[s] - (n * p[s]) / 100)).toBeLessThan(1 + 1e-6)
      }),
    )
  })

  test('give the rest by largest remainder, ties train before validation before test', () => {
    // 11 at 50/25/25: 5.5, 2.75, 2.75 → floors 5, 2, 2; the two left go to the two largest remainders
    expect(quotas(11, { train: 50, validation: 25, test: 25 })).toEqual({ train: 5, validation: 3, test: 3 })
    // 10 at thirds: 3.33 each; the one left is a tie
    const third = 100 / 3
    expect(quotas(10, { train: third, validation: third, test: third })).toEqual({ train: 4, validation: 3, test: 3 })
    expect(quotas(2, { train: 0, validation: 50, test: 50 })).toEqual({ train: 0, validation: 1, test: 1 })
    expect(quotas(5, { train: 50, validation: 50, test: 0 })).toEqual({ train: 3, validation: 2, test: 0 })
  })

  test('are those of a plain count in whole hundredths of a percent', () => {
    const hundredths = fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 })).map(([a, b]) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      return [low, high - low, 10_000 - high] as const
    }) // biome-ignore format: one list
    fc.assert(
      fc.property(size, hundredths, (n, shares) => {
        const [train = 0, validation = 0, test_ = 0] = shares.map((h) => h / 100)
        const q = quotas(n, { train, validation, test: test_ })
        expect(SPLITS.map((s) => q[s])).toEqual(counted(n, shares))
      }),
      { numRuns: 2000 },
    )
  })

  test('do not lose a task to floating point', () => {
    expect(quotas(100, { train: 86, validation: 7, test: 7 })).toEqual({ train: 86, validation: 7, test: 7 })
    expect(quotas(1000, { train: 70.1, validation: 15.3, test: 14.6 })).toEqual({
      train: 701,
      validation: 153,
      test: 146,
    })
  })
})

describe('percentsProblem', () => {
  test.each([
    [{ train: 80, validation: 10, test: 10 }, null],
    [{ train: 100, validation: 0, test: 0 }, null],
    [{ train: 33.3, validation: 33.3, test: 33.4 }, null],
    [{ train: 80, validation: 10, test: 9 }, 'sum to 99'],
    [{ train: 120, validation: -10, test: -10 }, '0 or more'],
    [{ train: Number.NaN, validation: 50, test: 50 }, '0 or more'],
  ])('%j → %s', (p, problem) => {
    if (problem === null) expect(percentsProblem(p)).toBeNull()
    else expect(percentsProblem(p)).toContain(problem)
  })
})

describe('overallQuotas', () => {
  const fixed = fc.record({ train: size, validation: size, test: size })

  test('sum to the new ones, and never take from what is set', () => {
    fc.assert(
      fc.property(size, percents, fixed, (n, p, f) => {
        const q = overallQuotas(n, p, f)
        expect(sum(q)).toBe(n)
        for (const s of SPLITS) expect(q[s]).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('reach the percents of the whole if nothing set stands in the way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 500 }), percents, (total, p) => {
        const goal = quotas(total, p)
        const f = { train: Math.floor(goal.train / 2), validation: goal.validation, test: 0 }
        const q = overallQuotas(total - sum(f), p, f)
        for (const s of SPLITS) expect(f[s] + q[s]).toBe(goal[s])
      }),
    )
  })

  test('give a split that holds too much already nothing', () => {
    expect(overallQuotas(10, DEFAULT_PERCENTS, { train: 0, validation: 100, test: 0 })).toMatchObject({ validation: 0 })
  })
})

test('what a choice of group or stratum still needs is said', () => {
  expect(choiceProblem({ by: 'folder' })).toBeNull()
  expect(choiceProblem({ by: 'metadata', key: 'patient' })).toBeNull()
  expect(choiceProblem({ by: 'metadata' })).toBe('Name the metadata key.')
  expect(choiceProblem({ by: 'metadata', key: '' })).toBe('Name the metadata key.')
  expect(choiceProblem({ by: 'batch', key: 'patient' })).toContain('metadata only')
  expect(choiceProblem({ by: 'name', pattern: '^(video\\d+)_' })).toBeNull()
  expect(choiceProblem({ by: 'name' })).toBe('Write the pattern.')
  expect(choiceProblem({ by: 'name', pattern: '' })).toBe('Write the pattern.')
  expect(choiceProblem({ by: 'folder', pattern: '(a)' })).toContain('name only')
  expect(choiceProblem({ by: 'name', pattern: 'a' })).toContain('round brackets')
})

test('which tasks a mode may set', () => {
  const none = { split: null, split_source: null, is_split_locked: false } as const
  const auto = { split: 'train', split_source: 'auto', is_split_locked: false } as const
  const manual = { ...auto, split_source: 'manual' } as const
  const locked = { ...auto, is_split_locked: true } as const
  const of = (mode: Parameters<typeof isEligible>[1]) => [none, auto, manual, locked].map((t) => isEligible(t, mode))
  expect(of('unassigned')).toEqual([true, false, false, false])
  expect(of('keep_locked_and_manual')).toEqual([true, true, false, false])
  expect(of('everything')).toEqual([true, true, true, false])
})
