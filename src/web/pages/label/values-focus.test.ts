import type { KeyboardEvent } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { leaveValues } from './values-focus.ts'

afterEach(() => vi.unstubAllGlobals())

/** @returns whether Escape in this field led to the image */
function leavesBy(key: string, expanded: string | null): boolean {
  const focus = vi.fn()
  vi.stubGlobal('document', {
    activeElement: null,
    querySelector: () => ({ dataset: {}, addEventListener: () => undefined, focus }),
  })
  const target = { getAttribute: () => expanded }
  const event = { key, target, defaultPrevented: false, stopPropagation: () => undefined }
  leaveValues(event as unknown as KeyboardEvent)
  return focus.mock.calls.length > 0
}

test('Escape leads back to the image, but only closes a list that is open', () => {
  expect(leavesBy('Escape', null)).toBe(true)
  expect(leavesBy('Escape', 'false')).toBe(true)
  expect(leavesBy('Escape', 'true')).toBe(false)
  expect(leavesBy('Enter', null)).toBe(false)
})
