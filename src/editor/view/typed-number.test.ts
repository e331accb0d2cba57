import { expect, it } from 'vitest'
import { shownNumber, typedNumber } from './typed-number.ts'

it('what is typed means the number that it says, however it ends; a minus alone means none yet', () => {
  expect(['2.05', '2.0', '2.', '05', '-0', '12345678901234', '', '-', '.'].map(typedNumber)).toEqual([
    2.05, 2, 2, 5, 0, 12345678901234, undefined, null, null,
  ]) // biome-ignore format: a list
})

it('is shown as it was typed, but not of another value, as the next image has it', () => {
  expect([shownNumber('2.0', 2), shownNumber('-', 5), shownNumber(null, 5)]).toEqual(['2.0', '-', 5])
  expect([shownNumber('2.0', undefined), shownNumber('2.0', 7), shownNumber('', 7)]).toEqual(['', 7, 7])
})
