import { describe, expect, test } from 'vitest'
import { box, object, polygon, testEditor } from '../test-editor.ts'
import { texts } from '../texts.ts'

describe('drawing a box', () => {
  test('a drag adds a box of the active class, in my name', () => {
    const t = testEditor().keys('b').drag([50, 60], [10, 20])
    expect(t.shapes()).toEqual([box(10, 20, 40, 40)])
    expect(t.editor.document().objects[0]).toMatchObject({ id: 'new-1', class_id: 1, author_id: 7, attributes: {} })
    expect(t.editor.state().tool).toBe('box')
  })
  test('two clicks do the same', () => {
    const t = testEditor().keys('b').click(10, 20).move(30, 30)
    expect(t.editor.state().draft).toEqual({ kind: 'shape', shape: box(10, 20, 20, 10) })
    expect(t.click(50, 60).shapes()).toEqual([box(10, 20, 40, 40)])
  })
  test('it ends at the edge of the image', () => {
    const t = testEditor().keys('b').drag([-50, -50], [100, 900])
    expect(t.shapes()).toEqual([box(0, 0, 100, 300)])
  })
  test('without an area nothing is added', () => {
    const t = testEditor().keys('b').drag([10, 10], [80, 10]).drag([-50, 10], [-10, 80]).doubleClick(10, 10)
    expect(t.shapes()).toEqual([])
    expect(t.notice()).toBe(texts.notices.noArea)
    expect(t.editor.state().canUndo).toBe(false)
  })
  test('Escape in the middle of a drag leaves nothing behind', () => {
    const t = testEditor().keys('b').press(10, 10).move(50, 50).keys('Escape').move(80, 80).release()
    expect(t.shapes()).toEqual([])
    expect(t.editor.state().draft).toBeNull()
  })
  test('a double click on the second corner begins no other one', () => {
    const t = testEditor().keys('b').click(10, 20).doubleClick(50, 60).move(90, 90)
    expect([t.shapes(), t.editor.state().draft]).toEqual([[box(10, 20, 40, 40)], null])
  })
  test('while the view is moved and zoomed between two clicks, corners stay on the image', () => {
    const t = testEditor().keys('b').click(10, 10)
    t.press(300, 300, { button: 1 }).move(320, 330).release()
    expect(t.click(70, 80).shapes()).toEqual([box(10, 10, 40, 40)])
  })
})

describe('drawing a polygon', () => {
  const corners = (t = testEditor().keys('p')) => t.click(10, 10).click(60, 10).click(60, 60)
  const triangle = polygon([10, 10], [60, 10], [60, 60])

  test('a click on the first point closes it', () => {
    const t = corners().move(13, 12)
    expect(t.editor.state().draft).toMatchObject({ isClosing: true })
    expect(t.click(13, 12).shapes()).toEqual([triangle])
  })
  test('a double click there begins no other one', () => {
    const t = corners().doubleClick(10, 10)
    expect([t.shapes(), t.editor.state().draft]).toEqual([[triangle], null])
  })
  test('Enter closes it', () => expect(corners().keys('Enter').shapes()).toEqual([triangle]))
  test('a double click puts its point and closes it', () =>
    expect(corners().doubleClick(10, 60).shapes()).toEqual([polygon([10, 10], [60, 10], [60, 60], [10, 60])]))
  test('Backspace and Ctrl+Z take back one point each', () =>
    expect(corners().click(5, 99).click(6, 99).keys('Backspace', 'ctrl+z', 'Enter').shapes()).toEqual([triangle]))
  test('redo puts back the points that undo took, and throws away neither the shape nor an older step', () => {
    const t = testEditor().keys('b').drag([200, 200], [250, 250]).keys('ctrl+z', 'p')
    corners(t).keys('ctrl+z', 'ctrl+z', 'ctrl+shift+z', 'ctrl+shift+z', 'ctrl+shift+z')
    expect([t.notice(), t.shapes()]).toEqual([texts.notices.finishFirst, []])
    expect(t.keys('Enter').shapes()).toEqual([triangle])
    corners(t).keys('ctrl+z', 'ctrl+z', 'ctrl+z', 'ctrl+y', 'ctrl+y').click(60, 60).keys('ctrl+y', 'Enter')
    expect(t.shapes()).toEqual([triangle, triangle])
    corners(t).keys('ctrl+z', 'Escape', 'ctrl+y')
    expect(t.editor.state().draft).toBeNull()
  })
  test('what is done to others in the list leaves it as it is', () => {
    const t = testEditor({ objects: [object('a', box(200, 200, 20, 20)), object('b', box(200, 100, 20, 20))] })
    corners(t.keys('p'))
    t.editor.toggleLocked(['a'])
    t.editor.delete(['b'])
    expect(t.ids()).toEqual(['a'])
    expect(t.keys('Enter').shapes()).toEqual([box(200, 200, 20, 20), triangle])
  })
  test('what is shown as closing closes, also where the pointer snaps', () => {
    const t = corners(testEditor({ objects: [object('a', box(18, 10, 30, 9))] }).keys('p')).keys('n')
    const isClosing = (x: number) => {
      t.move(x, 10)
      return (t.editor.state().draft as { isClosing: boolean }).isClosing
    }
    expect([isClosing(23), isClosing(19)]).toEqual([false, true])
    expect(t.click(19, 10).shapes()[1]).toEqual(triangle)
  })
  test('Escape drops it', () => expect(corners().keys('Escape', 'Enter').shapes()).toEqual([]))
  test('two points are too few, and they stay', () => {
    const t = testEditor().keys('p').click(10, 10).click(60, 10).keys('Enter')
    expect(t.notice()).toBe(texts.notices.tooFewPoints(3))
    expect(t.click(60, 60).keys('Enter').shapes()).toEqual([triangle])
  })
  test('points on one line have no area', () =>
    expect(testEditor().keys('p').click(10, 10).click(20, 10).click(40, 10).keys('Enter').shapes()).toEqual([]))
  test('a started shape is not thrown away by another tool, Tab or a class', () => {
    const t = corners().keys('b', 'Tab', 'ctrl+a', '3')
    expect(t.notice()).toBe(texts.notices.finishFirst)
    expect(t.keys('Enter').shapes()).toEqual([triangle])
  })
  test('it survives when the browser takes the pointer away', () => {
    const t = corners()
    t.editor.pointerCancel()
    t.editor.blur()
    expect(t.keys('Enter').shapes()).toEqual([triangle])
  })
})

