import { describe, expect, test } from 'vitest'
import { missingAttributes, shownAttributes } from '../../model/required-values.ts'
import { attribute, box, CELLS, object, polygon, testEditor } from '../test-editor.ts'
import { initialValues } from './set-attribute.ts'

const a = object('a', box(10, 10, 50, 50))
const b = object('b', box(200, 100, 50, 50), { class_id: 2 })
const given = () => testEditor({ objects: [a, b] })

describe('delete, undo, redo', () => {
  test('a deleted object comes back at its place', () => {
    const t = given().click(20, 20).keys('Delete')
    expect(t.ids()).toEqual(['b'])
    expect(t.keys('ctrl+z').ids()).toEqual(['a', 'b'])
    expect(t.selection()).toEqual(['a'])
    expect(t.keys('ctrl+shift+z').ids()).toEqual(['b'])
    expect(t.keys('ctrl+z', 'ctrl+y').ids()).toEqual(['b'])
  })
  test('undo after an autosave still works, and the saved document does not change under the saver', () => {
    const t = given().click(20, 20).keys('ArrowRight')
    const saved = t.editor.document()
    t.keys('ctrl+z')
    expect(saved.objects[0]?.shape).toEqual(box(11, 10, 50, 50))
    expect(t.shapes()[0]).toEqual(a.shape)
  })
})

describe('copies', () => {
  test('copy and paste, each paste further, in my name', () => {
    const t = given().click(20, 20).keys('ctrl+c', 'ctrl+v', 'ctrl+v')
    expect(t.shapes().slice(2)).toEqual([box(20, 20, 50, 50), box(30, 30, 50, 50)])
    expect(t.selection()).toEqual(['new-2'])
    expect(t.editor.document().objects[3]?.author_id).toBe(7)
  })
  test('duplicate at the far edge goes to the near side', () => {
    const t = testEditor({ objects: [object('edge', box(350, 250, 50, 50))] })
      .click(360, 260)
      .keys('ctrl+d')
    expect(t.shapes()[1]).toEqual(box(340, 240, 50, 50))
  })
  test('pasted into the next, smaller image: the same place, cut to it', () => {
    const t = given().keys('ctrl+a', 'ctrl+c')
    t.load([], { width: 40, height: 300 })
    expect(t.keys('ctrl+v').shapes()).toEqual([box(10, 10, 30, 50)])
    expect(t.notice()).toMatch(/^Not copied: 1 of 2/)
    t.load([], { width: 5, height: 5 })
    expect([t.keys('ctrl+v').ids(), t.notice()]).toEqual([[], expect.stringMatching(/^Nothing was copied/)])
  })
  test('what reaches over the edge of a smaller image is cut there and not squeezed; what lies beside it is left out', () => {
    const points = (...at: [number, number][]) => ({
      type: 'skeleton' as const,
      points: at.map(([x, y], i) => ({ id: i === 0 ? 1 : 4, x, y, visibility: 2 })),
    })
    const line = (...at: [number, number][]) => ({ type: 'polyline' as const, points: at })
    const t = testEditor({
      objects: [
        object('cut', polygon([20, 20], [100, 20], [20, 100])),
        object('beside', polygon([200, 20], [240, 20], [200, 100])),
        object('line', line([10, 10], [70, 40], [100, 200]), { class_id: 3 }),
        object('far line', line([200, 10], [100, 290]), { class_id: 3 }),
        object('animal', points([30, 30], [200, 35])),
        object('far animal', points([300, 30], [200, 35])),
        object('point', { type: 'point', x: 300, y: 10 }),
      ],
    }).keys('ctrl+a', 'ctrl+c')
    t.load([], { width: 40, height: 300 })
    expect(t.keys('ctrl+v').shapes()).toEqual([
      polygon([20, 20], [40, 20], [40, 80], [20, 100]),
      line([10, 10], [40, 25]),
      points([30, 30], [200, 35]),
    ])
  })
  test('pasted again into the next image, or where the same lies already, it does not hide on top', () => {
    const t = given().click(20, 20).keys('ctrl+c')
    t.load([])
    expect(t.keys('ctrl+v', 'ctrl+v').shapes()).toEqual([box(10, 10, 50, 50), box(20, 20, 50, 50)])
    t.load([a])
    expect(t.keys('ctrl+v').shapes()).toEqual([box(10, 10, 50, 50), box(20, 20, 50, 50)])
  })
  test('to the next image: what is selected, else all, once, at the same place, cut to it, as one step of undo', () => {
    const t = given().keys('d')
    expect(t.notice()).toContain('2 objects')
    t.load([], { width: 40, height: 300 })
    t.editor.putCarried()
    expect([t.shapes(), t.selection()]).toEqual([[box(10, 10, 30, 50)], ['new-1']])
    expect(t.editor.document().objects[0]?.author_id).toBe(7)
    expect(t.keys('ctrl+z').shapes()).toEqual([])
    t.load([])
    expect([t.editor.putCarried(), t.shapes()]).toEqual([false, []])

    t.load([object('a', box(10, 10, 50, 50)), object('b', box(200, 10, 50, 50))])
    t.click(20, 20).keys('d')
    t.load([object('c', box(10, 10, 50, 50))])
    expect([t.editor.putCarried(), t.shapes()]).toEqual([false, [box(10, 10, 50, 50)]])
  })
  test('to the next image, taken back by the same key; what is open for viewing only takes nothing', () => {
    const t = given().keys('d', 'd')
    t.load([])
    expect(t.editor.putCarried()).toBe(false)
    t.load([object('a', box(10, 10, 50, 50))])
    t.keys('d').editor.setReadOnly(true)
    expect([t.editor.putCarried(), t.shapes()]).toEqual([false, [box(10, 10, 50, 50)]])
  })
})

