import { expect, test } from 'vitest'
import { hinders, isSamePress, keysOfPress, reachable, takenBy } from './pressed-keys.ts'

const press = (key: string, held = '') =>
  keysOfPress({
    key,
    ctrlKey: held.includes('c'),
    metaKey: held.includes('m'),
    altKey: held.includes('a'),
    shiftKey: held.includes('s'),
  })

test('a press in the notation of the commands', () => {
  expect([press('k'), press('K', 's'), press('K'), press('ö')]).toEqual(['k', 'Shift+K', 'k', 'ö'])
  expect([press('k', 'c'), press('K', 'ms'), press('Enter', 'c')]).toEqual(['$mod+k', '$mod+Shift+K', '$mod+Enter'])
  expect([press('!', 's'), press('!'), press('ArrowUp', 's')]).toEqual(['[Shift]+!', '!', 'Shift+ArrowUp'])
})

test('a modifier is no key yet; digits, Space, Escape, Tab and what Alt makes are no act’s', () => {
  expect([press('Shift', 's'), press('Control', 'c'), press('Dead')]).toEqual([null, null, null])
  for (const key of ['1', ' ', 'Escape', 'Tab', 'F5']) expect(press(key)).toBe('taken')
  expect([press('x', 'a'), press('1', 'c')]).toEqual(['taken', '$mod+1'])
})

test('the same press, however it is written', () => {
  expect(isSamePress('Shift+?', '[Shift]+?')).toBe(true)
  expect(isSamePress('!', '[Shift]+!')).toBe(true)
  expect(isSamePress('Shift+S', 's')).toBe(false)
  expect(isSamePress('$mod+S', '$mod+s')).toBe(true)
})

test('the first press of a sequence cannot be a key of its own', () => {
  expect([hinders('g', 'g t'), hinders('g t', 'g l'), hinders('t', 'g t'), hinders('g t', 'g t')]).toEqual([true, false, false, true]) // biome-ignore format: one line
})

test('a key that something else takes first', () => {
  const car = { title: 'Car', keys: 'b', comesFirst: true }
  const commands = [{ title: 'Box', keys: 'b' }, car, { title: 'Polygon', keys: 'p' }]
  expect([takenBy(commands, 'b'), takenBy(commands, 'p'), takenBy(commands, 'Shift+B')]).toEqual([car, null, null])
})

test('where the page has a key, the frame’s one does not work', () => {
  const [fill, tasks, rail] = [{ group: 'page', keys: 'g' }, { group: 'go_to', keys: 'g t' }, { group: 'act', keys: '$mod+b' }] // biome-ignore format: one line
  expect(reachable([tasks, rail, fill])).toEqual([rail, fill])
  expect(reachable([tasks, rail])).toEqual([tasks, rail])
})
