import { expect, test } from 'vitest'
import { keyInputOf } from './key-input.ts'

const press = (key: string, held = '', code = '') => ({
  key,
  code,
  repeat: false,
  shiftKey: held.includes('shift'),
  altKey: held.includes('alt'),
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  getModifierState: () => held.includes('graph'),
})

test('a sign that needs AltGr or Option is that sign alone', () => {
  // German, on Windows, on Linux and on a Mac.
  expect(keyInputOf(press('[', 'ctrl alt graph', 'Digit8'), false)).toMatchObject({ key: '[', ctrl: false })
  expect(keyInputOf(press('[', 'ctrl alt graph', 'Digit8'), false)).not.toHaveProperty('alt')
  expect(keyInputOf(press('[', 'ctrl graph', 'Digit8'), false)).toMatchObject({ ctrl: true, alt: false })
  expect(keyInputOf(press('[', 'alt', 'Digit5'), true)).not.toHaveProperty('alt')
  expect(keyInputOf(press('[', 'alt meta', 'Digit5'), true)).toMatchObject({ ctrl: true })
  // Not the class of the digit below it.
  expect(keyInputOf(press('~', 'ctrl alt graph', 'Digit2'), false)).not.toHaveProperty('code')
})
test('Alt with anything else stays Alt', () => {
  expect(keyInputOf(press('[', 'alt', 'BracketLeft'), false)).toMatchObject({ alt: true, code: 'BracketLeft' })
  expect(keyInputOf(press('¡', 'alt', 'Digit1'), true)).toMatchObject({ alt: true })
  expect(keyInputOf(press('q', 'ctrl alt graph', 'KeyQ'), false)).toMatchObject({ alt: true, ctrl: true })
})