describe('class, nudge, cycle, hide', () => {
  test('a class key changes the selection and the next object', () => {
    const t = given().keys('ctrl+a', 'w')
    expect(t.classes()).toEqual([2, 2])
    expect(t.editor.state().activeClassId).toBe(2)
    expect(t.keys('ctrl+z').classes()).toEqual([1, 2])
  })
  test('a class that does not allow the geometry leaves the object alone and says so', () => {
    const t = given().click(20, 20).keys('2')
    expect(t.classes()).toEqual([1, 2])
    expect(t.notice()).toBe('“line” does not allow boxes.')
  })
  test('another class drops values it does not know', () => {
    const t = testEditor({ objects: [object('a', box(10, 10, 50, 50), { attributes: { 1: 2, 2: 'pale' } })] })
    expect(t.click(20, 20).keys('w').problem()).toBeNull()
    expect(t.editor.document().objects[0]?.attributes).toEqual({})
    expect(t.keys('ctrl+z').editor.document().objects[0]?.attributes).toEqual({ 1: 2, 2: 'pale' })
  })
  test('another class keeps what it asks for too, under whatever number', () => {
    const options = [{ id: 1, name: 'red' }, { id: 2, name: 'blue' }] // biome-ignore format: short
    const attributes = [attribute(1, 'Colour', 'radio', { options }), attribute(2, 'Occluded', 'checkbox')]
    const others = [attribute(1, 'Occluded', 'checkbox'), attribute(2, 'Make', 'text'), attribute(3, 'Colour', 'dropdown', { options })] // biome-ignore format: short
    const classes = CELLS.classes.map((c) => ({ ...c, attributes: c.id === 1 ? attributes : others }))
    const drawn = object('a', box(10, 10, 50, 50), { attributes: { 1: 2, 2: true } })
    const t = testEditor({ schema: { ...CELLS, classes }, objects: [drawn] }).click(20, 20)
    expect(t.keys('w').editor.document().objects[0]?.attributes).toEqual({ 1: true, 3: 2 })
    expect([t.problem(), t.keys('1').editor.document().objects[0]]).toEqual([null, drawn])
  })
  test('arrows move by 1 or 10 pixels and stop at the edge; a held key is one undo, taps are one each', () => {
    const t = given().click(20, 20).keys('ArrowRight', 'shift+ArrowDown')
    expect(t.shapes()[0]).toEqual(box(11, 20, 50, 50))
    for (let i = 0; i < 30; i++) t.editor.keyDown({ key: 'ArrowLeft', repeat: i > 0 })
    expect(t.shapes()[0]).toEqual(box(0, 20, 50, 50))
    t.editor.keyUp({ key: 'ArrowLeft' })
    expect(t.keys('ctrl+z').shapes()[0]).toEqual(box(11, 20, 50, 50))
    expect(t.keys('ctrl+z').shapes()[0]).toEqual(box(11, 10, 50, 50))
  })
  test('Tab goes round', () => {
    const t = given()
    const walk = ['Tab', 'Tab', 'Tab', 'shift+Tab', 'shift+Tab'].map((k) => t.keys(k).selection()[0])
    expect(walk).toEqual(['a', 'b', 'a', 'b', 'a'])
  })
  test('H hides the selection; with none, all come back', () => {
    const t = given().click(20, 20).keys('h')
    expect([...t.editor.state().hidden]).toEqual(['a'])
    expect([...t.keys('Escape', 'h').editor.state().hidden]).toEqual([])
    expect([...t.keys('h').editor.state().hidden]).toEqual(['a', 'b'])
  })
  test('Ctrl+C with nothing selected is the browser’s', () =>
    expect(given().editor.keyDown({ key: 'c', ctrl: true })).toBe(false))
  test('keys work on a Russian keyboard', () => {
    const t = given()
    t.editor.keyDown({ key: 'и', code: 'KeyB' })
    expect(t.editor.state().tool).toBe('box')
  })
})

