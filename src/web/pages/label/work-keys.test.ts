import { expect, test } from 'vitest'
import { KEYS } from '../../../editor/keys.ts'
import { editorKeys, registryKeys, WORK_KEYS } from './work-keys.ts'

test('no key of the page is one of the editor’s, and none is twice', () => {
  const page = Object.values(WORK_KEYS).map((keys) => keys.toLowerCase())
  const editor = KEYS.flatMap(({ chords }) => chords.map((chord) => registryKeys({ chords: [chord] }).toLowerCase()))
  expect(page.filter((keys) => editor.includes(keys))).toEqual([])
  for (const keys of [page, editor]) expect(new Set(keys.filter(Boolean)).size).toBe(keys.filter(Boolean).length)
})

test('arrows are said as what they are, not as one of them', () => {
  expect(KEYS.filter(({ id }) => /^nudge/.test(id)).map(registryKeys)).toEqual([
    'Arrow\u00a0keys',
    'Shift+arrow\u00a0keys',
  ])
})

test('a person’s own keys, as the editor writes them', () => {
  const own = new Map([['b', '$mod+Shift+K'], ['Delete', 'ArrowUp'], ['$mod+z', '[Shift]+!'], ['Shift+S', 'q']]) // biome-ignore format: one line
  expect([...editorKeys(own)]).toEqual([['box_tool', 'ctrl+shift+k'], ['delete', 'arrowup'], ['undo', '!']]) // biome-ignore format: one line
})
