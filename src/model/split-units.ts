// Which split each unit gets, where a unit is a group that is never divided, or a task that stands alone. Without
// strata: the largest units first, each to the split that lacks most. With strata: iterative stratification, rarest
// first (Sechidis, Tsoumakas, Vlahavas 2011), within the quotas. Pure arithmetic on typed arrays: a million units fit.
import type { Quotas } from './split.ts'
import { SPLITS } from './task.ts'

/** Units in their order (SHA-256 of seed ‖ key), one entry each. */
export type Units = {
  /** Tasks in each unit, 1 or more. */
  sizes: Int32Array
  /** The split where a unit's other tasks stand already, as an index of SPLITS, so that the unit has to follow; −1: free. */
  anchors: Int8Array
}

/** How many tasks of each stratum each unit holds, in compressed rows: unit u has entries offsets[u] … offsets[u + 1] − 1. */
export type Strata = {
  count: number
  offsets: Int32Array
  labels: Int32Array
  totals: Int32Array
  /** Tasks that stand in each split and stay, per stratum × split (index 3 · label + split). Zero where they do not count. */
  fixed: Float64Array
}

const K = SPLITS.length
const EPSILON = 1e-9

/**
 * @param quotas  how many of the units' tasks each split should get; they sum to the number of tasks
 * @param fixed   tasks that stand in each split already and count toward the whole
 * @param strata  their `fixed` grows by what is anchored
 * @returns index of SPLITS for each unit. Units of one task: exactly the quotas. Larger ones: a split that is already
 *          within half a unit of its quota is passed over while another is not.
 */
export function divideUnits(units: Units, quotas: Quotas, fixed: Quotas, strata: Strata | null): Uint8Array {
  const division = new Division(units, quotas, fixed)
  division.placeAnchored(strata)
  if (strata) placeRarestFirst(division, strata)
  else placeNeediestFirst(division)
  return division.result
}

/** What is placed so far, and what each split may still take. */
class Division {
  readonly result: Uint8Array
  readonly units: Units
  /** Large units first, by powers of two, so that small ones even out what large ones leave; else in their order. */
  readonly order: Int32Array
  readonly isPlaced: Uint8Array
  /** Tasks that a split still lacks; negative when it has too many. */
  readonly lacks: Float64Array
  /** Of the whole, how much each split should hold. */
  readonly shares: Float64Array
  readonly #held: Float64Array
  #total: number
  #left: number

  constructor(units: Units, quotas: Quotas, fixed: Quotas) {
    this.units = units
    this.result = new Uint8Array(units.sizes.length)
    this.isPlaced = new Uint8Array(units.sizes.length)
    this.order = bySizeClass(units.sizes)
    this.lacks = Float64Array.from(SPLITS, (s) => quotas[s])
    this.#held = Float64Array.from(SPLITS, (s) => fixed[s])
    this.#total = this.#held.reduce((a, b) => a + b, 0)
    const whole = this.#total + this.lacks.reduce((a, b) => a + b, 0)
    this.shares = Float64Array.from(SPLITS, (s) => (whole > 0 ? (quotas[s] + fixed[s]) / whole : 0))
    this.#left = units.sizes.length
  }

  size(u: number): number {
    return this.units.sizes[u] as number
  }

  place(u: number, k: number): void {
    this.result[u] = k
    this.isPlaced[u] = 1
    this.lacks[k]! -= this.size(u)
    this.#held[k]! += this.size(u)
    this.#total += this.size(u)
    this.#left -= 1
  }

  placeAnchored(strata: Strata | null): void {
    for (let u = 0; u < this.units.anchors.length; u++) {
      const anchor = this.units.anchors[u] as number
      if (anchor < 0) continue
      this.place(u, anchor)
      if (strata) for (let i = strata.offsets[u]!; i < strata.offsets[u + 1]!; i++) addFixed(strata, i, anchor)
    }
  }