describe('attributes', () => {
  test('a child’s value goes when its parent’s option goes; undo brings both back', () => {
    const t = given().click(20, 20)
    t.editor.setAttribute(1, 2)
    t.editor.setAttribute(2, 'pale')
    t.editor.seal()
    t.editor.setAttribute(1, 1)
    expect(t.editor.document().objects[0]?.attributes).toEqual({ 1: 1 })
    expect(t.keys('ctrl+z').editor.document().objects[0]?.attributes).toEqual({ 1: 2, 2: 'pale' })
    expect(t.problem()).toBeNull()
  })
  test('letters typed in a row are one undo', () => {
    const t = given().click(20, 20)
    t.editor.setAttribute(1, 2)
    for (const text of ['p', 'pa', 'pal']) t.editor.setAttribute(2, text)
    expect(t.keys('ctrl+z').editor.document().objects[0]?.attributes).toEqual({ 1: 2 })
  })
  test('what was drawn last can be filled in without leaving the tool; the image has values too', () => {
    const t = given().keys('b', '1').drag([100, 10], [150, 50])
    t.editor.setAttribute(1, 1)
    t.editor.setGlobalAttribute(1, true)
    t.editor.setGlobalAttribute(99, true)
    expect(t.editor.document().objects[2]?.attributes).toEqual({ 1: 1 })
    expect(t.editor.document().global_attributes).toEqual({ 1: true })
  })
  test('grandchildren are hidden with their parents; only shown ones can be missing', () => {
    const option = [{ id: 1, name: 'yes' }]
    const tree = [
      attribute(1, 'one', 'dropdown', { options: option }),
      attribute(2, 'two', 'multi_select', { options: option, parent: { attribute_id: 1, option_id: 1 } }),
      attribute(3, 'three', 'text', { parent: { attribute_id: 2, option_id: 1 }, is_required: true }),
    ]
    expect(shownAttributes(tree, { 2: [1] }).map((x) => x.id)).toEqual([1])
    expect(shownAttributes(tree, { 1: 1, 2: [1] }).map((x) => x.id)).toEqual([1, 2, 3])
    expect(missingAttributes(tree, { 1: 1, 2: [1] }).map((x) => x.id)).toEqual([3])
    expect(missingAttributes(tree, {})).toEqual([])
  })
  test('the id of an option that is not there is no value', () => {
    const options = [{ id: 1, name: 'red' }, { id: 3, name: 'sold out', is_removed: true }] // biome-ignore format: short
    const colour = attribute(1, 'Colour', 'dropdown', { options, is_required: true })
    const extras = attribute(2, 'Extras', 'multi_select', { options, is_required: true })
    expect(missingAttributes([colour, extras], { 1: 2, 2: [2] })).toEqual([colour, extras])
    expect(missingAttributes([colour, extras], { 1: 3, 2: [2, 1] })).toEqual([])
  })
  test('a removed attribute is not asked for and not begun, and its value stays whatever else is set', () => {
    const old = attribute(1, 'Make', 'text', { is_required: true, initial: 'none', is_removed: true })
    const attributes = [old, attribute(2, 'Size', 'number', {})]
    expect(shownAttributes(attributes, { 1: 'Opel' }).map((a) => a.id)).toEqual([2])
    expect(missingAttributes(attributes, {})).toEqual([])
    expect(initialValues(attributes)).toEqual({})
    const classes = CELLS.classes.map((c) => (c.id === 1 ? { ...c, attributes } : c))
    const drawn = object('a', box(10, 10, 20, 20), { class_id: 1, attributes: { 1: 'Opel' } })
    const t = testEditor({ schema: { ...CELLS, classes }, objects: [drawn] })
    t.editor.select(['a'])
    t.editor.setAttribute(2, 4)
    expect(t.editor.document().objects[0]?.attributes).toEqual({ 1: 'Opel', 2: 4 })
  })
  test('nothing begins with an option that was removed since', () => {
    const options = [{ id: 1, name: 'day' }, { id: 2, name: 'dusk', is_removed: true }] // biome-ignore format: short
    const light = attribute(1, 'Light', 'radio', { options, keeps_last: true, initial: 1 })
    expect(initialValues([light], { 1: 2 })).toEqual({ 1: 1 })
  })
})

