import { describe, expect, test } from 'vitest'
import { box, object, polygon, testEditor } from '../test-editor.ts'
import { texts } from '../texts.ts'

const a = object('a', box(10, 10, 100, 100))
const b = object('b', box(300, 200, 50, 50))
const c = object('c', box(60, 60, 100, 100))
const given = () => testEditor({ objects: [a, b, c] })

describe('the pile', () => {
  test('forward passes the next object that it overlaps, and back again', () => {
    const t = given().click(20, 20).keys('ctrl+]')
    expect(t.ids()).toEqual(['b', 'c', 'a'])
    expect(t.keys('ctrl+]').ids()).toEqual(['b', 'c', 'a'])
    expect(t.keys('ctrl+[').ids()).toEqual(['b', 'a', 'c'])
    expect(t.keys('ctrl+z', 'ctrl+z').ids()).toEqual(['a', 'b', 'c'])
    expect(t.selection()).toEqual(['a'])
  })
  test('to the front and to the bottom, several as they lie', () => {
    const t = given().click(20, 20).click(320, 220, { shift: true }).keys('ctrl+}')
    expect(t.ids()).toEqual(['c', 'a', 'b'])
    expect(t.keys('ctrl+{').ids()).toEqual(['a', 'b', 'c'])
    expect(t.keys('ctrl+{').editor.state().canRedo).toBe(false)
  })
})

describe('a locked object', () => {
  const locked = () => given().click(20, 20).keys('shift+l')
  test('is passed through by the pointer, Tab and select all', () => {
    const t = locked().keys('Escape').click(20, 20)
    expect(t.selection()).toEqual([])
    expect(t.drag([5, 5], [200, 200]).selection()).toEqual(['c'])
    expect(t.keys('ctrl+a').selection()).toEqual(['b', 'c'])
  })
  test('selected in the list it is not changed by anything, and says so', () => {
    const t = locked()
    for (const key of ['Delete', 'ArrowRight', '.', 'w', 'ctrl+}']) {
      expect(t.keys(key).editor.document().objects[0]).toEqual(a)
      expect(t.notice()).toBe(texts.notices.locked)
    }
    t.editor.setAttribute(1, 1)
    t.drag([10, 10], [30, 30])
    expect(t.editor.document().objects).toEqual([a, b, c])
    expect(t.editor.state().canUndo).toBe(false)
  })
  test('with others selected, the others are changed', () => {
    const t = locked()
    t.editor.select(['a', 'b'])
    expect(t.keys('ArrowRight').shapes()[0]).toEqual(a.shape)
    expect(t.shapes()[1]).toEqual(box(301, 200, 50, 50))
    expect(t.keys('Delete').ids()).toEqual(['a', 'c'])
  })
  test('pressed again it is free', () => expect(locked().keys('shift+l', 'Delete').ids()).toEqual(['b', 'c']))
})

describe('snapping', () => {
  const snapping = () => given().keys('n')
  test('pulls corners and points to vertices, then edges, then the edge of the image', () => {
    expect(snapping().keys('b').drag([113, 8], [200, 4]).shapes()[3]).toEqual(box(110, 0, 90, 10))
    expect(snapping().keys('p').click(107, 30).click(295, 220).click(396, 150).keys('Enter').shapes()[3]).toEqual(
      polygon([110, 30], [300, 220], [400, 150]),
    )
  })
  test('a pulled handle or vertex does not snap to its own object', () => {
    const t = snapping().click(320, 220).drag([350, 225], [396, 225])
    expect(t.shapes()[1]).toEqual(box(300, 200, 100, 50))
    expect(t.drag([400, 225], [396, 225]).shapes()[1]).toEqual(box(300, 200, 100, 50))
  })
  test('a corner that was clicked stays where it snapped to, whatever follows', () => {
    const t = snapping().keys('b').click(113, 8).keys('n').click(200, 150)
    expect(t.shapes()[3]).toEqual(box(110, 10, 90, 140))
  })
  test('is off until it is switched on', () =>
    expect(given().keys('b').drag([113, 8], [200, 4]).shapes()[3]).toEqual(box(113, 4, 87, 4)))
})

describe('a hidden object', () => {
  const hidden = () => given().click(20, 20).keys('h')
  test('that is still selected is not changed, and says so', () => {
    const t = hidden()
    for (const key of ['Delete', 'ArrowRight', '.', 'w', 'ctrl+}']) {
      expect(t.keys(key).editor.document().objects).toEqual([a, b, c])
      expect(t.notice()).toBe(texts.notices.hidden)
    }
    expect(t.keys('h', 'Delete').ids()).toEqual(['b', 'c'])
  })
  test('with others selected, the others are changed; named in the list it is deleted', () => {
    const t = hidden()
    t.editor.select(['a', 'b'])
    expect(t.drag([320, 220], [330, 225]).shapes().slice(0, 2)).toEqual([a.shape, box(310, 205, 50, 50)])
    expect(t.keys('Delete').ids()).toEqual(['a', 'c'])
    t.editor.delete(['a'])
    expect(t.ids()).toEqual(['c'])
  })
  test('is not passed by what goes up or down: nobody would see it', () => {
    const t = testEditor({ objects: [a, object('between', a.shape), c] })
    t.editor.toggleHidden(['between'])
    t.editor.select(['a'])
    expect(t.keys('ctrl+]').ids()).toEqual(['between', 'c', 'a'])
    expect(t.keys('ctrl+[').ids()).toEqual(['between', 'a', 'c'])
    expect(t.keys('ctrl+[').ids()).toEqual(['between', 'a', 'c'])
  })
  test('is not painted on', () =>
    expect(testEditor().keys('m').drag([50, 50], [90, 50]).keys('h').drag([200, 50], [240, 50]).ids().length).toBe(2))
})
