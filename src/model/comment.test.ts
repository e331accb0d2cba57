import { expect, test } from 'vitest'
import { mayResolve } from './comment.ts'

const [AUTHOR, LABELER, OTHER] = [1, 2, 3]
const task = { labelled_by_id: LABELER, assignee_id: null }

test('a thread is resolved by its author, the labeler of the task, or who reviews', () => {
  expect(mayResolve({ person_id: AUTHOR, role: 'labeler' }, AUTHOR, task)).toBe(true)
  expect(mayResolve({ person_id: LABELER, role: 'labeler' }, AUTHOR, task)).toBe(true)
  expect(mayResolve({ person_id: OTHER, role: 'labeler' }, AUTHOR, { ...task, assignee_id: OTHER })).toBe(true)
  expect(mayResolve({ person_id: OTHER, role: 'labeler' }, AUTHOR, task)).toBe(false)
  expect(mayResolve({ person_id: OTHER, role: 'reviewer' }, AUTHOR, task)).toBe(true)
  expect(mayResolve({ person_id: OTHER, role: 'manager' }, AUTHOR, task)).toBe(true)
})