describe('the values of what was not drawn', () => {
  const options = [{ id: 1, name: 'day' }, { id: 2, name: 'night' }] // biome-ignore format: short
  const attributes = [
    attribute(1, 'Light', 'radio', { options, keeps_last: true, initial: 1 }),
    attribute(2, 'Lamps', 'number', { parent: { attribute_id: 1, option_id: 2 }, initial: 4 }),
  ]
  const classes = CELLS.classes.map((c) => (c.id < 3 ? { ...c, attributes } : c))
  const document = { objects: [], global_attributes: {} }
  const image = { width: 400, height: 300 }

  test('a new image begins as the schema says, without a step to undo; one that was worked on stays as it is', () => {
    const t = testEditor({ schema: { classes, global_attributes: attributes } })
    const load = (isNew: boolean) => {
      t.editor.load({ document, image, schema: t.editor.state().schema, authorId: 7, isReadOnly: false, isNew })
      return t.editor.document().global_attributes
    }
    expect([load(false), load(true), t.editor.state().canUndo]).toEqual([{}, { 1: 1 }, false])
    t.editor.setGlobalAttribute(1, 2)
    t.editor.setGlobalAttribute(2, 6)
    expect([load(true), load(false)]).toEqual([{ 1: 2, 2: 4 }, {}])
  })

  test('an accepted prediction begins like a drawn object', () => {
    const t = testEditor({ schema: { ...CELLS, classes } })
    t.editor.setPredictions([{ key: '1-a', class_id: 1, shape: box(10, 10, 20, 20), score: 0.9 }])
    t.editor.acceptAllSuggestions()
    expect(t.editor.document().objects).toMatchObject([{ prediction_id: '1-a', attributes: { 1: 1 } }])
  })

  test('an object that changes its class begins with what the new class asks besides', () => {
    const drawn = object('a', box(10, 10, 20, 20), { class_id: 1 })
    const t = testEditor({
      schema: { ...CELLS, classes },
      objects: [drawn, { ...drawn, id: 'b', attributes: { 1: 2 } }],
    })
    t.editor.select(['a', 'b'])
    t.editor.chooseClass(2)
    expect(t.editor.document().objects.map((o) => o.attributes)).toEqual([{ 1: 1 }, { 1: 2, 2: 4 }])
  })
})

