import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { XY } from '../../model/shapes/geometry.ts'
import { type Shape, shapeArea } from '../../model/shapes/index.ts'
import { box, object, polygon, testEditor } from '../test-editor.ts'
import { texts } from '../texts.ts'

const square = (x: number, y: number, size: number): XY[] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
]
const a = object('a', polygon(...square(10, 10, 100)), { attributes: { 1: 1 } })
const b = object('b', polygon(...square(60, 10, 100)), { class_id: 2 })
const ring = object('ring', { type: 'polygon', points: square(200, 100, 100), rings: [square(230, 130, 40)] })
const given = () => testEditor({ objects: [a, b, ring, object('box', box(10, 200, 50, 50))] })
const areas = (t: ReturnType<typeof given>) => t.shapes().map((s) => shapeArea(s as Shape))

describe('before the code has come', () => {
  test('a merge waits for it; another task in between is left alone, and so is a shape that is begun', async () => {
    const drawing = given().keys('ctrl+a', 'j', 'p').click(20, 220).click(80, 220).click(80, 280)
    const t = given().keys('ctrl+a', 'j')
    expect(t.ids()).toEqual(['a', 'b', 'ring', 'box'])
    t.load([a, b])
    await vi.dynamicImportSettled()
    expect(t.ids()).toEqual(['a', 'b'])
    expect(drawing.ids()).toEqual(['a', 'box'])
    expect(drawing.keys('Enter').shapes()[2]).toEqual(polygon([20, 220], [80, 220], [80, 280]))
  })
})

