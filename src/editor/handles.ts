// The grips of a selected shape, and which one a pointer holds. Image pixels; `scale` is CSS pixels per image pixel.
import { angleOf, centreOf, type Frame, intoFrame, outOfFrame } from '../model/shapes/frame.ts'
import { MAX_POINTS, type XY } from '../model/shapes/geometry.ts'
import { type Framed, isFramed, type Shape } from '../model/shapes/index.ts'
import { type VertexPlace, vertexRings } from './shape-edit.ts'

/** Which edges a frame's handle moves, in its own axes: −1 left or top, 1 right or bottom, 0 neither. */
export type FrameHandle = { readonly kind: 'frame'; readonly across: -1 | 0 | 1; readonly down: -1 | 0 | 1 }
export type VertexHandle =
  | ({ readonly kind: 'vertex' } & VertexPlace)
  /** Between two vertices; pulling it makes a new vertex `index`. */
  | ({ readonly kind: 'middle' } & VertexPlace)
export type Handle = FrameHandle | VertexHandle | { readonly kind: 'rotate' }
export type PlacedHandle<H extends Handle = Handle> = { readonly handle: H; readonly at: XY }

/** Reach of a handle from its middle, CSS pixels: it is drawn 8 wide and held 18 wide. */
export const HANDLE_REACH = 9
/** Reach beside the edge of a selected box, which resizes along its whole length, CSS pixels. */
const EDGE_GRIP = 5
/** Edges shorter than this have no middle handle, CSS pixels. */
const SHORTEST_EDGE = 36
/** How far above the top edge a frame is turned, CSS pixels. */
const ROTATE_ABOVE = 24

const SIDES = [-1, 0, 1] as const

export function handlesOf(shape: Shape, scale: number): PlacedHandle[] {
  if (isFramed(shape)) return [...frameHandles(shape), rotateHandle(shape, scale)]
  const isOpen = shape.type === 'polyline'
  const rings = vertexRings(shape)
  const middles = rings.flatMap((points, ring) =>
    (shape.type === 'skeleton' || points.length >= MAX_POINTS ? [] : points).flatMap((a, i): PlacedHandle[] => {
      const b = points[(i + 1) % points.length] as XY
      if (isOpen && i === points.length - 1) return []
      if (Math.hypot(b[0] - a[0], b[1] - a[1]) * scale < SHORTEST_EDGE) return []
      return [{ handle: { kind: 'middle', ring, index: i + 1 }, at: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] }]
    }),
  )
  const vertices = rings.flatMap((points, ring) =>
    points.map((at, index): PlacedHandle => ({ handle: { kind: 'vertex', ring, index }, at })),
  )
  return [...middles, ...vertices]
}

function frameHandles(frame: Framed): PlacedHandle[] {
  return SIDES.flatMap((down) =>
    SIDES.filter((across) => across !== 0 || down !== 0).map(
      (across): PlacedHandle => ({ handle: { kind: 'frame', across, down }, at: frameHandleAt(frame, across, down) }),
    ),
  )
}

/** On the image, turned with the frame. */
const frameHandleAt = (frame: Frame, across: number, down: number): XY =>
  outOfFrame(frame, [frame.x + (frame.width * (across + 1)) / 2, frame.y + (frame.height * (down + 1)) / 2])

const rotateHandle = (frame: Frame, scale: number): PlacedHandle => ({
  handle: { kind: 'rotate' },
  at: outOfFrame(frame, [centreOf(frame)[0], frame.y - ROTATE_ABOVE / scale]),
})

/** The handle a pointer at `at` would hold, or null. */
export function handleAt(shape: Shape, at: XY, scale: number): PlacedHandle | null {
  // Small boxes keep a middle that moves them: the handles give way.
  const smallest = isFramed(shape) ? Math.min(shape.width, shape.height) * scale : Infinity
  const reach = Math.min(HANDLE_REACH, Math.max(3, smallest / 4)) / scale
  const nearest = handlesOf(shape, scale)
    .map((placed) => ({ placed, distance: Math.hypot(placed.at[0] - at[0], placed.at[1] - at[1]) }))
    .filter((h) => h.distance <= reach)
    .sort((a, b) => a.distance - b.distance || rank(a.placed) - rank(b.placed))[0]
  if (nearest) return nearest.placed
  return shape.type === 'box' ? edgeOf(shape, at, Math.min(EDGE_GRIP, smallest / 4) / scale) : null
}

const rank = (placed: PlacedHandle): number => (placed.handle.kind === 'middle' ? 1 : 0)

function edgeOf(box: Frame, at: XY, reach: number): PlacedHandle | null {
  const [x, y] = intoFrame(box, at)
  const near = (value: number, edge: number) => Math.abs(value - edge) <= reach
  const isBeside = y >= box.y && y <= box.y + box.height
  const isAbove = x >= box.x && x <= box.x + box.width
  const across = !isBeside ? 0 : near(x, box.x) ? -1 : near(x, box.x + box.width) ? 1 : 0
  const down = across !== 0 || !isAbove ? 0 : near(y, box.y) ? -1 : near(y, box.y + box.height) ? 1 : 0
  if (across === 0 && down === 0) return null
  // Held where it was grabbed, so that the edge does not jump to the pointer.
  return { handle: { kind: 'frame', across, down }, at: frameHandleAt(box, across, down) }
}

/** From the right, clockwise in steps of 45°. */
const ARROWS = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'] as const

export function handleCursor(handle: Handle, shape: Shape): string {
  if (handle.kind === 'vertex') return 'move'
  if (handle.kind === 'middle') return 'copy'
  if (handle.kind === 'rotate') return 'grab'
  const turn = isFramed(shape) ? angleOf(shape) : 0
  const direction = (Math.atan2(handle.down, handle.across) * 180) / Math.PI + turn
  return ARROWS[((Math.round(direction / 45) % 4) + 4) % 4] as string
}
