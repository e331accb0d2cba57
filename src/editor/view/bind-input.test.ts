// What the browser tells of pointers and keys, on a canvas that is only a target of events.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { maskArea } from '../../model/shapes/mask.ts'
import { box, object, polygon, testEditor } from '../test-editor.ts'
import { bindInput } from './bind-input.ts'

const host = () =>
  Object.assign(new EventTarget(), {
    closest: () => null,
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
    setPointerCapture() {},
  })
const selected = { isCollapsed: true }

beforeEach(() => {
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('getSelection', () => selected)
})
afterEach(() => {
  vi.unstubAllGlobals()
  selected.isCollapsed = true
})

function bound(objects = [object('a', box(10, 10, 50, 50))]) {
  const t = testEditor({ objects })
  const canvas = host()
  vi.stubGlobal('document', { activeElement: canvas })
  bindInput(canvas as unknown as HTMLElement, t.editor)
  type Pointer = { id?: number; type?: string; way?: [number, number][] }
  const send = (name: string, x: number, y: number, { id = 1, type = 'mouse', way = [] }: Pointer = {}) => {
    const place = { clientX: x, clientY: y, button: 0, pointerId: id, pointerType: type, isPrimary: true }
    const getCoalescedEvents = () => [...way, [x, y] as const].map(([x, y]) => ({ ...place, clientX: x, clientY: y }))
    canvas.dispatchEvent(Object.assign(new Event(name, { cancelable: true }), place, { getCoalescedEvents }))
  }
  const key = (pressed: string, more: object = {}) => {
    const event = Object.assign(new Event('keydown', { cancelable: true }), {
      key: pressed,
      getModifierState: () => false,
      ...more,
    })
    // It comes to the window from the canvas.
    Object.defineProperty(event, 'target', { value: canvas })
    window.dispatchEvent(event)
    return event
  }
  return { ...t, send, key }
}
const PEN = { id: 7, type: 'pen' }
const PALM = { id: 8, type: 'touch' }

test('a palm beside the pen has no part in the stroke', () => {
  const t = bound()
  t.keys('b')
  t.send('pointerdown', 100, 100, PEN)
  t.send('pointerdown', 300, 250, PALM)
  t.send('pointermove', 150, 150, PEN)
  t.send('pointermove', 310, 260, PALM)
  t.send('pointerup', 310, 260, PALM)
  t.send('pointermove', 180, 180, PEN)
  t.send('pointercancel', 310, 260, PALM)
  t.send('pointerup', 200, 200, PEN)
  expect(t.shapes()[1]).toEqual(box(100, 100, 100, 100))
})

test('a pen takes the place of the palm that came first, and nothing of that stays', () => {
  const t = bound([])
  t.keys('m')
  t.send('pointerdown', 300, 250, PALM)
  t.send('pointermove', 310, 260, PALM)
  t.send('pointerdown', 100, 100, PEN)
  t.send('pointerup', 310, 260, PALM)
  t.send('pointermove', 110, 100, PEN)
  t.send('pointerup', 110, 100, PEN)
  expect(t.shapes()).toMatchObject([{ x: 80, y: 80, width: 50, height: 40 }])
  // The other way round the first one works.
  t.send('pointerdown', 100, 200, PALM)
  t.send('pointerdown', 300, 200, { id: 9, type: 'touch' })
  t.send('pointerup', 300, 200, { id: 9, type: 'touch' })
  t.send('pointerup', 100, 200, PALM)
  expect(t.shapes()).toMatchObject([{ x: 80, y: 80, width: 50 }])
})

test('what the palm put goes: a corner of a started outline, a point', () => {
  const t = bound([])
  const palm = () => {
    t.send('pointerdown', 300, 250, PALM)
    t.send('pointerdown', 100, 100, PEN)
    t.send('pointerup', 100, 100, PEN)
  }
  t.keys('p').click(10, 10).click(60, 10)
  palm()
  t.keys('Enter', 'o')
  palm()
  expect(t.shapes()).toEqual([polygon([10, 10], [60, 10], [100, 100]), { type: 'point', x: 100, y: 100 }])
})

test('a press that is lost leaves the canvas free for another pointer', () => {
  const t = bound([])
  t.keys('b')
  t.send('pointerdown', 10, 10, PALM)
  t.send('lostpointercapture', 10, 10, PALM)
  t.send('pointerdown', 20, 20, PEN)
  window.dispatchEvent(new Event('blur'))
  t.send('pointerdown', 100, 100)
  t.send('pointerup', 150, 150)
  expect(t.shapes()).toEqual([box(100, 100, 50, 50)])
})

test('a fast stroke goes through all the places of a frame, and listeners hear once', () => {
  const painted = (way: [number, number][]) => {
    const t = bound([])
    t.keys('m')
    t.editor.setBrushSize(10)
    t.send('pointerdown', 50, 50)
    const heard = vi.fn()
    const stop = t.editor.subscribe(heard)
    t.send('pointermove', 150, 50, { way })
    expect(heard).toHaveBeenCalledTimes(1)
    stop()
    t.send('pointerup', 150, 50)
    return t.shapes()[0] as Parameters<typeof maskArea>[0]
  }
  expect(painted([[75, 100], [125, 100]])).toMatchObject({ y: 45, height: 60 }) // biome-ignore format: one line
  expect(painted([])).toMatchObject({ y: 45, height: 10 })
})

test('the copy of marked text stays with the browser; what is selected is copied too', () => {
  const t = bound()
  t.editor.select(['a'])
  expect(t.key('c', { ctrlKey: true }).defaultPrevented).toBe(true)
  selected.isCollapsed = false
  expect(t.key('c', { ctrlKey: true }).defaultPrevented).toBe(false)
  expect(t.keys('ctrl+v').ids().length).toBe(2)
  expect(t.key('d', { ctrlKey: true }).defaultPrevented).toBe(true)
})
test('a key that is held says so', () => {
  const t = bound()
  t.editor.select(['a'])
  t.key('d', { ctrlKey: true })
  expect(t.key('d', { ctrlKey: true, repeat: true }).defaultPrevented).toBe(true)
  expect(t.ids().length).toBe(2)
})
