import { expect, test } from 'vitest'
import { isTyped, typed } from './quiet-keys.ts'

const press = (key: string, held = '') => ({
  key,
  ctrlKey: held.includes('c'),
  metaKey: held.includes('m'),
  altKey: held.includes('a'),
})

test('what is typed before its place is there: letters and signs, also with Alt Gr, no commands', () => {
  for (const event of [
    press('a'),
    press('?'),
    press('é'),
    press('😀'),
    press('@', 'ca'),
    press('Enter'),
    press('Backspace'),
  ])
    expect(isTyped(event)).toBe(true)
  for (const event of [
    press('a', 'c'),
    press('v', 'm'),
    press('Enter', 'c'),
    press('Shift'),
    press('Escape'),
    press('F5'),
  ])
    expect(isTyped(event)).toBe(false)
})

test('the text as it would have become in its field', () => {
  const keys = ['T', 'o', 'o', '😀', 'Backspace', ' ', 'w', 'i', 'd', 'e', 'Enter', '!']
  expect(keys.reduce(typed, '')).toBe('Too wide\n!')
  expect(typed('', 'Backspace')).toBe('')
})
