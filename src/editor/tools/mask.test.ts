import { describe, expect, test } from 'vitest'
import { isInMask, type Mask, maskArea } from '../../model/shapes/mask.ts'
import { box, object, testEditor } from '../test-editor.ts'
import { texts } from '../texts.ts'

const painter = () => {
  const t = testEditor().keys('m')
  t.editor.setBrushSize(10)
  return t
}
type Painter = ReturnType<typeof painter>
const mask = (t: ReturnType<typeof testEditor>, i = 0) => t.shapes()[i] as Mask
const isOn = (t: ReturnType<typeof testEditor>, x: number, y: number, i = 0) => isInMask([x, y], mask(t, i))

describe('painting a mask', () => {
  test('a stroke makes an object of the active class, in tight bounds; the next one adds to it', () => {
    const t = painter().drag([50, 50], [100, 50])
    expect(mask(t)).toMatchObject({ type: 'mask', x: 45, y: 45, width: 60, height: 10 })
    expect(t.editor.document().objects[0]).toMatchObject({ id: 'new-1', class_id: 1, author_id: 7 })
    t.drag([100, 50], [100, 100])
    expect([t.ids(), isOn(t, 70, 50), isOn(t, 100, 90), isOn(t, 60, 80)]).toEqual([['new-1'], true, true, false])
    expect(t.problem()).toBeNull()
  })
  test('each stroke is one undo, the first takes the object with it', () => {
    const t = painter().drag([50, 50], [100, 50])
    const first = mask(t)
    t.drag([100, 50], [100, 100])
    const second = mask(t)
    expect(t.keys('ctrl+z').shapes()).toEqual([first])
    expect(t.keys('ctrl+z').shapes()).toEqual([])
    expect(t.keys('ctrl+y', 'ctrl+y').shapes()).toEqual([second])
  })
  test('after undo of the first stroke the next begins another mask', () =>
    expect(painter().drag([50, 50], [90, 50]).keys('ctrl+z').drag([200, 50], [240, 50]).ids()).toEqual(['new-2']))
  test('after redo of the first stroke the next goes on with it', () => {
    const t = painter().drag([50, 50], [90, 50]).keys('ctrl+z', 'ctrl+y').drag([90, 50], [90, 90])
    expect([t.ids(), isOn(t, 60, 50), isOn(t, 90, 80)]).toEqual([['new-1'], true, true])
  })
  test('Enter, or another class, begins another mask', () => {
    const t = painter()
      .drag([50, 50], [90, 50])
      .keys('Enter')
      .drag([50, 70], [90, 70])
      .keys('1')
      .drag([50, 90], [90, 90])
    expect(t.ids().length).toBe(3)
  })
  test('X erases, Alt turns it round, an erased whole stays and is told', () => {
    const t = painter().drag([50, 50], [100, 50]).keys('x').click(75, 50)
    expect([isOn(t, 75, 50), isOn(t, 60, 50)]).toEqual([false, true])
    t.click(75, 50, { alt: true })
    expect(isOn(t, 75, 50)).toBe(true)
    t.editor.setBrushSize(200)
    t.click(75, 50)
    expect([t.notice(), t.shapes().length]).toEqual([texts.notices.maskEmpty, 1])
  })
  test('erasing needs a mask', () =>
    expect(testEditor().keys('x').click(50, 50).notice()).toBe(texts.notices.nothingToErase))
  test('G fills a hole', () => {
    const t = painter().drag([50, 50], [100, 50]).drag([100, 50], [100, 100]).drag([100, 100], [50, 100])
    t.drag([50, 100], [50, 50]).keys('g').click(75, 75)
    expect([isOn(t, 75, 75), isOn(t, 10, 10)]).toEqual([true, false])
    expect(t.click(10, 10).notice()).toBe(texts.notices.noHole)
    expect(isOn(t.keys('ctrl+z'), 75, 75)).toBe(false)
  })
  test('[ and ] make the brush smaller and larger, by a pixel at least', () => {
    const t = painter().keys(']')
    expect(t.editor.state().brush.size).toBe(12)
    for (let i = 0; i < 30; i++) t.keys('[')
    expect(t.editor.state().brush.size).toBe(1)
    expect(t.keys(']').editor.state().brush.size).toBe(2)
  })
  test('Escape in the middle of a stroke leaves nothing behind', () => {
    const t = painter().press(50, 50).move(90, 50).keys('Escape').move(99, 99).release()
    expect([t.shapes(), t.editor.state().draft]).toEqual([[], null])
  })
  test.each([
    ['another tool’s key', (t: Painter) => t.keys('v')],
    ['a tool for another class', (t: Painter) => t.keys('w')],
    ['a window that loses the keyboard', (t: Painter) => t.editor.blur()],
    ['a pointer that is taken away', (t: Painter) => t.editor.pointerCancel()],
    ['the right to edit that is lost', (t: Painter) => t.editor.setReadOnly(true)],
    ['redo', (t: Painter) => t.keys('ctrl+y')],
    ['an accepted prediction', (t: Painter) => t.keys('a', 'a')],
  ])('%s ends a stroke, and what was painted stays', (_what, come) => {
    const t = painter()
    t.editor.setPredictions([{ key: '1-a', class_id: 1, shape: box(200, 100, 50, 50), score: 1 }])
    t.press(50, 50).move(100, 50)
    come(t)
    t.move(150, 50).release()
    expect(t.shapes()[0]).toMatchObject({ type: 'mask', x: 45, y: 45, width: 60, height: 10 })
    expect(t.editor.document().objects[0]).toMatchObject({ class_id: 1 })
    expect(t.editor.state().draft).toBeNull()
  })
  test('a view that changes under the brush paints nothing across the image', () => {
    const t = painter().press(50, 50).move(60, 50)
    t.editor.setView({ scale: 1, x: -200, y: -100 })
    t.move(70, 50).release()
    const painted = maskArea(mask(t))
    expect([isOn(t, 55, 50), isOn(t, 265, 150), isOn(t, 160, 100)]).toEqual([true, true, false])
    expect(painted).toBeLessThan(2 * maskArea(mask(painter().drag([50, 50], [62, 50]))))
    // The wheel holds what is under the pointer, so the stroke goes on.
    const w = painter().press(100, 100).move(120, 100)
    w.editor.wheel({ x: 120, y: 100, deltaY: -100 })
    w.move(132.2, 100).release()
    expect([isOn(w, 110, 100), isOn(w, 125, 100)]).toEqual([true, true])
  })
  test('it ends at the edge of the image; beside it nothing is made', () => {
    expect(mask(painter().drag([-20, 50], [10, 50]))).toMatchObject({ x: 0, y: 45, width: 15 })
    expect(painter().drag([-50, 50], [-20, 50]).shapes()).toEqual([])
  })
  test('a selected mask is painted on; back in Select it is selected', () => {
    const t = painter().drag([50, 50], [90, 50]).keys('Enter', 'v').click(60, 50)
    expect(t.selection()).toEqual(['new-1'])
    t.keys('m').drag([50, 70], [90, 70])
    expect([t.ids(), t.keys('v').selection()]).toEqual([['new-1'], ['new-1']])
  })
  test('a class that does not allow masks is refused', () => {
    const t = testEditor().keys('m', 'w').drag([50, 50], [90, 50])
    expect(t.shapes()).toEqual([])
  })
  test('read-only: nothing', () =>
    expect(testEditor({ isReadOnly: true }).keys('m', 'x').drag([5, 5], [9, 9]).shapes()).toEqual([]))
})

