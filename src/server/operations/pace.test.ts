import { expect, test } from 'vitest'
import type { App } from '../handler.ts'
import { stepTook, stepWithin } from './pace.ts'

test('a step is as large as the last one was fast, and no larger than the most', () => {
  const app = {} as App
  expect(stepWithin(app, 150, 10_000)).toBe(2000)
  expect(stepWithin(app, 150, 500)).toBe(500)
  stepTook(app, 2000, 600)
  expect(stepWithin(app, 150, 10_000)).toBe(500)
  expect(stepWithin(app, 600, 10_000)).toBe(2000)
  stepTook(app, 500, 1)
  expect(stepWithin(app, 150, 10_000)).toBe(10_000)
  // A step that found nothing to do says nothing.
  stepTook(app, 0, 600)
  expect(stepWithin(app, 150, 10_000)).toBe(10_000)
})
