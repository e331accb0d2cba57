import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_PERCENTS, overallQuotas, type Percents, type Quotas, quotas } from './split.ts'
import { divideUnits, type Strata, type Units } from './split-units.ts'
import { SPLITS } from './task.ts'

const NONE: Quotas = { train: 0, validation: 0, test: 0 }

/** Percents that sum to 100, none of them 0. */
const percents = fc
  .tuple(fc.integer({ min: 1, max: 98 }), fc.integer({ min: 1, max: 98 }))
  .filter(([a, b]) => a !== b)
  .map(([a, b]): Percents => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)]
    return { train: low, validation: high - low, test: 100 - high }
  })

const units = (sizes: readonly number[], anchors?: readonly number[]): Units => ({
  sizes: Int32Array.from(sizes),
  anchors: anchors ? Int8Array.from(anchors) : new Int8Array(sizes.length).fill(-1),
})
const total = (sizes: readonly number[]) => sizes.reduce((a, b) => a + b, 0)

/** @param rows for each unit the strata of its tasks: [stratum, tasks] */
function strata(count: number, rows: readonly (readonly (readonly [number, number])[])[]): Strata {
  const offsets = [0]
  for (const row of rows) offsets.push((offsets.at(-1) as number) + row.length)
  return {
    count,
    offsets: Int32Array.from(offsets),
    labels: Int32Array.from(rows.flatMap((row) => row.map(([label]) => label))),
    totals: Int32Array.from(rows.flatMap((row) => row.map(([, n]) => n))),
    fixed: new Float64Array(3 * count),
  }
}

/** Tasks in each split. */
function held(sizes: readonly number[], result: Uint8Array): number[] {
  const counts = [0, 0, 0]
  for (const [u, k] of result.entries()) counts[k]! += sizes[u] as number
  return counts
}

describe('groups', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 80 })

  test('every unit is in one split, and each split is within two thirds of the largest unit above its quota', () => {
    fc.assert(
      fc.property(sizes, percents, (s, p) => {
        const q = quotas(total(s), p)
        const result = divideUnits(units(s), q, NONE, null)
        const counts = held(s, result)
        expect(total(counts)).toBe(total(s))
        // A split that would stay empty gets the last unit, however full the others are; then the bound is the unit itself.
        const most = Math.max(...s)
        for (const [k, split] of SPLITS.entries()) expect(counts[k]).toBeLessThanOrEqual(q[split] + most)
      }),
    )
  })

  test('of one task each are cut exactly by quota', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), percents, (n, p) => {
        const s = Array.from({ length: n }, () => 1)
        const q = quotas(n, p)
        expect(held(s, divideUnits(units(s), q, NONE, null))).toEqual(SPLITS.map((split) => q[split]))
      }),
    )
  })

  test('many of mixed sizes come within one percent of the quotas', () => {
    const s = Array.from({ length: 400 }, (_, i) => 1 + ((i * 7919) % 97))
    const q = quotas(total(s), DEFAULT_PERCENTS)
    for (const [k, n] of held(s, divideUnits(units(s), q, NONE, null)).entries())
      expect(Math.abs(n - q[SPLITS[k]!])).toBeLessThanOrEqual(total(s) / 100)
  })

  test('three groups at 80/10/10 are one for each split, the largest for train', () => {
    expect([...divideUnits(units([100, 100, 100]), quotas(300, DEFAULT_PERCENTS), NONE, null)].sort()).toEqual([
      0, 1, 2,
    ])
    expect([...divideUnits(units([3, 200, 4]), quotas(207, DEFAULT_PERCENTS), NONE, null)][1]).toBe(0)
  })

  test('which large groups go where depends on their order', () => {
    const s = [70, 80, 90, 100]
    const q = quotas(total(s), { train: 50, validation: 25, test: 25 })
    const first = [...divideUnits(units(s), q, NONE, null)].map((k, u) => `${s[u]} ${k}`).sort()
    const turned = [...s].reverse()
    const second = [...divideUnits(units(turned), q, NONE, null)].map((k, u) => `${turned[u]} ${k}`).sort()
    expect(second).not.toEqual(first)
  })

  test('follow those of theirs that stand, whatever the quota; the others make up for it', () => {
    const s = [50, 10, 10, 10, 10, 10]
    const result = divideUnits(units(s, [2, -1, -1, -1, -1, -1]), quotas(100, { train: 50, validation: 0, test: 50 }), NONE, null) // biome-ignore format: one call
    expect([...result]).toEqual([2, 0, 0, 0, 0, 0])
  })

  test('with a quota of the whole: new groups bring it toward the percents', () => {
    const fixed = { train: 80, validation: 0, test: 0 }
    const s = Array.from({ length: 20 }, () => 1)
    const result = divideUnits(units(s), overallQuotas(20, DEFAULT_PERCENTS, fixed), fixed, null)
    expect(held(s, result)).toEqual([0, 10, 10])
  })
})

