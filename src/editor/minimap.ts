// The small picture of the whole image, with the part that the screen shows.
import type { Bounds, XY } from '../model/shapes/geometry.ts'
import { centredOn, type Size, toScreen, type View, visibleBounds } from './coordinates.ts'

/** Longest side of the minimap, CSS pixels. */
const LONGEST = 180

/** CSS pixels of the minimap per image pixel. */
export const minimapScale = (image: Size): number => LONGEST / Math.max(image.width, image.height, 1)

/** Whether a part of the image is off the screen. */
export function isCut(view: View, image: Size, screen: Size): boolean {
  const [left, top] = toScreen(view, [0, 0])
  const [right, bottom] = toScreen(view, [image.width, image.height])
  return left < -1 || top < -1 || right > screen.width + 1 || bottom > screen.height + 1
}

/** The part of the image that is on the screen, in CSS pixels of the minimap. */
export function framedPart(view: View, image: Size, screen: Size): Bounds {
  const scale = minimapScale(image)
  const seen = visibleBounds(view, screen)
  const [x0, y0] = [Math.max(0, seen.x), Math.max(0, seen.y)]
  const [x1, y1] = [Math.min(image.width, seen.x + seen.width), Math.min(image.height, seen.y + seen.height)]
  return { x: x0 * scale, y: y0 * scale, width: Math.max(0, x1 - x0) * scale, height: Math.max(0, y1 - y0) * scale }
}

/** The view with this place of the minimap in the middle. */
export function viewAt([x, y]: XY, { scale }: View, image: Size, screen: Size): View {
  const small = minimapScale(image)
  return centredOn([x / small, y / small], scale, screen)
}
