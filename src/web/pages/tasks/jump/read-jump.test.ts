import { expect, test } from 'vitest'
import { readJump } from './read-jump.ts'

test.each([
  ['1', 0],
  [' 12000 ', 11_999],
  ['12,000', 11_999],
  ['1.204.311', 1_204_310],
  ['1 204 311', 1_204_310],
  ['0', -1],
])('%j is a row', (text, row) => {
  expect(readJump(text)).toEqual({ row })
})

test.each(['0001.jpg', '1,2', '12,00', 'street 4', '1e3', '-5', '#', '#a', '#0', '1234567890123456'])(
  '%j is a name',
  (name) => {
    expect(readJump(name)).toEqual({ place: { name } })
  },
)

test('#47 is a task', () => {
  expect(readJump('#47')).toEqual({ place: { task_id: 47 } })
})

test('nothing is nothing', () => {
  expect(readJump('  ')).toBeNull()
})
