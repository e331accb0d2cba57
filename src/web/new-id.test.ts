import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { handOver, isKept } from './handed-selection.ts'
import { newId } from './new-id.ts'

// What a page has that was loaded over plain http.
beforeEach(() => vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) }))
afterEach(() => vi.unstubAllGlobals())

it('is a random UUID of version 4, each time another', () => {
  const ids = Array.from({ length: 200 }, newId)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids).size).toBe(200)
})

it('a long selection goes to another page', () =>
  expect(isKept(handOver({ ids: Array.from({ length: 501 }, (_, i) => i + 1) }))).toBe(true))
