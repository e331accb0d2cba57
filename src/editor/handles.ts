// The grips of a selected shape, and which one a pointer holds. Image pixels; `scale` is CSS pixels per image pixel.
import type { Box } from '../model/shapes/box.ts'
import type { XY } from '../model/shapes/geometry.ts'
import type { Shape } from '../model/shapes/index.ts'
import { verticesOf } from './shape-edit.ts'

/** Which edges a box handle moves: −1 left or top, 1 right or bottom, 0 neither. */
export type BoxHandle = { readonly kind: 'box'; readonly across: -1 | 0 | 1; readonly down: -1 | 0 | 1 }
export type Handle =
  | BoxHandle
  | { readonly kind: 'vertex'; readonly index: number }
  /** Between two vertices; pulling it makes a new vertex `index`. */
  | { readonly kind: 'middle'; readonly index: number }
export type PlacedHandle = { readonly handle: Handle; readonly at: XY }

/** Reach of a handle from its middle, CSS pixels: it is drawn 8 wide and held 18 wide. */
export const HANDLE_REACH = 9
/** Reach beside the edge of a selected box, which resizes along its whole length, CSS pixels. */
const EDGE_GRIP = 5
/** Edges shorter than this have no middle handle, CSS pixels. */
const SHORTEST_EDGE = 36

const SIDES = [-1, 0, 1] as const

export function handlesOf(shape: Shape, scale: number): PlacedHandle[] {
  if (shape.type === 'box') return boxHandles(shape)
  const points = verticesOf(shape)
  const vertices = points.map((at, index): PlacedHandle => ({ handle: { kind: 'vertex', index }, at }))
  const middles = points.flatMap((a, i): PlacedHandle[] => {
    const isLast = i === points.length - 1
    const b = points[(i + 1) % points.length] as XY
    if (isLast && shape.type === 'polyline') return []
    if (Math.hypot(b[0] - a[0], b[1] - a[1]) * scale < SHORTEST_EDGE) return []
    return [{ handle: { kind: 'middle', index: i + 1 }, at: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] }]
  })
  return [...middles, ...vertices]
}

function boxHandles(box: Box): PlacedHandle[] {
  return SIDES.flatMap((down) =>
    SIDES.filter((across) => across !== 0 || down !== 0).map(
      (across): PlacedHandle => ({ handle: { kind: 'box', across, down }, at: boxHandleAt(box, across, down) }),
    ),
  )
}

export const boxHandleAt = (box: Box, across: number, down: number): XY => [
  box.x + (box.width * (across + 1)) / 2,
  box.y + (box.height * (down + 1)) / 2,
]

/** The handle a pointer at `at` would hold, or null. */
export function handleAt(shape: Shape, at: XY, scale: number): PlacedHandle | null {
  // Small boxes keep a middle that moves them: the handles give way.
  const smallest = shape.type === 'box' ? Math.min(shape.width, shape.height) * scale : Infinity
  const reach = Math.min(HANDLE_REACH, Math.max(3, smallest / 4)) / scale
  const nearest = handlesOf(shape, scale)
    .map((placed) => ({ placed, distance: Math.hypot(placed.at[0] - at[0], placed.at[1] - at[1]) }))
    .filter((h) => h.distance <= reach)
    .sort((a, b) => a.distance - b.distance || rank(a.placed) - rank(b.placed))[0]
  if (nearest) return nearest.placed
  return shape.type === 'box' ? edgeOf(shape, at, Math.min(EDGE_GRIP, smallest / 4) / scale) : null
}

const rank = (placed: PlacedHandle): number => (placed.handle.kind === 'middle' ? 1 : 0)

function edgeOf(box: Box, [x, y]: XY, reach: number): PlacedHandle | null {
  const near = (value: number, edge: number) => Math.abs(value - edge) <= reach
  const isBeside = y >= box.y && y <= box.y + box.height
  const isAbove = x >= box.x && x <= box.x + box.width
  const across = !isBeside ? 0 : near(x, box.x) ? -1 : near(x, box.x + box.width) ? 1 : 0
  const down = across !== 0 || !isAbove ? 0 : near(y, box.y) ? -1 : near(y, box.y + box.height) ? 1 : 0
  if (across === 0 && down === 0) return null
  // Held where it was grabbed, so that the edge does not jump to the pointer.
  return { handle: { kind: 'box', across, down }, at: boxHandleAt(box, across, down) }
}

export function handleCursor(handle: Handle): string {
  if (handle.kind === 'vertex') return 'move'
  if (handle.kind === 'middle') return 'copy'
  if (handle.across === 0) return 'ns-resize'
  if (handle.down === 0) return 'ew-resize'
  return handle.across === handle.down ? 'nwse-resize' : 'nesw-resize'
}
