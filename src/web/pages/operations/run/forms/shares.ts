// Several people with weights, as the form of Assign edits them. Pure.
import { largestRemainder } from '../../../../../model/deal.ts'

export type Share = { person_id: number; weight?: number }

/** Everybody the same, in whole percents that sum to 100. */
export function withWeights(people: readonly Share[]): Share[] {
  const weights = largestRemainder(100, people.map(() => 1)) // biome-ignore format: one call
  return people.map(({ person_id }, i) => ({ person_id, weight: weights[i] as number }))
}

export const withoutWeights = (people: readonly Share[]): Share[] => people.map(({ person_id }) => ({ person_id }))

/** Those who stay keep their place. Weights are dealt anew: with other people, old percents mean nothing. */
export function withPeople(people: readonly Share[], ids: readonly number[]): Share[] {
  const isWeighted = people.some((p) => p.weight !== undefined)
  const kept = people.filter((p) => ids.includes(p.person_id))
  const added = ids.filter((id) => !people.some((p) => p.person_id === id)).map((person_id): Share => ({ person_id }))
  const next = [...kept, ...added]
  return isWeighted && added.length + people.length !== kept.length ? withWeights(next) : next
}

/** NaN while a weight is being typed. */
export const sumOf = (people: readonly Share[]): number =>
  Number(people.reduce((sum, p) => sum + (p.weight ?? 0), 0).toFixed(6))
