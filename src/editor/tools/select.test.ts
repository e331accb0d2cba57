import { describe, expect, test } from 'vitest'
import { box, object, polygon, testEditor } from '../test-editor.ts'

const big = object('big', box(100, 100, 200, 150))
const small = object('small', box(150, 150, 40, 40))
const ring = object('ring', polygon([10, 10], [90, 10], [90, 90], [10, 90]))
const given = () => testEditor({ objects: [small, big, ring] })

describe('selecting', () => {
  test('the smallest object under the pointer, wherever it lies in the list', () => {
    expect(given().click(170, 170).selection()).toEqual(['small'])
    expect(given().click(250, 200).selection()).toEqual(['big'])
    expect(given().click(350, 20).selection()).toEqual([])
  })
  test('Alt takes the one underneath', () =>
    expect(given().click(170, 170).click(170, 170, { alt: true }).selection()).toEqual(['big']))
  test.each([{ shift: true }, { ctrl: true }])('%o adds and removes', (held) => {
    const t = given().click(170, 170).click(50, 50, held)
    expect(t.selection()).toEqual(['small', 'ring'])
    expect(t.click(170, 170, held).selection()).toEqual(['ring'])
    expect(t.click(350, 20, held).selection()).toEqual(['ring'])
    expect(t.drag([350, 290], [260, 5], held).selection()).toEqual(['ring', 'big'])
  })
  test('a marquee catches what it meets; Escape gives the old selection back', () => {
    expect(given().drag([350, 290], [260, 5]).selection()).toEqual(['big'])
    expect(given().drag([350, 290], [5, 5]).selection()).toEqual(['small', 'big', 'ring'])
    expect(given().click(50, 50).press(350, 290).move(160, 160).keys('Escape').release().selection()).toEqual(['ring'])
  })
  test('with Shift a marquee may start on an object', () =>
    expect(given().click(50, 50).drag([110, 240], [200, 160], { shift: true }).selection()).toEqual([
      'ring',
      'small',
      'big',
    ]))
  test('hidden objects are not there', () => {
    const t = given().click(170, 170).keys('h').click(350, 20).click(170, 170)
    expect(t.selection()).toEqual(['big'])
  })
})

describe('moving', () => {
  test('a drag moves the object, and stops at the edge of the image', () => {
    expect(given().drag([170, 170], [180, 175]).shapes()[0]).toEqual(box(160, 155, 40, 40))
    expect(given().drag([170, 170], [900, -50]).shapes()[0]).toEqual(box(360, 0, 40, 40))
  })
  test('several move as one piece', () => {
    const t = given().click(170, 170).click(50, 50, { shift: true }).drag([50, 50], [20, 60])
    expect(t.shapes()[0]).toEqual(box(140, 160, 40, 40))
    expect(t.shapes()[2]).toEqual(polygon([0, 20], [80, 20], [80, 100], [0, 100]))
  })
  test('a tremble of the hand is a click', () =>
    expect(given().drag([170, 170], [172, 171]).shapes()[0]).toEqual(small.shape))
  test('Escape puts it back', () => {
    const t = given().press(170, 170).move(200, 200)
    expect(t.editor.state().preview.size).toBe(1)
    expect(t.keys('Escape').release().shapes()[0]).toEqual(small.shape)
    expect(t.editor.state().preview.size).toBe(0)
  })
  test('undo in the middle of a drag ends the drag', () => {
    const t = given()
      .click(170, 170)
      .keys('ArrowLeft')
      .press(170, 170)
      .move(200, 200)
      .keys('ctrl+z')
      .move(220, 220)
      .release()
    expect(t.shapes()[0]).toEqual(small.shape)
  })
  test('read-only: selected, not moved', () => {
    const t = testEditor({ objects: [small], isReadOnly: true }).drag([170, 170], [180, 175])
    expect([t.selection(), t.shapes()]).toEqual([['small'], [small.shape]])
  })
})