describe('strata', () => {
  const single = (labels: readonly number[]) => strata(Math.max(...labels) + 1, labels.map((l) => [[l, 1] as const])) // biome-ignore format: one call
  const countsOf = (labels: readonly number[], result: Uint8Array, label: number) =>
    held(labels.map((l) => (l === label ? 1 : 0)), result) // biome-ignore format: one call

  test('of one value per task: the quotas exactly, and each stratum within one of its share', () => {
    const labels = fc.array(fc.nat(12), { minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(labels, percents, (l, p) => {
        const ones = l.map(() => 1)
        const q = quotas(l.length, p)
        const result = divideUnits(units(ones), q, NONE, single(l))
        expect(held(ones, result)).toEqual(SPLITS.map((s) => q[s]))
        for (const label of new Set(l)) {
          const n = l.filter((x) => x === label).length
          const counts = countsOf(l, result, label)
          for (const [k, s] of SPLITS.entries())
            expect(Math.abs(counts[k]! - (n * q[s]) / l.length)).toBeLessThanOrEqual(1.5)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('fifty strata of three do not all round to train', () => {
    const l = Array.from({ length: 150 }, (_, i) => i % 50)
    const result = divideUnits(units(l.map(() => 1)), quotas(150, DEFAULT_PERCENTS), NONE, single(l))
    for (let label = 0; label < 50; label++) expect(countsOf(l, result, label)[0]).toBeGreaterThanOrEqual(2)
  })

  test('several per task: a rare class is in every split, and all classes stay near their shares', () => {
    // Class 0 on every 50th task, 1 on every third, 2 on every second, 3 on those without any.
    const rows = Array.from({ length: 3000 }, (_, i) => {
      const own = [50, 3, 2].flatMap((every, label) => (i % every === 0 ? [[label, 1] as const] : []))
      return own.length > 0 ? own : [[3, 1] as const]
    })
    const ones = rows.map(() => 1)
    const result = divideUnits(units(ones), quotas(3000, DEFAULT_PERCENTS), NONE, strata(4, rows))
    expect(held(ones, result)).toEqual([2400, 300, 300])
    for (let label = 0; label < 4; label++) {
      const counts = held(rows.map((row) => (row.some(([l]) => l === label) ? 1 : 0)), result) // biome-ignore format: one call
      const n = total(counts)
      for (const [k, share] of [0.8, 0.1, 0.1].entries())
        expect(Math.abs(counts[k]! - n * share)).toBeLessThanOrEqual(2)
    }
  })

  test('of groups: none divided, and the rarest stratum is held in proportion', () => {
    const rows = Array.from({ length: 60 }, (_, i) =>
      i % 3 === 0 ? [[0, 2] as const, [1, 8] as const] : [[1, 10] as const],
    )
    const s = rows.map(() => 10)
    const result = divideUnits(units(s), quotas(600, DEFAULT_PERCENTS), NONE, strata(2, rows))
    expect(held(rows.map((row) => (row.length > 1 ? 1 : 0)), result)).toEqual([16, 2, 2]) // biome-ignore format: one call
    expect(held(s, result)).toEqual([480, 60, 60])
  })

  test('with a quota of the whole: a stratum that stands in train goes to the others', () => {
    const fixed = { train: 8, validation: 0, test: 0 }
    const l = [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    const of = single(l)
    of.fixed[0] = 8
    const result = divideUnits(units(l.map(() => 1)), overallQuotas(12, DEFAULT_PERCENTS, fixed), fixed, of)
    expect([result[0], result[1]].sort()).toEqual([1, 2])
  })

  test('a million tasks of eighty classes take seconds', () => {
    const n = 1_000_000
    const offsets = new Int32Array(n + 1)
    const labels = new Int32Array(3 * n)
    let at = 0
    for (let u = 0; u < n; u++) {
      for (let i = 0; i < 1 + (u % 3); i++) labels[at++] = (u * 31 + i * 7 + Math.floor(u / 80)) % 80
      offsets[u + 1] = at
    }
    const of: Strata = { count: 80, offsets, labels: labels.slice(0, at), totals: new Int32Array(at).fill(1), fixed: new Float64Array(240) } // biome-ignore format: one row
    const started = performance.now()
    const result = divideUnits({ sizes: new Int32Array(n).fill(1), anchors: new Int8Array(n).fill(-1) }, quotas(n, DEFAULT_PERCENTS), NONE, of) // biome-ignore format: one call
    expect(performance.now() - started).toBeLessThan(10_000)
    const counts = [0, 0, 0]
    for (const k of result) counts[k]! += 1
    expect(counts).toEqual([800_000, 100_000, 100_000])
  })
})
