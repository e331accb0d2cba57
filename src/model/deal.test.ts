import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deal, type Kind, largestRemainder, weightsProblem } from './deal.ts'

const sum = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0)
const column = (table: readonly number[][], p: number) => sum(table.map((row) => row[p] as number))

describe('largestRemainder', () => {
  test('floors, the rest to the largest remainders, ties to the first', () => {
    expect(largestRemainder(10, [1, 1, 1])).toEqual([4, 3, 3])
    expect(largestRemainder(11, [50, 25, 25])).toEqual([5, 3, 3])
    expect(largestRemainder(100, [86, 7, 7])).toEqual([86, 7, 7])
    expect(largestRemainder(2, [0, 50, 50])).toEqual([0, 1, 1])
    expect(largestRemainder(7, [0, 0])).toEqual([0, 0])
  })

  test('sums to n and lies within one of the exact share', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(weights.filter((w) => sum(w) > 0), fc.integer({ min: 0, max: 100_000 }), (w, n) => {
        const parts = largestRemainder(n, w)
        expect(sum(parts)).toBe(n)
        for (const [i, part] of parts.entries()) expect(Math.abs(part - (n * w[i]!) / sum(w))).toBeLessThan(1)
      }),
    ) // biome-ignore format: one property
  })
})

describe('deal', () => {
  const EVERYBODY = [0, 1, 2]

  test('evenly, each kind evenly too', () => {
    expect(deal([{ total: 9, fits: EVERYBODY }, { total: 6, fits: EVERYBODY }], [1, 1, 1])).toEqual([[3, 3, 3], [2, 2, 2]]) // biome-ignore format: a table
  })

  test('what one cannot have goes to another, and their totals stay even', () => {
    // Person 0 is no reviewer: the others review, and 0 gets more of the rest.
    const dealt = deal([{ total: 6, fits: [1, 2] }, { total: 6, fits: EVERYBODY }], [1, 1, 1]) // biome-ignore format: a table
    expect(dealt).toEqual([[0, 3, 3], [4, 1, 1]]) // biome-ignore format: a table
  })

  test('trades where the first spread left no room: nobody reviews their own', () => {
    const own = [0, 1, 2].map((p): Kind => ({ total: 10, fits: EVERYBODY.filter((x) => x !== p) }))
    const dealt = deal(own, [1, 1, 1])
    expect([0, 1, 2].map((p) => column(dealt, p))).toEqual([10, 10, 10])
    expect([0, 1, 2].map((p) => dealt[p]![p])).toEqual([0, 0, 0])
  })

  test('goes beyond a share only where nobody else fits; what nobody fits stays', () => {
    expect(
      deal(
        [
          { total: 10, fits: [1] },
          { total: 2, fits: [0, 1] },
          { total: 5, fits: [] },
        ],
        [1, 1],
      ),
    ).toEqual([
      [0, 10],
      [2, 0],
      [0, 0],
    ])
  })

  test('a weight of nothing gets nothing', () => {
    expect(deal([{ total: 10, fits: EVERYBODY }], [0, 70, 30])).toEqual([[0, 7, 3]])
  })

  test('every task that somebody fits is dealt, to who fits; totals are the shares whenever that is possible', () => {
    const kind = fc.record({ total: fc.integer({ min: 0, max: 50 }), fits: fc.uniqueArray(fc.nat(4)) })
    const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(kind, { minLength: 1, maxLength: 6 }), weights, (kinds, w) => {
        const dealt = deal(kinds, w)
        for (const [i, { total, fits }] of kinds.entries()) {
          expect(sum(dealt[i]!)).toBe(fits.length > 0 ? total : 0)
          for (const [p, n] of dealt[i]!.entries()) {
            expect(n).toBeGreaterThanOrEqual(0)
            if (!fits.includes(p)) expect(n).toBe(0)
          }
        }
        const shares = largestRemainder(sum(kinds.map((k) => (k.fits.length > 0 ? k.total : 0))), w)
        const totals = w.map((_, p) => column(dealt, p))
        // Hall's condition: for no set of people are there more tasks that only they fit than their shares hold.
        const canBeExact = subsets(5).every(
          (set) => sum(kinds.filter((k) => k.fits.length > 0 && k.fits.every((p) => set.includes(p))).map((k) => k.total)) <= sum(set.map((p) => shares[p]!)),
        ) // biome-ignore format: one condition
        if (canBeExact) expect(totals).toEqual(shares)
      }),
      { numRuns: 500 },
    )
  })
})

const subsets = (n: number) =>
  Array.from({ length: 2 ** n }, (_, bits) => Array.from({ length: n }, (_, i) => i).filter((i) => bits & (1 << i)))

test('weights are percents that sum to 100, for everybody or for nobody', () => {
  expect(weightsProblem([undefined, undefined])).toBeNull()
  expect(weightsProblem([60, 40])).toBeNull()
  expect(weightsProblem([33.3, 33.3, 33.4])).toBeNull()
  expect(weightsProblem([60, 41])).toBe('The weights sum to 101, not 100.')
  expect(weightsProblem([60, undefined])).toContain('or to none')
  expect(weightsProblem([110, -10])).toContain('0 or more')
})
