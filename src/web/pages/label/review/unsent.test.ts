import { expect, it } from 'vitest'
import type { Thread } from '../../../../model/comment.ts'
import { NO_PIN } from './pins.ts'
import { begunOn, placeOf, placeOfEdit, placeOfNew, placeOfReply, unsent } from './unsent.ts'

it('a comment that was begun on a task is found until it is sent or the task is done', () => {
  const threads = [{ id: 70 }, { id: 71 }] as Thread[]
  unsent.keep(placeOfNew(55), 'Of another task')
  unsent.keep(placeOfReply(55, 70), 'Of another task')
  expect(begunOn(5, threads)).toBeNull()
  unsent.keep(placeOfReply(5, 71), 'No')
  expect(begunOn(5, threads)).toEqual({ what: 'reply', id: 71 })
  unsent.keep(placeOfReply(5, 71), ' ')
  unsent.keep(placeOfNew(5), 'Too large')
  unsent.keep(placeOf(5, 'reject'), 'All of it')
  expect(begunOn(5, threads)).toEqual({ what: 'new' })
  unsent.drop(5)
  expect([begunOn(5, threads), unsent.of(placeOf(5, 'reject')), unsent.isAny()]).toEqual([null, '', true])
  unsent.drop(55)
  expect(unsent.isAny()).toBe(false)
})

it('a reply hinders before its thread has come, and not any more when that is gone', () => {
  unsent.keep(placeOfReply(5, 71), 'No')
  expect([begunOn(5, null), begunOn(5, [{ id: 70 }] as Thread[])]).toEqual([{ what: 'reply', id: 71 }, null])
  unsent.drop(5)
})

it('a reply and another text of a comment are asked for before a new comment, which can go along with a rejection', () => {
  const threads = [
    {
      id: 71,
      comments: [
        { id: 71, text: null },
        { id: 72, text: 'Where?' },
      ],
    },
  ] as Thread[]
  unsent.keep(placeOfNew(5), 'Too large')
  unsent.keep(placeOfEdit(5, 71), 'Deleted meanwhile')
  expect(begunOn(5, threads)).toEqual({ what: 'new' })
  unsent.keep(placeOfEdit(5, 72), 'Where is it?')
  expect(begunOn(5, threads)).toEqual({ what: 'edit', id: 72 })
  unsent.keep(placeOfReply(5, 71), 'No')
  expect(begunOn(5, threads)).toEqual({ what: 'reply', id: 71 })
  unsent.drop(5)
})

it('what was written while a text was on its way stays', () => {
  const place = placeOfNew(5)
  unsent.keep(place, 'Too large')
  const key = unsent.keyOf(place)
  expect(unsent.keyOf(place)).toBe(key)
  unsent.keep(place, 'Too large, and')
  expect(unsent.sent(place, 'Too large')).toBe(false)
  expect([unsent.of(place), unsent.keyOf(place) === key]).toEqual(['Too large, and', false])
  expect([unsent.sent(place, 'Too large, and'), unsent.isAny()]).toEqual([true, false])
})

it('a task that is done leaves no reply and no edit behind', () => {
  unsent.keep(placeOfReply(5, 71), 'No')
  unsent.keep(placeOfEdit(5, 72), 'Yes')
  unsent.drop(5)
  expect(unsent.isAny()).toBe(false)
})

it('a comment keeps its pin as long as its text', () => {
  const pin = { place: { x: 3, y: 4 }, object_id: 'car' }
  const place = placeOfNew(5)
  unsent.keepPin(place, pin)
  expect(unsent.pinOf(place)).toBe(NO_PIN)
  unsent.keep(place, 'Too large')
  expect([unsent.pinOf(place), unsent.pinOf(placeOfNew(6))]).toEqual([pin, NO_PIN])
  const here = { place: { x: 50, y: 60 }, object_id: null }
  expect([unsent.pinOf(place, here), unsent.pinOf(placeOfNew(6), here)]).toEqual([pin, here])
  unsent.keepPin(place, NO_PIN)
  expect(unsent.pinOf(place, here)).toBe(here)
  unsent.drop(5)
  unsent.keep(place, 'Anew')
  expect(unsent.pinOf(place)).toBe(NO_PIN)
  unsent.drop(5)
})
