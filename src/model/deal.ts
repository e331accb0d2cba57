// Dealing tasks to several people: how many each gets of each kind of task, so that everybody's total is their share
// and everybody's mix is alike. Pure.

/** Whole numbers that sum to n in proportion to the weights: floors, the rest by largest remainder, ties to the first. */
export function largestRemainder(n: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((w) => (sum > 0 ? (n * w) / sum : 0))
  // n × weight can land a hair under a whole number: mend before the floor.
  const result = exact.map((x) => Math.floor(x + 1e-9))
  const rest = (i: number) => Math.round(((exact[i] as number) - (result[i] as number)) * 1e9)
  const order = weights.map((_, i) => i).sort((a, b) => rest(b) - rest(a) || a - b)
  const left = sum > 0 ? n - result.reduce((a, b) => a + b, 0) : 0
  for (let i = 0; i < left; i++) result[order[i % order.length] as number]! += 1
  return result
}

/** Tasks of one kind: how many there are, and which people (by index) may have them. */
export type Kind = { total: number; fits: readonly number[] }

/**
 * How many tasks of each kind each person gets, by kind and index of the person. A person's total is their share of all
 * tasks that somebody can have (largest remainder); it is passed only where nobody else fits. Kinds that nobody fits get none.
 * @param weights  one per person, 0 or more; a person of weight 0 gets nothing
 */
export function deal(kinds: readonly Kind[], weights: readonly number[]): number[][] {
  const fitting = kinds.map(({ total, fits }) => ({ total, fits: fits.filter((p) => (weights[p] as number) > 0) }))
  const possible = fitting.reduce((sum, k) => sum + (k.fits.length > 0 ? k.total : 0), 0)
  const spare = largestRemainder(possible, weights)
  const dealt = kinds.map(() => weights.map(() => 0))
  const left = fitting.map((k) => (k.fits.length > 0 ? k.total : 0))

  // Kinds that few people fit come first; each is spread over all of them, so that nobody gets one kind only.
  const narrowFirst = fitting
    .map((_, i) => i)
    .sort((a, b) => fitting[a]!.fits.length - fitting[b]!.fits.length || a - b)
  for (const i of narrowFirst) {
    const { fits } = fitting[i]!
    const room = fits.map((p) => spare[p]!)
    const n = Math.min(left[i]!, room.reduce((a, b) => a + b, 0)) // biome-ignore format: one sum
    for (const [at, count] of largestRemainder(n, room).entries()) give(i, fits[at]!, count)
  }
  // What found no room: others trade kinds with each other until there is some.
  for (const i of narrowFirst) while (left[i]! > 0 && trade(i));
  // Whoever fits takes the rest beyond their share.
  for (const i of narrowFirst) {
    const { fits } = fitting[i]!
    for (const [at, count] of largestRemainder(left[i]!, fits.map((p) => weights[p]!)).entries()) give(i, fits[at]!, count) // biome-ignore format: one loop
  }
  return dealt

  function give(kind: number, person: number, count: number): void {
    dealt[kind]![person]! += count
    spare[person]! -= count
    left[kind]! -= count
  }

  /** The shortest chain of handing-on that ends at somebody with room (an augmenting path). @returns false if there is none */
  function trade(start: number): boolean {
    const from = new Map<number, { kind: number; giver: number }>()
    const reached = new Map<number, number>([[start, -1]])
    const queue = [start]
    for (let kind = queue.shift(); kind !== undefined; kind = queue.shift())
      for (const person of fitting[kind]!.fits) {
        if (from.has(person)) continue
        from.set(person, { kind, giver: reached.get(kind)! })
        if (spare[person]! > 0) return hand(person)
        for (let other = 0; other < kinds.length; other++)
          if (!reached.has(other) && dealt[other]![person]! > 0) {
            reached.set(other, person)
            queue.push(other)
          }
      }
    return false

    function hand(last: number): boolean {
      const chain: { kind: number; to: number; giver: number }[] = []
      for (let to = last; to >= 0; ) {
        const step = from.get(to)!
        chain.push({ ...step, to })
        to = step.giver
      }
      const most = Math.min(left[start]!, spare[last]!, ...chain.filter((c) => c.giver >= 0).map((c) => dealt[c.kind]![c.giver]!)) // biome-ignore format: one sum
      for (const { kind, to, giver } of chain) {
        dealt[kind]![to]! += most
        if (giver >= 0) dealt[kind]![giver]! -= most
      }
      spare[last]! -= most
      left[start]! -= most
      return true
    }
  }
}

/** What is wrong with weights, as a sentence; null if nothing. Percents that sum to 100, for everybody or for nobody. */
export function weightsProblem(weights: readonly (number | undefined)[]): string | null {
  const given = weights.filter((w) => w !== undefined)
  if (given.length === 0) return null
  if (given.length < weights.length) return 'Give a weight to each person, or to none.'
  if (given.some((w) => !(w >= 0))) return 'Each weight must be 0 or more.'
  const sum = given.reduce((a, b) => a + b, 0)
  if (Math.abs(sum - 100) > 1e-9) return `The weights sum to ${Number(sum.toFixed(6))}, not 100.`
  return null
}
