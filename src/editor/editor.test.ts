// Laws that hold for every stream of events, whatever a person, a cat or a broken driver does.
import fc from 'fast-check'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { centreOf } from '../model/shapes/frame.ts'
import { type Framed, isFramed, isShapeType, shapeArea, shapeBounds } from '../model/shapes/index.ts'
import { box, object, polygon, type TestEditor, testEditor } from './test-editor.ts'

const OBJECTS = [
  object('a', box(10, 10, 100, 80)),
  object('b', box(30, 30, 30, 30), { class_id: 2 }),
  object('c', polygon([200, 50], [300, 60], [250, 200])),
  object('h', {
    type: 'polygon',
    points: [
      [220, 20],
      [390, 20],
      [390, 190],
    ],
    rings: [
      [
        [300, 40],
        [340, 40],
        [340, 60],
      ],
    ],
  }),
  object(
    'd',
    {
      type: 'polyline',
      points: [
        [20, 250],
        [200, 280],
        [380, 240],
      ],
    },
    { class_id: 3 },
  ),
  object('e', { type: 'point', x: 350, y: 40 }),
  object('i', {
    type: 'skeleton',
    points: [
      { id: 1, x: 60, y: 220, visibility: 2 },
      { id: 4, x: 90, y: 260, visibility: 1 },
    ],
  }),
  object('f', { ...box(300, 200, 60, 40), angle: 30 }),
  object('g', { ...box(120, 200, 60, 40), type: 'ellipse' }),
]

const KEYS = [
  'b',
  'p',
  'l',
  'o',
  'e',
  'k',
  'k',
  'm',
  'm',
  's',
  'm',
  'x',
  'g',
  '[',
  'n',
  'shift+l',
  'ctrl+]',
  'ctrl+[',
  'ctrl+}',
  'ctrl+{',
  ',',
  '.',
  'v',
  'b',
  'p',
  'w',
  '1',
  '2',
  '3',
  'h',
  'f',
  '+',
  '-',
  'Escape',
  'Enter',
  'Tab',
  'shift+Tab',
  ' ',
  'ctrl+a',
  'ctrl+c',
  'ctrl+v',
  'ctrl+d',
  'ArrowLeft',
  'shift+ArrowDown',
  'ctrl+0',
  '?',
  'é',
  'Dead',
]
const LOSING = ['j', 'j', 'shift+j', 'Delete', 'Backspace', 'ctrl+z', 'ctrl+shift+z', 'ctrl+y']

const coordinate = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: -20, max: 420 }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -1e9) },
)
const modifiers = fc.record({ shift: fc.boolean(), alt: fc.boolean(), ctrl: fc.boolean() })
const pointer = fc.record({
  x: coordinate,
  y: coordinate,
  button: fc.constantFrom(0, 0, 0, 0, 1, 2),
  keys: modifiers,
  gap: fc.constantFrom(50, 1000),
})
const act = (keys: string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.tuple(fc.constantFrom('down', 'up', 'move', 'click', 'drag'), pointer) },
    { weight: 3, arbitrary: fc.tuple(fc.constant('key'), fc.constantFrom(...keys)) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('wheel', 'cancel', 'leave', 'blur', 'space', 'resize'), pointer) },
  )
type Act = [string, unknown]

function perform(t: TestEditor, acts: Act[]): void {
  let time = 0
  for (const [what, how] of acts) {
    if (what === 'key') {
      t.keys(how as string)
      continue
    }
    const { x, y, button, keys, gap } = how as { x: number; y: number; button: number; keys: object; gap: number }
    time += gap
    const at = { x, y, button, time, ...keys }
    if (what === 'down' || what === 'click' || what === 'drag') t.editor.pointerDown(at)
    if (what === 'move') t.editor.pointerMove(at)
    if (what === 'drag') t.editor.pointerMove({ ...at, x: x + 37, y: y - 21 })
    if (what === 'drag') t.editor.pointerUp({ ...at, x: x + 41, y: y - 23 })
    if (what === 'up' || what === 'click') t.editor.pointerUp(at)
    if (what === 'wheel') t.editor.wheel({ ...at, deltaY: x - y })
    if (what === 'cancel') t.editor.pointerCancel()
    if (what === 'leave') t.editor.pointerLeave()
    if (what === 'blur') t.editor.blur()
    if (what === 'space') t.editor.keyDown({ key: ' ' })
    if (what === 'resize') t.editor.resize({ width: Math.abs(x) || 0, height: Math.abs(y) || 0 })
  }
}

const pointBounds = ([x, y]: readonly [number, number]) => ({ x, y, width: 0, height: 0 })

