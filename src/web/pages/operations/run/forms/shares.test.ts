import { expect, test } from 'vitest'
import { weightsProblem } from '../../../../../model/deal.ts'
import { sumOf, withoutWeights, withPeople, withWeights } from './shares.ts'

const people = (...ids: number[]) => ids.map((person_id) => ({ person_id }))

test('weights begin even and sum to 100', () => {
  expect(withWeights(people(1, 2, 3)).map((p) => p.weight)).toEqual([34, 33, 33])
  for (let n = 1; n <= 200; n++) {
    const weighted = withWeights(people(...Array.from({ length: n }, (_, i) => i + 1)))
    expect([sumOf(weighted), weightsProblem(weighted.map((p) => p.weight))]).toEqual([100, null])
  }
  expect(withoutWeights(withWeights(people(1, 2)))).toEqual(people(1, 2))
})

test('another person changes the weights of all, the same people keep theirs', () => {
  const own = [{ person_id: 1, weight: 70 }, { person_id: 2, weight: 30 }] // biome-ignore format: one list
  expect(withPeople(own, [1, 2])).toEqual(own)
  expect(withPeople(own, [1, 2, 3]).map((p) => p.weight)).toEqual([34, 33, 33])
  expect(withPeople(own, [2])).toEqual([{ person_id: 2, weight: 100 }])
  expect(withPeople(people(1, 2), [2, 3])).toEqual(people(2, 3))
})
