import { expect, test } from 'vitest'
import { fitted } from './coordinates.ts'
import { framedPart, isCut, minimapScale, viewAt } from './minimap.ts'

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