function expectSound(t: TestEditor): void {
  expect(t.problem()).toBeNull()
  for (const shape of t.shapes()) {
    // What is round or turned may reach over the edge; its middle is in the image.
    const isCut = !isFramed(shape) || (shape.type === 'box' && !shape.angle)
    const b = isCut ? shapeBounds(shape) : pointBounds(centreOf(shape as Framed))
    expect(Math.min(b.x, b.y)).toBeGreaterThanOrEqual(0)
    expect(b.x + b.width).toBeLessThanOrEqual(400 + 1e-6)
    expect(b.y + b.height).toBeLessThanOrEqual(300 + 1e-6)
    if (isFramed(shape) || shape.type === 'polygon') expect(shapeArea(shape)).toBeGreaterThan(0)
  }
  const { view, selection, tool } = t.editor.state()
  expect([view.scale, view.x, view.y].every(Number.isFinite)).toBe(true)
  expect(selection.every((id) => t.ids().includes(id))).toBe(true)
  if (isShapeType(tool)) expect(selection).toEqual([])
}

describe('any stream of events', () => {
  // Loaded once, it works within the event; before that a merge would come after the checks.
  beforeAll(async () => {
    testEditor({ objects: OBJECTS }).keys('k')
    await vi.dynamicImportSettled()
  })

  const some = (keys: string[]) => fc.array(act(keys) as fc.Arbitrary<Act>, { minLength: 5, maxLength: 60 })

  test('without delete and undo, no object is ever lost, and all stay sound', () =>
    fc.assert(
      fc.property(some(KEYS), (acts) => {
        const t = testEditor({ objects: OBJECTS })
        perform(t, acts)
        expectSound(t)
        for (const o of OBJECTS) expect(t.ids()).toContain(o.id)
      }),
      { numRuns: 400 },
    ))

  test('undoing everything gives the document that was loaded; redoing everything gives the work back', () =>
    fc.assert(
      fc.property(some([...KEYS, ...LOSING]), (acts) => {
        const t = testEditor({ objects: OBJECTS })
        const loaded = t.editor.document()
        perform(t, acts)
        expectSound(t)
        t.editor.blur()
        t.keys('Escape')
        const worked = t.editor.document()
        let undone = 0
        while (t.editor.state().canUndo && ++undone) t.editor.undo()
        expect(t.editor.document()).toEqual(loaded)
        while (undone-- > 0) t.editor.redo()
        expect(t.editor.document()).toEqual(worked)
      }),
      { numRuns: 400 },
    ))

  test('read-only: nothing changes at all', () =>
    fc.assert(
      fc.property(some([...KEYS, ...LOSING]), (acts) => {
        const t = testEditor({ objects: OBJECTS, isReadOnly: true })
        const loaded = t.editor.document()
        perform(t, acts)
        expect(t.editor.document()).toEqual(loaded)
      }),
      { numRuns: 100 },
    ))
})

describe('the editor as a whole', () => {
  test('listeners hear once per event, and not when nothing changed', () => {
    const t = testEditor({ objects: OBJECTS })
    let heard = 0
    t.editor.subscribe(() => heard++)
    t.move(350, 200)
    t.move(350, 200)
    expect(heard).toBe(1)
    t.press(50, 50).move(60, 60)
    heard = 0
    t.release()
    expect(heard).toBe(1)
  })
  test('the wheel zooms at the pointer; the middle button and space move the image in every tool', () => {
    const t = testEditor().keys('p')
    t.editor.wheel({ x: 100, y: 100, deltaY: -100 })
    const { view } = t.editor.state()
    expect(view.scale).toBeCloseTo(1.22, 2)
    expect((100 - view.x) / view.scale).toBeCloseTo(100)
    t.editor.keyDown({ key: ' ' })
    t.press(100, 100).move(130, 90).release()
    t.editor.keyUp({ key: ' ' })
    expect(t.editor.state().view).toEqual({ ...view, x: view.x + 30, y: view.y - 10 })
    expect(t.editor.state().draft).toBeNull()
  })
  test('the next task keeps tool and class; a read-only one does not keep a drawing tool', () => {
    const t = testEditor().keys('w', 'p')
    t.load(OBJECTS)
    expect(t.editor.state()).toMatchObject({ tool: 'polygon', activeClassId: 2, canUndo: false, selection: [] })
  })
  test('2,000 objects: a hover answers in well under a frame', () => {
    const objects = Array.from({ length: 2000 }, (_, i) =>
      object(`o${i}`, box((i % 50) * 8, Math.floor(i / 50) * 7, 6, 5)),
    )
    const t = testEditor({ objects })
    const start = performance.now()
    for (let i = 0; i < 1000; i++) t.move(i % 400, (i * 7) % 300)
    expect((performance.now() - start) / 1000).toBeLessThan(2)
  })
})
