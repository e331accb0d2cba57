import { expect, test } from 'vitest'
import { fitted } from './coordinates.ts'
import { framedPart, givesWay, isCut, isUnderPointer, minimapScale, viewAt } from './minimap.ts'
import { box, object, testEditor } from './test-editor.ts'

const image = { width: 4000, height: 2000 }
const screen = { width: 800, height: 600 }

test('it is shown only when a part of the image is off the screen', () => {
  expect(isCut(fitted(image, screen), image, screen)).toBe(false)
  expect(isCut({ scale: 1, x: 0, y: 0 }, image, screen)).toBe(true)
})
test('the frame is the part on the screen, never more than the image', () => {
  const scale = minimapScale(image)
  const part = framedPart({ scale: 1, x: 100, y: -500 }, image, screen)
  expect(part).toEqual({ x: 0, y: 500 * scale, width: 700 * scale, height: 600 * scale })
})
test('a place that is chosen comes to the middle, at the same scale', () => {
  const view = viewAt([90, 45], { scale: 2, x: 0, y: 0 }, image, screen)
  const { x, y, width, height } = framedPart(view, image, screen)
  expect(view.scale).toBe(2)
  expect([x + width / 2, y + height / 2]).toEqual([90, 45])
})

test('what is drawn, dragged or selected comes first: presses go through it, and it is faint under the pointer', () => {
  const t = testEditor({ objects: [object('a', box(10, 10, 30, 30)), object('b', box(300, 200, 80, 80))] })
  const { editor } = t
  const { width, height } = editor.state().screen
  editor.setView({ scale: 4, x: 0, y: 0 })
  expect(givesWay(editor.state())).toBe(false)
  editor.pointerMove({ x: width - 20, y: height - 20 })
  expect(isUnderPointer(editor.state())).toBe(true)
  editor.pointerMove({ x: 20, y: 20 })
  expect(isUnderPointer(editor.state())).toBe(false)

  editor.select(['a'])
  expect(givesWay(editor.state())).toBe(false)
  editor.pointerDown({ x: 100, y: 100 })
  editor.pointerMove({ x: 150, y: 150 })
  expect(givesWay(editor.state())).toBe(true)
  editor.pointerCancel()
  expect(givesWay(editor.state())).toBe(false)
  // Its corner lies under the minimap.
  editor.setView({ scale: 4, x: width - 1400, y: height - 1000 })
  editor.select(['b'])
  expect(givesWay(editor.state())).toBe(true)
  editor.select([])
  expect(givesWay(editor.state())).toBe(false)
  editor.setTool('box')
  expect(givesWay(editor.state())).toBe(true)
})