test('new objects begin with what their class says: a value, or the one that was given last; children only where they are shown', () => {
  const options = [{ id: 1, name: 'sitting' }, { id: 2, name: 'standing' }] // biome-ignore format: short
  const attributes = [
    attribute(1, 'Pose', 'radio', { options, keeps_last: true, initial: 1 }),
    attribute(2, 'Legs', 'number', { parent: { attribute_id: 1, option_id: 2 }, initial: 4 }),
    attribute(3, 'Note', 'text'),
  ]
  const schema = { ...CELLS, classes: CELLS.classes.map((c) => (c.id === 1 ? { ...c, attributes } : c)) }
  const t = testEditor({ schema }).keys('b').drag([10, 10], [40, 40])
  const values = () => t.editor.state().document.objects.map((o) => o.attributes)
  expect(values()).toEqual([{ 1: 1 }])
  t.editor.setAttribute(1, 2)
  t.editor.setAttribute(3, 'by hand')
  t.drag([60, 10], [90, 40])
  expect(values()[1]).toEqual({ 1: 2, 2: 4 })
  expect(t.keys('ctrl+z').editor.state().document.objects).toHaveLength(1)
})

test('a value that was taken back is not the one that was given last', () => {
  const options = [{ id: 1, name: 'sitting' }, { id: 2, name: 'standing' }] // biome-ignore format: short
  const attributes = [attribute(1, 'Pose', 'radio', { options, keeps_last: true })]
  const schema = {
    classes: CELLS.classes.map((c) => (c.id < 3 ? { ...c, attributes } : c)),
    global_attributes: attributes,
  }
  const next = (...keys: string[]) => {
    const t = testEditor({ schema }).keys('b').drag([10, 10], [40, 40])
    for (const value of [1, 2]) {
      t.editor.setAttribute(1, value)
      t.editor.setGlobalAttribute(1, value)
      t.editor.seal()
    }
    t.keys(...keys).drag([60, 60], [90, 90])
    const drawn = t.editor.document().objects.at(-1)?.attributes
    const document = { objects: [], global_attributes: {} }
    t.editor.load({ ...t.editor.state(), document, authorId: 7, isReadOnly: false, isNew: true })
    return [drawn, t.editor.document().global_attributes]
  }
  expect(next()).toEqual([{ 1: 2 }, { 1: 2 }])
  expect(next('ctrl+z')).toEqual([{ 1: 2 }, { 1: 1 }])
  expect(next('ctrl+z', 'ctrl+z')).toEqual([{ 1: 1 }, { 1: 1 }])
  expect(next('ctrl+z', 'ctrl+z', 'ctrl+z')).toEqual([{ 1: 1 }, {}])
  expect(next('ctrl+z', 'ctrl+z', 'ctrl+y')).toEqual([{ 1: 2 }, { 1: 1 }])
})

test('what was given last outlasts the visit, of the attributes that keep it, unless the schema has it no more', () => {
  const options = [{ id: 1, name: 'sitting' }, { id: 2, name: 'standing' }] // biome-ignore format: short
  const attributes = [
    attribute(1, 'Pose', 'radio', { options, keeps_last: true }),
    attribute(2, 'Seen', 'multi_select', { options, keeps_last: true, initial: [1] }),
    attribute(3, 'Note', 'text'),
  ]
  const schema = { ...CELLS, classes: CELLS.classes.map((c) => (c.id === 1 ? { ...c, attributes } : c)) }
  const told: unknown[] = []
  const kept = {
    lastValues: new Map([[1, { 1: 2, 2: [1, 7], 3: 'by hand' }]]),
    onRemember: (...it: unknown[]) => told.push(it),
  }
  const t = testEditor({ schema, kept }).keys('b').drag([10, 10], [40, 40])
  expect(t.editor.document().objects[0]?.attributes).toEqual({ 1: 2, 2: [1] })
  t.editor.setAttribute(3, 'new')
  t.editor.setAttribute(1, 1)
  expect(told.at(-1)).toEqual([1, { 1: 1, 2: [1] }])
  t.editor.setGlobalAttribute(1, true)
  expect(told).toHaveLength(2)
})