describe('a mask in Select', () => {
  const given = () => painter().drag([50, 50], [90, 50]).keys('v', 'Escape')
  test('is hit on its pixels, by a click and by a marquee', () => {
    const t = testEditor().keys('m')
    t.editor.setBrushSize(10)
    t.drag([50, 50], [100, 50]).drag([100, 50], [100, 100]).keys('v', 'Escape')
    expect([t.click(60, 80).selection(), t.click(70, 50).selection()]).toEqual([[], ['new-1']])
    expect(t.keys('Escape').drag([50, 60], [90, 100]).selection()).toEqual([])
    expect(t.drag([50, 60], [97, 100]).selection()).toEqual(['new-1'])
  })
  test('moves by whole pixels and stops at the edge', () => {
    const area = maskArea(mask(given()))
    const t = given().drag([60, 50], [70.4, 60.6])
    expect(mask(t)).toMatchObject({ x: 55, y: 56 })
    t.drag([70, 61], [-300, 61])
    expect([mask(t).x, maskArea(mask(t))]).toEqual([0, area])
    expect(mask(t.keys('ArrowRight')).x).toBe(1)
  })
  test('what moves with it moves by whole pixels too, and a part of one is no step', () => {
    const t = given()
    const objects = [...t.editor.document().objects, object('b', box(200.5, 40, 20, 20))]
    t.load(objects)
    t.keys('ctrl+a').editor.setView({ scale: 10, x: 0, y: 0 })
    const apart = () => (t.shapes()[1] as { x: number }).x - mask(t).x
    const before = apart()
    expect(t.drag([600, 500], [604, 500]).editor.state().canUndo).toBe(false)
    expect([t.drag([600, 500], [613, 500]).shapes()[1], apart()]).toEqual([box(201.5, 40, 20, 20), before])
    t.load([...objects, object('edge', box(0.5, 80, 20, 20))])
    t.keys('ctrl+a', 'ArrowLeft')
    expect([t.shapes()[1], apart()]).toEqual([box(200.5, 40, 20, 20), before])
  })
  test('what is copied with it keeps its place beside it', () => {
    const t = given()
    t.load([...t.editor.document().objects, object('wide', box(3.5, 40, 390, 20))])
    const [, , copy, wide] = t.keys('ctrl+a', 'ctrl+d').shapes() as Mask[]
    expect([(wide?.x ?? 0) - (copy?.x ?? 0), wide?.x]).toEqual([3.5 - mask(t).x, 0.5])
  })
  test('pasted into a smaller image it is cut', () => {
    const t = given().keys('ctrl+a', 'ctrl+c')
    t.load([], { width: 60, height: 48 })
    expect(mask(t.keys('ctrl+v'))).toMatchObject({ x: 46, y: 45, width: 14, height: 3 })
    expect(t.problem()).toBeNull()
  })
})