describe('lines and points', () => {
  test('a double click ends a line', () =>
    expect(testEditor().keys('l').click(10, 10).doubleClick(60, 20).shapes()).toEqual([
      {
        type: 'polyline',
        points: [
          [10, 10],
          [60, 20],
        ],
      },
    ]))
  test('snapping takes a point to what is near, when it is put and when it is moved alone', () => {
    const t = testEditor({ objects: [object('a', box(100, 100, 50, 50))] }).keys('n', 'o')
    t.click(104, 97).click(3, 200).click(20, 20)
    const [, ...points] = t.shapes()
    expect(points).toEqual([{ type: 'point', x: 100, y: 100 }, { type: 'point', x: 0, y: 200 }, { type: 'point', x: 20, y: 20 }]) // biome-ignore format: one line
    t.keys('v').drag([20, 20], [147, 153])
    expect(t.shapes()[3]).toEqual({ type: 'point', x: 150, y: 150 })
    expect(t.keys('n').drag([150, 150], [147, 153]).shapes()[3]).toEqual({ type: 'point', x: 147, y: 153 })
  })
  test('a double click puts one point', () =>
    expect(testEditor().keys('o').doubleClick(10, 10).shapes()).toEqual([{ type: 'point', x: 10, y: 10 }]))
  test('a click puts a point; beside the image it puts none', () =>
    expect(testEditor().keys('o').click(10.456, 10).click(600, 20).shapes()).toEqual([
      { type: 'point', x: 10.46, y: 10 },
    ]))
})

describe('classes and tools', () => {
  test('a tool takes the first class that allows it, a class the first tool it allows', () => {
    const t = testEditor().keys('w', 'l')
    expect(t.editor.state()).toMatchObject({ tool: 'polyline', activeClassId: 1 })
    expect(t.keys('b', '2').editor.state()).toMatchObject({ tool: 'polyline', activeClassId: 3 })
  })
  test('a class key in a drawing tool is for the next object, not for the last', () =>
    expect(testEditor().keys('b').drag([10, 10], [50, 50]).keys('w').drag([60, 60], [90, 90]).classes()).toEqual([
      1, 2,
    ]))
  test('going back to Select takes up what was drawn last', () => {
    const t = testEditor().keys('b').drag([10, 10], [50, 50])
    expect([t.selection(), t.keys('v').selection()]).toEqual([[], ['new-1']])
  })
  test('read-only: no drawing tool, no change', () => {
    const t = testEditor({ isReadOnly: true }).keys('b').drag([10, 10], [50, 50])
    expect(t.shapes()).toEqual([])
    expect(t.editor.state().tool).toBe('select')
  })
  test('when the lease is lost in the middle of a polygon, nothing is added and nothing throws', () => {
    const t = testEditor().keys('p').click(10, 10).click(60, 10).click(60, 60)
    t.editor.setReadOnly(true)
    expect(t.keys('Enter').click(10, 10).shapes()).toEqual([])
    expect(t.editor.state()).toMatchObject({ tool: 'select', draft: null })
  })
})
