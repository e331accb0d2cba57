import { describe, expect, test } from 'vitest'
import { classKeys } from './class-keys.ts'
import { actionOf, isCommand, KEYS, keyCaps, keyHint, plainKey, rebind } from './keys.ts'
import { box, CELLS, object, testEditor } from './test-editor.ts'

describe('the list of keys', () => {
  test('no chord has two meanings, each entry says how', () => {
    const chords = KEYS.flatMap((e) => e.chords)
    expect(new Set(chords).size).toBe(chords.length)
    for (const e of KEYS) expect(e.chords.length > 0 || e.gesture !== undefined).toBe(true)
  })
  test('every chord does something', () => {
    for (const chord of KEYS.flatMap((e) => e.chords)) {
      const t = testEditor({ objects: [object('a', box(100, 100, 50, 50))] })
        .click(120, 120)
        .keys('ctrl+c')
      t.editor.setPredictions([{ key: '1-a', class_id: 1, shape: box(200, 100, 50, 50), score: 1 }])
      if (chord === 'enter') t.keys('p').click(10, 10)
      const parts = chord.split(/\+(?=.)/)
      const key = parts.pop() as string
      const isHandled = t.editor.keyDown({ key, ctrl: parts.includes('ctrl'), shift: parts.includes('shift') })
      expect([chord, isHandled]).toEqual([chord, true])
    }
  })
  test('what is offered without a key does what its key does', () => {
    const t = testEditor({ objects: [object('a', box(100, 100, 50, 50))] })
    expect([t.editor.act('select_all'), t.editor.state().selection]).toEqual([true, ['a']])
    expect([t.editor.act('delete'), t.editor.state().document.objects]).toEqual([true, []])
    for (const e of KEYS.filter(isCommand)) expect(() => t.editor.act(e.id)).not.toThrow()
    expect(KEYS.filter((e) => !isCommand(e)).map((e) => t.editor.act(e.id))).not.toContain(true)
  })
  test('Shift is part of a letter’s chord, not of a sign’s', () => {
    expect(actionOf({ key: '+', shift: true })).toBe('zoom_in')
    expect(actionOf({ key: 'Z', shift: true, ctrl: true })).toBe('redo')
    expect(actionOf({ key: 'B', shift: true })).toBeNull()
  })
  test('a person’s own key takes the place of the usual ones, and comes before another action’s', () => {
    const t = testEditor()
    rebind(new Map([['delete', 'q'], ['box_tool', 'p']])) // biome-ignore format: one line
    try {
      expect([actionOf({ key: 'q' }), actionOf({ key: 'Delete' }), actionOf({ key: 'p' })]).toEqual([
        'delete',
        null,
        'box_tool',
      ])
      expect([actionOf({ key: 'b' }), keyHint('box_tool', false)]).toEqual([null, 'P'])
      expect(t.keys('p').editor.state().tool).toBe('box')
    } finally {
      rebind(new Map())
    }
    expect([actionOf({ key: 'Delete' }), actionOf({ key: 'b' })]).toEqual(['delete', 'box_tool'])
  })
  test('a held key does again only what is meant so', () => {
    const t = testEditor({ objects: [object('a', box(100, 100, 50, 50)), object('b', box(200, 100, 50, 50))] })
    const hold = (key: string, ctrl = false) => {
      for (const repeat of [false, true, true]) expect(t.editor.keyDown({ key, ctrl, repeat })).toBe(true)
    }
    t.click(120, 120)
    hold('ArrowRight')
    expect(t.shapes()[0]).toEqual(box(103, 100, 50, 50))
    t.editor.setPredictions(['a', 'b', 'c'].map((key) => ({ key, class_id: 1, shape: box(9, 9, 9, 9), score: 1 })))
    t.keys('z')
    hold('a')
    expect(t.ids().length).toBe(3)
    t.editor.select(['a'])
    t.keys('ctrl+c')
    hold('v', true)
    expect(t.ids().length).toBe(4)
    // Held, Backspace takes back points; the objects are not next.
    t.keys('p').click(10, 10).click(60, 10).click(60, 60)
    hold('Backspace')
    expect([t.editor.state().draft, t.ids().length]).toEqual([null, 4])
    t.keys('v').editor.select(['a', 'b'])
    hold('Delete')
    expect(t.ids().length).toBe(2)
  })
  test('letters of other alphabets are known by their place', () => {
    expect(plainKey({ key: 'м', code: 'KeyV' })).toBe('v')
    expect(plainKey({ key: 'Tab', code: 'Tab' })).toBeNull()
  })
  test('digits are known by their place where the row writes other signs', () => {
    const press = (key: string, code: string, shift = false) => {
      const t = testEditor()
      t.editor.keyDown({ key, code, shift })
      return [t.editor.state().activeClassId, t.editor.state().view.scale]
    }
    expect([press('&', 'Digit1'), press('é', 'Digit2'), press('é', 'KeyQ')]).toEqual([[1, 1], [3, 1], [1, 1]]) // biome-ignore format: one line
    expect([press('2', 'Digit2', true), press('"', 'Digit2', true)]).toEqual([[3, 1], [1, 1]]) // biome-ignore format: one line
    // What zooms goes on zooming.
    expect(press('+', 'Digit2')).toEqual([1, 1.25])
  })
  test('caps and hints', () => {
    expect(keyCaps('ctrl+shift+z', false)).toEqual(['Ctrl', 'Shift', 'Z'])
    expect(keyCaps('ctrl+shift+z', true)).toEqual(['⌘', '⇧', 'Z'])
    expect(keyCaps('+', false)).toEqual(['+'])
    expect([keyHint('undo', false), keyHint('pan', false)]).toEqual(['Ctrl+Z', ''])
  })
})

test('classes without a hotkey get the free digits, removed ones nothing', () => {
  const named = [...classKeys(CELLS)].map(([key, c]) => [key, c.name])
  expect(Object.fromEntries(named)).toEqual({ w: 'white', 1: 'red', 2: 'line' })
})
