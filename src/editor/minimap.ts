// The small picture of the whole image, with the part that the screen shows.
import type { Bounds, XY } from '../model/shapes/geometry.ts'
import { shapeBounds } from '../model/shapes/index.ts'
import { centredOn, type Size, toScreen, type View, visibleBounds } from './coordinates.ts'
import { type EditorState, selectedObjects } from './state.ts'

/** Longest side of the minimap, and how far it stands from the corner, CSS pixels. */
const [LONGEST, MARGIN] = [180, 10]
/** How far the handles of an object reach beyond it, CSS pixels. */
const HANDLES = 30

/** CSS pixels of the minimap per image pixel. */
export const minimapScale = (image: Size): number => LONGEST / Math.max(image.width, image.height, 1)

/** Whether a part of the image is off the screen. */
export function isCut(view: View, image: Size, screen: Size): boolean {
  const [left, top] = toScreen(view, [0, 0])
  const [right, bottom] = toScreen(view, [image.width, image.height])
  return left < -1 || top < -1 || right > screen.width + 1 || bottom > screen.height + 1
}

/** Where it stands: CSS pixels of the canvas. */
function minimapBounds({ image, screen }: Pick<EditorState, 'image' | 'screen'>): Bounds {
  const scale = minimapScale(image)
  const [width, height] = [image.width * scale, image.height * scale]
  return { x: screen.width - MARGIN - width, y: screen.height - MARGIN - height, width, height }
}

/** Whether what is pressed there is meant for what lies below: while something is drawn, and where the selection lies. */
export function givesWay(state: EditorState): boolean {
  if (state.tool !== 'select' || state.draft || state.preview.size > 0) return true
  const { x, y, width, height } = minimapBounds(state)
  return selectedObjects(state).some(({ shape }) => {
    const bounds = shapeBounds(shape)
    const [left, top] = toScreen(state.view, [bounds.x, bounds.y])
    const [right, bottom] = toScreen(state.view, [bounds.x + bounds.width, bounds.y + bounds.height])
    return left - HANDLES < x + width && x < right + HANDLES && top - HANDLES < y + height && y < bottom + HANDLES
  })
}

/** Whether the pointer is over it. */
export function isUnderPointer(state: EditorState): boolean {
  const { x, y, width, height } = minimapBounds(state)
  const [px, py] = state.pointer ?? [-1, -1]
  return px >= x && py >= y && px <= x + width && py <= y + height
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
