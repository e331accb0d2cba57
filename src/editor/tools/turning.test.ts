import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { frameCorners } from '../../model/shapes/frame.ts'
import type { XY } from '../../model/shapes/geometry.ts'
import { type Framed, type Shape, shapeArea } from '../../model/shapes/index.ts'
import { handlesOf } from '../handles.ts'
import { rebind } from '../keys.ts'
import { box, object, testEditor } from '../test-editor.ts'

const ellipse = (x: number, y: number, width: number, height: number): Shape => ({
  ...box(x, y, width, height),
  type: 'ellipse',
})
const small = object('small', box(150, 150, 40, 20))
const given = (...objects: ReturnType<typeof object>[]) => testEditor({ objects }).click(170, 160)
/** Where the handle is that turns the first object. */
const rotateAt = (t: ReturnType<typeof testEditor>) =>
  handlesOf(t.shapes()[0] as Shape, 1).find((h) => h.handle.kind === 'rotate')?.at as XY

describe('turning', () => {
  test('the round handle above the top edge turns the box about its centre', () => {
    const t = given(small)
    expect(rotateAt(t)).toEqual([170, 126])
    t.drag([170, 126], [204, 160])
    expect(t.shapes()[0]).toEqual({ ...small.shape, angle: 90 })
    expect(t.problem()).toBeNull()
    expect(t.keys('ctrl+z').shapes()[0]).toEqual(small.shape)
  })
  test('turned back the angle is gone from the document', () => {
    const t = given(small).drag([170, 126], [204, 160])
    expect(t.drag(rotateAt(t), [170, 126]).shapes()[0]).toEqual(small.shape)
  })
  test('Shift turns in steps of 15°', () => {
    const t = given(small).press(170, 126).move(180, 128, { shift: true }).release({ shift: true })
    expect(t.shapes()[0]).toEqual({ ...small.shape, angle: 15 })
  })
  test('. and , turn by a degree; a held key is one undo', () => {
    const t = given(small)
    for (let i = 0; i < 30; i++) t.editor.keyDown({ key: '.', repeat: i > 0 })
    t.editor.keyUp({ key: '.' })
    expect(t.keys(',').shapes()[0]).toEqual({ ...small.shape, angle: 29 })
    expect(t.keys('ctrl+z', 'ctrl+z').shapes()[0]).toEqual(small.shape)
  })
  test('with another key too, and from a list of commands, each time is one undo', () => {
    rebind(new Map([['turn_right', 'u']]))
    const t = given(small).keys('u', 'u', 'ctrl+z')
    rebind(new Map())
    expect(t.shapes()[0]).toEqual({ ...small.shape, angle: 1 })
    for (let i = 0; i < 2; i++) t.editor.act('turn_right')
    expect(t.keys('ctrl+z').shapes()[0]).toEqual({ ...small.shape, angle: 2 })
  })
  test('turned through upright and on, a box at the edge is whole again; left upright it is cut', () => {
    const over = { ...box(-10, 100, 40, 20), angle: 1 }
    const t = testEditor({ objects: [object('o', over)] })
      .click(20, 110)
      .keys(',')
    expect(t.shapes()[0]).toEqual(box(0, 100, 30, 20))
    expect(t.keys(',').shapes()[0]).toEqual({ ...over, angle: -1 })
    expect(t.keys('ctrl+z', '.', '.').shapes()[0]).toEqual({ ...over, angle: 2 })
    expect(t.keys(',', ',', 'ArrowRight', '.').shapes()[0]).toEqual({ ...box(1, 100, 30, 20), angle: 1 })
  })
  test('Escape puts it back', () => {
    const t = given(small).press(170, 126).move(204, 160).keys('Escape').release()
    expect(t.shapes()[0]).toEqual(small.shape)
  })
})

describe('a turned box', () => {
  const turned = object('t', { ...box(150, 150, 40, 20), angle: 90 })
  test('is held where it is drawn, not where it would lie upright', () => {
    expect(
      testEditor({ objects: [turned] })
        .click(170, 178)
        .selection(),
    ).toEqual(['t'])
    expect(
      testEditor({ objects: [turned] })
        .click(152, 160)
        .selection(),
    ).toEqual([])
    expect(
      testEditor({ objects: [turned] })
        .drag([157, 190], [150, 100])
        .selection(),
    ).toEqual([])
  })
  test('resizes along its own axes: at 90° the right handle lies below', () => {
    const t = given(turned).drag([170, 180], [170, 200])
    expect(t.shapes()[0]).toEqual({ ...box(140, 160, 60, 20), angle: 90 })
  })
  test('law: a pulled handle leaves the opposite corner where it was', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -179, max: 180 }),
        fc.constantFrom([1, 1], [-1, 1], [1, -1], [-1, -1]),
        fc.integer({ min: -15, max: 15 }),
        fc.integer({ min: -15, max: 15 }),
        (angle, [across, down], dx, dy) => {
          const before: Framed = { ...box(150, 120, 80, 60), ...(angle === 0 ? {} : { angle }) }
          const t = testEditor({ objects: [object('o', before)] }).click(190, 150)
          const at = handlesOf(before, 1).find(
            ({ handle: h }) => h.kind === 'frame' && h.across === across && h.down === down,
          )?.at as XY
          t.drag(at, [at[0] + dx, at[1] + dy])
          const after = t.shapes()[0] as Framed
          const opposite = (f: Framed) =>
            frameCorners(f)[
              [-1, 1].indexOf(-(across as number)) === 0 ? (down === 1 ? 0 : 3) : down === 1 ? 1 : 2
            ] as XY
          expect(opposite(after)[0]).toBeCloseTo(opposite(before)[0], 1)
          expect(opposite(after)[1]).toBeCloseTo(opposite(before)[1], 1)
        },
      ),
      { numRuns: 200 },
    ))
})

describe('an ellipse', () => {
  test('is drawn like a box', () => {
    const t = testEditor().keys('e').drag([50, 60], [10, 20])
    expect(t.shapes()).toEqual([ellipse(10, 20, 40, 40)])
    expect(t.problem()).toBeNull()
  })
  test('the corners of its frame are not part of it', () => {
    const round = object('r', ellipse(100, 100, 100, 100))
    expect(
      testEditor({ objects: [round] })
        .click(150, 150)
        .selection(),
    ).toEqual(['r'])
    expect(
      testEditor({ objects: [round] })
        .click(108, 108)
        .selection(),
    ).toEqual([])
  })
  test('that reaches over the edge is not cut where it is not pulled', () => {
    const over = object('o', ellipse(340, 100, 100, 60))
    const t = testEditor({ objects: [over] })
      .click(380, 130)
      .drag([340, 130], [330, 130])
    expect(t.shapes()).toEqual([ellipse(330, 100, 110, 60)])
    expect(t.drag([385, 160], [385, 180]).shapes()).toEqual([ellipse(330, 100, 110, 80)])
  })
  test('law: its ring has nearly its area, at any angle', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), (width, height) => {
        expect(shapeArea(ellipse(0, 0, width, height))).toBeCloseTo((Math.PI * width * height) / 4, 6)
      }),
    ))
})
