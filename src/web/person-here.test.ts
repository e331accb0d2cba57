// A tab in which one person follows another.
import { QueryClient } from '@tanstack/react-query'
import { expect, it, vi } from 'vitest'
import { placeOfNew, unsent } from './pages/label/review/unsent.ts'
import { onPersonGone, personGone, personIs } from './person-here.ts'
import { enterAs, readSession, type Session, sessionQuery } from './queries.ts'

it('another person finds nothing of the first; the same one finds everything', () => {
  const forget = vi.fn()
  onPersonGone(forget)
  personIs(1)
  unsent.keep(placeOfNew(5), 'Too large')
  personIs(1)
  expect([forget.mock.calls.length, unsent.of(placeOfNew(5))]).toEqual([0, 'Too large'])
  personIs(2)
  expect([forget.mock.calls.length, unsent.isAny()]).toEqual([1, false])
  personIs(2)
  expect(forget).toHaveBeenCalledTimes(1)
  personGone()
  personIs(3)
  expect(forget).toHaveBeenCalledTimes(2)
})

it('that another came is known from signing in, and from a session that another tab began', () => {
  const forget = vi.fn()
  onPersonGone(forget)
  const client = new QueryClient()
  const session = (id: number) => ({ person: { id }, organizations: [], needs_setup: false }) as unknown as Session
  personGone()
  forget.mockClear()
  readSession(client, session(1))
  enterAs(client, session(1))
  expect([forget.mock.calls.length, client.getQueryData(sessionQuery.queryKey)?.person?.id]).toEqual([0, 1])
  enterAs(client, session(2))
  expect(forget).toHaveBeenCalledTimes(1)
  readSession(client, session(3))
  expect(forget).toHaveBeenCalledTimes(2)
})
