// A session that ends under open pages.
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { readSession, type Session, sessionQuery } from './queries.ts'

const somebody = { person: { id: 1, name: 'Olga' }, organizations: [], needs_setup: false } as unknown as Session
const nobody: Session = { ...somebody, person: null }

test('where somebody was signed in, an ended session is a refusal and takes nobody off the page', () => {
  const client = new QueryClient()
  expect(readSession(client, nobody)).toBe(nobody)
  client.setQueryData(sessionQuery.queryKey, somebody)
  expect(readSession(client, somebody)).toBe(somebody)
  expect(() => readSession(client, nobody)).toThrow(expect.objectContaining({ code: 'not_signed_in' }))
})
