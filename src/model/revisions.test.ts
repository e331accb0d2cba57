import { expect, test } from 'vitest'
import { type Revisions, usualBase } from './revisions.ts'

const revision = (id: number) => ({ id, author_id: 1, stage_id: 2, object_count: 1, created_at: '' })
const step = (kind: 'submitted' | 'approved' | 'rejected', revision_id: number | null) => ({
  kind,
  at: '',
  person_id: 1,
  revision_id,
})
const history = (ids: number[], steps: Revisions['steps']): Revisions => ({
  revisions: ids.map(revision),
  steps,
  current_id: ids[0] ?? null,
})

test('first review: what was submitted', () => {
  expect(usualBase(history([2, 1], [step('submitted', 1)]))).toEqual({ revision_id: 1 })
})

test('returned, and after it was submitted again: what was submitted before the rejection', () => {
  const returned = [step('rejected', 2), step('submitted', 1)]
  expect(usualBase(history([2, 1], returned))).toEqual({ revision_id: 1 })
  expect(usualBase(history([3, 2, 1], [step('submitted', 3), ...returned]))).toEqual({ revision_id: 1 })
})

test('submitted without any annotation: nothing is what it is compared with', () => {
  expect(usualBase(history([5], [step('rejected', null), step('submitted', null)]))).toEqual({ revision_id: null })
})

test('never submitted: the state before; if there is none, there is nothing to compare with', () => {
  expect(usualBase(history([2, 1], []))).toEqual({ revision_id: 1 })
  expect(usualBase(history([1], []))).toBeNull()
  expect(usualBase(history([], []))).toBeNull()
})

test('what is no longer kept is passed over', () => {
  expect(usualBase(history([3], [step('submitted', 3), step('rejected', 2), step('submitted', 1)]))).toEqual({
    revision_id: 3,
  })
})
