import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentsProblem } from '../../../../model/split.ts'
import { SPLITS } from '../../../../model/task.ts'
import { randomToken, withPercent } from './percents.ts'

const usual = { train: 80, validation: 10, test: 10 }

test('train gives to the small ones', () => {
  expect(withPercent(usual, 'validation', 20)).toEqual({ train: 70, validation: 20, test: 10 })
  expect(withPercent(usual, 'test', 0)).toEqual({ train: 90, validation: 10, test: 0 })
})

test('what train gives up is shared in proportion', () => {
  expect(withPercent(usual, 'train', 70)).toEqual({ train: 70, validation: 15, test: 15 })
  expect(withPercent({ train: 100, validation: 0, test: 0 }, 'train', 60)).toEqual({
    train: 60,
    validation: 20,
    test: 20,
  })
})

test('a small one larger than train has takes from the other', () => {
  expect(withPercent({ train: 50, validation: 0, test: 50 }, 'validation', 80)).toEqual({
    train: 0,
    validation: 80,
    test: 20,
  })
})

test('what cannot be is kept as typed and said', () => {
  expect(percentsProblem(withPercent(usual, 'train', 120))).toBe('The percents sum to 140, not 100.')
  expect(percentsProblem(withPercent(usual, 'test', -5))).toContain('0 or more')
})

test('any value from 0 to 100 leaves a sum of 100', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...SPLITS), fc.integer({ min: 0, max: 100 })), { maxLength: 10 }),
      (edits) => {
        const percents = edits.reduce((p, [split, value]) => withPercent(p, split, value), usual)
        expect(percentsProblem(percents)).toBeNull()
      },
    ),
  )
})

test('seeds differ and are readable', () => {
  expect(randomToken()).toMatch(/^[0-9a-f]{16}$/)
  expect(randomToken()).not.toBe(randomToken())
})
