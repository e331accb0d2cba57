import { expect, it } from 'vitest'
import type { Thread } from '../../../../model/comment.ts'
import { begunOn, placeOf, placeOfNew, placeOfReply, unsent } from './unsent.ts'

it('a comment that was begun on a task is found until it is sent or the task is done', () => {
  const threads = [{ id: 70 }, { id: 71 }] as Thread[]
  unsent.keep(placeOfNew(55), 'Of another task')
  expect(begunOn(5, threads)).toBeNull()
  unsent.keep(placeOfReply(71), 'No')
  expect(begunOn(5, threads)).toBe(71)
  unsent.keep(placeOfReply(71), ' ')
  unsent.keep(placeOfNew(5), 'Too large')
  unsent.keep(placeOf(5, 'reject'), 'All of it')
  expect(begunOn(5, threads)).toBe('new')
  unsent.drop(5)
  expect([begunOn(5, threads), unsent.of(placeOf(5, 'reject')), unsent.isAny()]).toEqual([null, '', true])
  unsent.drop(55)
  expect(unsent.isAny()).toBe(false)
})