describe('polygons', () => {
  beforeAll(async () => {
    testEditor().keys('k')
    await vi.dynamicImportSettled()
  })
  test('merged: the first one chosen covers what all did, and keeps its class and values', () => {
    const t = given().click(20, 20).click(150, 20, { shift: true }).keys('j')
    expect([t.ids(), areas(t)]).toEqual([
      ['a', 'ring', 'box'],
      [15_000, 8400, 2500],
    ])
    expect(t.editor.document().objects[0]).toMatchObject({ class_id: 1, attributes: { 1: 1 } })
    expect([t.problem(), t.selection()]).toEqual([null, ['a']])
    expect(t.keys('ctrl+z').editor.document().objects).toEqual([a, b, ring, object('box', box(10, 200, 50, 50))])
  })
  test('merged with one that lies apart, the hole kept', () => {
    const t = given().click(20, 20).click(210, 110, { shift: true }).keys('j')
    expect(areas(t)).toEqual([18_400, 10_000, 2500])
    expect(t.problem()).toBeNull()
  })
  test('a merge that is taken back leaves the same one first', () => {
    const t = given().click(20, 20).click(150, 20, { shift: true }).keys('j', 'ctrl+z')
    expect(t.selection()).toEqual(['a', 'b'])
    expect(areas(t.keys('shift+j'))).toEqual([5000, 10_000, 8400, 2500])
  })
  test('a prediction that was merged into another is not offered again, until that is undone', () => {
    const t = testEditor({ objects: [a, { ...b, prediction_id: '7-b' }] })
    const rejected = () => t.editor.document().rejected_predictions
    t.keys('ctrl+a', 'j')
    expect([t.ids(), rejected()]).toEqual([['a'], ['7-b']])
    t.keys('ctrl+z')
    expect([t.ids(), rejected()]).toEqual([['a', 'b'], []])
  })
  test('nothing locked is changed, and no other one takes its place; a locked one may cut', () => {
    const chosen = (locked: string) => {
      const t = given().click(20, 20).click(150, 20, { shift: true }).click(210, 110, { shift: true })
      t.editor.toggleLocked([locked])
      return t
    }
    expect(areas(chosen('a').keys('j', 'shift+j'))).toEqual([10_000, 10_000, 8400, 2500])
    expect(chosen('a').keys('shift+j').notice()).toBe(texts.notices.locked)
    expect(areas(chosen('b').keys('j'))).toEqual([10_000, 10_000, 8400, 2500])
    expect(areas(chosen('b').keys('shift+j'))).toEqual([5000, 10_000, 8400, 2500])
  })
  test('one polygon, or boxes, cannot be merged', () => {
    const t = given().click(20, 20).click(30, 220, { shift: true }).keys('j')
    expect([t.notice(), t.ids().length]).toEqual([texts.notices.nothingToMerge, 4])
  })
  test('subtracted from one that it lies beside, nothing is changed, and that is said', () => {
    const t = given().click(20, 20).click(210, 110, { shift: true }).keys('shift+j')
    expect([t.editor.state().canUndo, t.notice()]).toEqual([false, texts.notices.notCombined])
  })
  test('subtracted: the others are taken out of the first and stay', () => {
    const t = given().click(20, 20).click(150, 20, { shift: true }).keys('shift+j')
    expect(areas(t)).toEqual([5000, 10_000, 8400, 2500])
    const all = testEditor({ objects: [a, object('over', polygon(...square(0, 0, 150)))] })
    all.click(50, 50).click(5, 5, { shift: true }).keys('shift+j')
    expect(all.notice()).toBe(texts.notices.notCombined)
  })
  test('split by a drawn line: two objects of the same class on top of each other', () => {
    const t = given().keys('k').drag([195, 115], [310, 115])
    expect(t.ids()).toEqual(['a', 'b', 'ring', 'new-1', 'box'])
    expect(areas(t).slice(2, 4)).toEqual([6900, 1500])
    expect(t.editor.document().objects[3]).toMatchObject({ class_id: 1, author_id: 7 })
    expect(t.problem()).toBeNull()
    expect(t.keys('ctrl+z').ids()).toEqual(['a', 'b', 'ring', 'box'])
  })
  test('two clicks do the same; only what the drawn part runs through is cut, of the selection if there is one', () => {
    expect(given().keys('k').click(5, 50).move(100, 50).click(165, 50).ids()).toEqual([
      'a', 'new-1', 'b', 'new-2', 'ring', 'box',
    ]) // biome-ignore format: ids
    expect(given().click(150, 20).keys('k').click(5, 50).click(165, 50).ids().length).toBe(5)
    const t = given().keys('k').drag([5, 50], [50, 50])
    expect([t.notice(), t.ids().length]).toEqual([texts.notices.nothingToSplit, 4])
  })
  test('a line that runs exactly through vertices splits too', () => {
    const t = given().keys('k').drag([195, 95], [305, 205])
    expect([t.notice(), t.ids()]).toEqual([null, ['a', 'b', 'ring', 'new-1', 'box']])
    expect(areas(t).slice(2, 4)).toEqual([4200, 4200])
    const one = testEditor({ objects: [object('t', polygon([100, 100], [200, 100], [100, 200]))] }).keys('k')
    expect(one.drag([90, 90], [190, 190]).ids()).toEqual(['t', 'new-1'])
    expect(one.keys('ctrl+z').drag([0, 200], [300, 200]).notice()).toBe(texts.notices.nothingToSplit)
  })
  test('a polygon that is hidden is not merged', () => {
    const t = given().click(20, 20).keys('h')
    t.editor.select(['a', 'b'])
    expect([t.keys('j').ids(), t.notice()]).toEqual([['a', 'b', 'ring', 'box'], texts.notices.hidden])
  })
  test('what is hidden is not cut, selected or not', () => {
    const t = given().click(20, 20).keys('h', 'k').click(5, 50).click(50, 50)
    expect([t.notice(), t.ids().length]).toEqual([texts.notices.nothingToSplit, 4])
  })
  test('Escape drops the line, then the selection, then the tool', () => {
    const t = given().click(20, 20).keys('k').click(5, 50).move(50, 50)
    expect(t.editor.state().draft).toEqual({ kind: 'cut', from: [5, 50], to: [50, 50] })
    expect(t.keys('Escape').editor.state().draft).toBeNull()
    expect(t.keys('Escape', 'Escape').editor.state().tool).toBe('select')
  })
  test('a vertex of a hole moves, and a hole of three points goes whole', () => {
    const t = given().click(210, 110).drag([230, 130], [225, 125])
    expect((t.shapes()[2] as { rings: XY[][] }).rings[0]?.[0]).toEqual([225, 125])
    t.click(225, 125, { alt: true })
    expect((t.shapes()[2] as { rings: XY[][] }).rings[0]?.length).toBe(3)
    t.click(270, 130, { alt: true })
    expect(t.shapes()[2]).toEqual(polygon(...square(200, 100, 100)))
  })
  test('an outline of three points does not leave its hole behind as the polygon', () => {
    const outline: XY[] = [[100, 100], [200, 100], [100, 200]] // biome-ignore format: short
    const holed = { ...polygon(...outline), rings: [square(110, 110, 20)] } as Shape
    const t = testEditor({ objects: [object('t', holed)] }).click(105, 140)
    expect(t.click(200, 100, { alt: true }).shapes()).toEqual([holed])
    const two = { ...polygon(...outline), rings: [square(110, 110, 20), square(300, 100, 50)] } as Shape
    const other = testEditor({ objects: [object('t', two)] }).click(105, 140)
    expect(other.click(200, 100, { alt: true }).shapes()).toEqual([polygon(...square(300, 100, 50))])
  })
  test('what lies in a hole is not the polygon', () => expect(given().click(250, 150).selection()).toEqual([]))
})