  /** Splits that may take a unit, as bits. */
  options(u: number): number {
    // Every split that should get some gets at least one unit, while there are enough.
    let empty = 0
    let empties = 0
    for (let k = 0; k < K; k++)
      if (this.lacks[k]! > 0 && this.#held[k] === 0) {
        empty |= 1 << k
        empties++
      }
    if (empties > 0 && this.#left <= empties) return empty
    let roomy = 0
    for (let k = 0; k < K; k++) if (this.lacks[k]! >= this.size(u) / 2) roomy |= 1 << k
    return roomy || 1 << this.neediest(ALL)
  }

  /** The one of some splits that lacks most; ties train > validation > test. */
  neediest(options: number): number {
    return best(options, (k) => this.lacks[k]!)
  }

  /** How far a split is behind its share of what is placed, once `size` more are. */
  behind(k: number, size: number): number {
    return this.shares[k]! * (this.#total + size) - this.#held[k]!
  }
}

const ALL = (1 << K) - 1

/** The index with the largest value among the bits; the first of those that are equal. */
function best(options: number, value: (k: number) => number): number {
  let found = -1
  let most = Number.NEGATIVE_INFINITY
  for (let k = 0; k < K; k++) {
    if (!(options & (1 << k))) continue
    const v = value(k)
    if (found < 0 || v > most + EPSILON) {
      found = k
      most = v
    }
  }
  return found
}

function bySizeClass(sizes: Int32Array): Int32Array {
  const starts = new Int32Array(33)
  const place = (u: number) => Math.clz32(sizes[u] as number)
  for (let u = 0; u < sizes.length; u++) starts[place(u) + 1]! += 1
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!
  const order = new Int32Array(sizes.length)
  for (let u = 0; u < sizes.length; u++) order[starts[place(u)]!++] = u
  return order
}

function addFixed(strata: Strata, entry: number, k: number): void {
  strata.fixed[K * strata.labels[entry]! + k]! += strata.totals[entry]!
}

/** Unit by unit, each to the split that lacks most. */
function placeNeediestFirst(division: Division): void {
  for (const u of division.order) if (!division.isPlaced[u]) division.place(u, division.neediest(division.options(u)))
}

/** Stratum by stratum, always the one with the fewest tasks left; its units in their order. */
function placeRarestFirst(division: Division, strata: Strata): void {
  const { isPlaced, order } = division
  const { starts, members, holds } = byStratum(strata, order)
  const left = new Float64Array(strata.count)
  const wanted = new Float64Array(strata.count * K)
  for (let u = 0; u < isPlaced.length; u++)
    if (!isPlaced[u])
      for (let i = strata.offsets[u]!; i < strata.offsets[u + 1]!; i++) left[strata.labels[i]!]! += strata.totals[i]!
  for (let label = 0; label < strata.count; label++) {
    const fixed = strata.fixed.subarray(K * label, K * label + K)
    const whole = left[label]! + fixed.reduce((a, b) => a + b, 0)
    for (let k = 0; k < K; k++) wanted[K * label + k] = division.shares[k]! * whole - fixed[k]!
  }
  const place = (u: number, k: number) => {
    division.place(u, k)
    for (let i = strata.offsets[u]!; i < strata.offsets[u + 1]!; i++) {
      left[strata.labels[i]!]! -= strata.totals[i]!
      wanted[K * strata.labels[i]! + k]! -= strata.totals[i]!
    }
  }
  for (;;) {
    const label = rarest(left)
    if (label < 0) break
    for (let at = starts[label]!; at < starts[label + 1]!; at++) {
      const u = members[at]!
      if (!isPlaced[u]) place(u, chosen(division, wanted, K * label, u, holds[at]!))
    }
  }
  placeNeediestFirst(division)
}

/**
 * The split whose want of this stratum is largest and takes the unit whole. Where only fractions are wanted, the split
 * that is furthest behind as a whole: else every small stratum would round toward the largest percent.
 */
function chosen(division: Division, wanted: Float64Array, at: number, u: number, total: number): number {
  const options = division.options(u)
  let fitting = 0
  let wanting = 0
  for (let k = 0; k < K; k++) {
    if (!(options & (1 << k))) continue
    if (wanted[at + k]! >= total - EPSILON) fitting |= 1 << k
    if (wanted[at + k]! > EPSILON) wanting |= 1 << k
  }
  if (fitting) return mostWanted(division, wanted, at, fitting)
  if (wanting) return best(wanting, (k) => division.behind(k, division.size(u)))
  return mostWanted(division, wanted, at, options)
}

function mostWanted(division: Division, wanted: Float64Array, at: number, options: number): number {
  const most = wanted[at + best(options, (k) => wanted[at + k]!)]!
  let equals = 0
  for (let k = 0; k < K; k++) if (options & (1 << k) && wanted[at + k]! >= most - EPSILON) equals |= 1 << k
  return division.neediest(equals)
}

function rarest(left: Float64Array): number {
  let found = -1
  for (let label = 0; label < left.length; label++)
    if (left[label]! > 0 && (found < 0 || left[label]! < left[found]!)) found = label
  return found
}

/** For each stratum its units in the given order, and how many of its tasks each holds. */
function byStratum(strata: Strata, order: Int32Array): { starts: Int32Array; members: Int32Array; holds: Int32Array } {
  const starts = new Int32Array(strata.count + 1)
  for (const label of strata.labels) starts[label + 1]! += 1
  for (let label = 0; label < strata.count; label++) starts[label + 1]! += starts[label]!
  const next = starts.slice()
  const members = new Int32Array(strata.labels.length)
  const holds = new Int32Array(strata.labels.length)
  for (const u of order)
    for (let i = strata.offsets[u]!; i < strata.offsets[u + 1]!; i++) {
      const at = next[strata.labels[i]!]!++
      members[at] = u
      holds[at] = strata.totals[i]!
    }
  return { starts, members, holds }
}
