import { expect, test } from 'vitest'
import type { App } from '../handler.ts'
import { stepForOthers, stepTook } from './pace.ts'

test('while others wait, a step is as large as the last one was fast, and no larger than the most', () => {
  const app = {} as App
  expect(stepForOthers(app, 2000)).toBe(2000)
  stepTook(app, 2000, 600)
  expect(stepForOthers(app, 2000)).toBe(500)
  stepTook(app, 500, 15)
  expect(stepForOthers(app, 2000)).toBe(2000)
  // A step that found nothing to do says nothing.
  stepTook(app, 0, 600)
  expect(stepForOthers(app, 2000)).toBe(2000)
})
