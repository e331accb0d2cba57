import { describe, expect, it } from 'vitest'
import { createEditor } from '../../../../editor/editor.ts'
import type { Thread } from '../../../../model/comment.ts'
import { nextOf, openCommentsText, pinAt, pinGroups, pinHere, pinOnScreen, placeOf } from './pins.ts'

function editorWithBox() {
  let ids = 0
  const editor = createEditor({ createId: () => `o${ids++}` })
  const box = { id: 'a', class_id: 1, shape: { type: 'box' as const, x: 10, y: 20, width: 30, height: 10 }, attributes: {}, author_id: null } // biome-ignore format: one object
  editor.resize({ width: 148, height: 128 })
  editor.load({
    document: { objects: [box], global_attributes: {} },
    image: { width: 100, height: 80 },
    schema: { classes: [{ id: 1, name: 'Car', color: '#ff0000', hotkey: '1', geometries: ['box'], attributes: [], is_removed: false }], global_attributes: [] },
    authorId: 1,
    isReadOnly: false,
  }) // biome-ignore format: one object
  const { view } = editor.state()
  const at = (x: number, y: number): [number, number] => [x * view.scale + view.x, y * view.scale + view.y]
  return { editor, at }
}

const thread = (id: number, text: string | null, more: Partial<Thread> = {}): Thread => ({
  id,
  place: null,
  object_id: null,
  resolved_at: null,
  resolved_by_id: null,
  may_resolve: true,
  comments: [{ id, author_id: 1, text, created_at: '', edited_at: null }],
  ...more,
})

describe('where a comment stands', () => {
  it('on its object as long as that exists, else where it was put', () => {
    const { editor } = editorWithBox()
    const pin = { place: { x: 1, y: 2 }, object_id: 'a' }
    expect(placeOf(pin, editor.state())).toEqual({ x: 40, y: 20 })
    editor.delete(['a'])
    expect(placeOf(pin, editor.state())).toEqual({ x: 1, y: 2 })
    expect(placeOf({ place: null, object_id: 'a' }, editor.state())).toBeNull()
  })
  it('a click means the object under it, else the place; outside the image it means nothing', () => {
    const { editor, at } = editorWithBox()
    expect(pinAt(editor.state(), at(15, 25))).toMatchObject({ object_id: 'a' })
    expect(pinAt(editor.state(), at(70, 60))).toEqual({ object_id: null, place: { x: 70, y: 60 } })
    expect(pinAt(editor.state(), at(-5, 60))).toBeNull()
  })
  it('by key: the selected object, else the pointer, else the whole image', () => {
    const { editor, at } = editorWithBox()
    expect(pinHere(editor.state())).toEqual({ place: null, object_id: null })
    const [x, y] = at(70, 60)
    editor.pointerMove({ x, y })
    expect(pinHere(editor.state())).toEqual({ object_id: null, place: { x: 70, y: 60 } })
    editor.select(['a'])
    expect(pinHere(editor.state())).toEqual({ object_id: 'a', place: { x: 40, y: 20 } })
  })
  it('what is out of sight is not drawn', () => {
    const { editor } = editorWithBox()
    expect(pinOnScreen({ place: { x: 50, y: 40 }, object_id: null }, editor.state())).toEqual([74, 64])
    editor.setView({ scale: 20, x: 0, y: 0 })
    expect(pinOnScreen({ place: { x: 90, y: 70 }, object_id: null }, editor.state())).toBeNull()
  })
})

it('pins that would lie upon each other are one, the first; two hundred at one place too', () => {
  const pins = (...at: [number, number][]) => at.map((p, i) => ({ id: i + 1, at: p }))
  const ids = (list: ReturnType<typeof pins>) => pinGroups(list).map((group) => group.map((p) => p.id))
  expect(ids(pins([100, 100], [110, 105], [160, 100], [100, 130]))).toEqual([[1, 2], [3], [4]])
  // Also across the border of two cells, and where the image begins.
  expect(ids(pins([43, 23], [45, 25], [-1, -1], [1, 1]))).toEqual([
    [1, 2],
    [3, 4],
  ])
  expect(ids(pins(...Array.from({ length: 200 }, (): [number, number] => [7, 7])))).toHaveLength(1)
})

it('goes round: forwards from the last to the first, backwards from the first to the last', () => {
  expect([nextOf([1, 2, 3], 3, 1), nextOf([1, 2, 3], 1, -1), nextOf([1, 2, 3], null, -1), nextOf([], null, 1)]).toEqual([1, 3, 3, null]) // biome-ignore format: one line
})

describe('open comments as the text of a rejection', () => {
  it('a line each, with the number on the image; resolved and deleted ones are left out', () => {
    const threads = [thread(1, 'Too  wide\nhere'), thread(2, 'Done', { resolved_at: 'x' }), thread(3, null), thread(4, 'Wrong class')] // biome-ignore format: one line
    expect(openCommentsText(threads)).toBe('1. Too wide here\n4. Wrong class')
    expect(openCommentsText([])).toBe('')
  })
  it('many long ones fit, and what does not is counted', () => {
    const text = openCommentsText(Array.from({ length: 200 }, (_, i) => thread(i, 'x'.repeat(400))))
    expect(text.length).toBeLessThanOrEqual(5000)
    expect(text).toMatch(/\n… \+\d+$/)
  })
})