describe('reshaping', () => {
  test('each of the eight handles moves its edges', () => {
    const pull = (x: number, y: number) =>
      given()
        .click(170, 170)
        .drag([x, y], [x + 10, y + 5])
        .shapes()[0]
    expect(pull(150, 150)).toEqual(box(160, 155, 30, 35))
    expect(pull(170, 150)).toEqual(box(150, 155, 40, 35))
    expect(pull(190, 150)).toEqual(box(150, 155, 50, 35))
    expect(pull(190, 170)).toEqual(box(150, 150, 50, 40))
    expect(pull(190, 190)).toEqual(box(150, 150, 50, 45))
    expect(pull(170, 190)).toEqual(box(150, 150, 40, 45))
    expect(pull(150, 190)).toEqual(box(160, 150, 30, 45))
    expect(pull(150, 170)).toEqual(box(160, 150, 30, 40))
  })
  test('an edge can be held anywhere and does not jump', () =>
    expect(given().click(250, 200).drag([303, 140], [313, 140]).shapes()[1]).toEqual(box(100, 100, 210, 150)))
  test('pulled past the other side the box turns over; with no area the last shape stays', () => {
    expect(given().click(170, 170).drag([190, 170], [130, 170]).shapes()[0]).toEqual(box(130, 150, 20, 40))
    const t = given().click(170, 170).drag([190, 170], [150, 170])
    expect(t.shapes()[0]).toEqual(box(150, 150, 20, 40))
  })
  test('what is hidden beside the selected one does not take its handles away', () => {
    const t = given().click(170, 170).click(50, 50, { shift: true })
    t.editor.toggleHidden(['ring'])
    expect(t.drag([190, 190], [200, 195]).shapes()).toEqual([box(150, 150, 50, 45), big.shape, ring.shape])
  })
  test('an edge that is pulled along itself stays as it is, and there is nothing to undo', () => {
    const t = given().click(170, 170).drag([150, 170], [150, 180])
    expect([t.shapes()[0], t.editor.state().canUndo]).toEqual([small.shape, false])
  })
  test('what is hidden while it is dragged stays where it was', () => {
    const t = given().click(170, 170).press(170, 170).move(200, 200).keys('h').release()
    expect([t.editor.state().canUndo, t.shapes()]).toEqual([false, given().shapes()])
  })
  test('a click on a handle changes nothing and cannot be undone', () => {
    const t = given().click(170, 170).click(150, 150)
    expect(t.editor.state().canUndo).toBe(false)
  })
  test('a double click takes a vertex away that it held twice: not one of an object that its first press selected', () => {
    const t = given().doubleClick(88, 88)
    expect([t.selection(), t.shapes()[2]]).toEqual([['ring'], ring.shape])
    expect(t.doubleClick(88, 88).shapes()[2]).toEqual(polygon([10, 10], [90, 10], [10, 90]))
  })
  test('pulled at its second press, or with Alt, a vertex moves', () => {
    const t = given().click(50, 50)
    t.editor.pointerDown({ x: 90, y: 90, time: 1e6 })
    t.editor.pointerUp({ x: 90, y: 90 })
    t.editor.pointerDown({ x: 90, y: 90, time: 1e6 + 100 })
    t.editor.pointerMove({ x: 95, y: 99 })
    t.editor.pointerUp({ x: 95, y: 99 })
    expect(t.shapes()[2]).toEqual(polygon([10, 10], [90, 10], [95, 99], [10, 90]))
    expect(t.drag([95, 99], [90, 90], { alt: true }).shapes()[2]).toEqual(ring.shape)
  })
  test('a ring that is full takes no vertex in', () => {
    const along = Array.from({ length: 9998 }, (_, i): [number, number] => [100 + i / 100, 100])
    const full = polygon(...along, [199, 200], [100, 200])
    const t = testEditor({ objects: [object('full', full)] })
      .click(150, 150)
      .drag([100, 150], [90, 150])
    expect((t.shapes()[0] as { points: unknown[] }).points.length).toBe(10_000)
  })
  test('vertices move, appear in the middle of an edge, and go with Alt', () => {
    const t = given().click(50, 50).drag([90, 90], [95, 99])
    expect(t.shapes()[2]).toEqual(polygon([10, 10], [90, 10], [95, 99], [10, 90]))
    t.drag([50, 10], [50, 2])
    expect(t.shapes()[2]).toEqual(polygon([10, 10], [50, 2], [90, 10], [95, 99], [10, 90]))
    t.click(50, 2, { alt: true }).click(95, 99, { alt: true })
    expect(t.shapes()[2]).toEqual(polygon([10, 10], [90, 10], [10, 90]))
    t.click(90, 10, { alt: true }).doubleClick(10, 90)
    expect(t.shapes()[2]).toEqual(polygon([10, 10], [90, 10], [10, 90]))
  })
})
