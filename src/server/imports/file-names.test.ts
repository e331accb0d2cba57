import { expect, test } from 'vitest'
import { cleanPath, isLeftover, placeOf } from './file-names.ts'

test('a path becomes folder and name; letters of all scripts stay', () => {
  expect(placeOf('a.jpg')).toEqual({ folder: '', name: 'a.jpg' })
  expect(placeOf('Ferien/Tag 1/Straße 🚗.jpg')).toEqual({ folder: 'Ferien/Tag 1', name: 'Straße 🚗.jpg' })
  expect(placeOf('写真/猫.png')).toEqual({ folder: '写真', name: '猫.png' })
  expect(placeOf('./a//b/./c.png')).toEqual({ folder: 'a/b', name: 'c.png' })
  expect(placeOf('win\\path\\c.png')).toEqual({ folder: 'win/path', name: 'c.png' })
})

test('paths that lead elsewhere are refused', () => {
  for (const path of [
    '../a.jpg',
    'a/../../b.jpg',
    'a\\..\\b.jpg',
    '.\u0000./a.jpg',
    '/etc/passwd',
    '\\\\server\\share.jpg',
    'C:\\a.jpg',
    'c:/a.jpg',
  ])
    expect(placeOf(path), path).toHaveProperty('refusal')
  for (const path of ['', '/', ' ', '\u202e']) expect(placeOf(path), JSON.stringify(path)).toHaveProperty('refusal')
})

test('marks that hide or reorder text go, halves of characters are replaced', () => {
  expect(placeOf('\u202egpj.exe\u0007\u0000.jpg')).toEqual({ folder: '', name: 'gpj.exe.jpg' })
  expect(cleanPath('a\ud800b\r\nc')).toBe('a\ufffdbc')
})

test('too long names are refused, not cut', () => {
  expect(placeOf(`${'x'.repeat(256)}.jpg`)).toHaveProperty('refusal')
  expect(placeOf(`${'d/'.repeat(400)}a.jpg`)).toHaveProperty('refusal')
})

test('what systems leave behind', () => {
  for (const path of ['.DS_Store', 'a/Thumbs.db', '__MACOSX/a/._b.jpg', 'a/._b.jpg', 'desktop.ini'])
    expect(isLeftover(path), path).toBe(true)
  for (const path of ['a.jpg', '.hidden.jpg', 'a/MACOSX.jpg']) expect(isLeftover(path), path).toBe(false)
})
