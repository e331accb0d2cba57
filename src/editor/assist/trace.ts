// From covered pixels to rings: along the edges of pixels, so that rings cover exactly what the pixels do; then with fewer
// points. Pure.
import type { XY } from '../../model/shapes/geometry.ts'
import { ringArea } from '../../model/shapes/polygon.ts'

/** Row by row; anything but 0 is covered. */
export type Grid = { readonly width: number; readonly height: number; readonly data: Uint8Array }

/** Right, down, left, up: clockwise on the screen. */
const STEPS = [[1, 0], [0, 1], [-1, 0], [0, -1]] as const // biome-ignore format: a table

/** The closed outlines of all parts and holes, under the even-odd rule. Corners only. Pixels that touch at a corner are apart. */
export function ringsOf({ width, height, data }: Grid): XY[][] {
  const stride = width + 1
  const edges = edgesOf({ width, height, data })
  const rings: XY[][] = []
  for (let start = edges.findIndex((e) => e !== 0); start >= 0; start = nextEdge(edges, start)) {
    const ring: XY[] = []
    let at = start
    let direction = -1
    do {
      const open = edges[at] as number
      const turns = direction < 0 ? [0, 1, 2, 3] : [(direction + 1) % 4, direction, (direction + 3) % 4]
      const next = turns.find((d) => open & (1 << d)) as number
      if (next !== direction) ring.push([at % stride, Math.floor(at / stride)])
      edges[at] = open & ~(1 << next)
      const [dx, dy] = STEPS[next] as readonly [number, number]
      at += dx + dy * stride
      direction = next
    } while (at !== start)
    rings.push(ring)
  }
  return rings
}

const nextEdge = (edges: Uint8Array, from: number): number => {
  for (let i = from; i < edges.length; i++) if (edges[i] !== 0) return i
  return -1
}

/** Of each corner of the grid: a bit for every direction in which an edge leaves it, with what is covered on its right. */
function edgesOf({ width, height, data }: Grid): Uint8Array {
  const stride = width + 1
  const edges = new Uint8Array(stride * (height + 1))
  const covers = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] !== 0
  const leave = (x: number, y: number, direction: number) => {
    edges[y * stride + x] = (edges[y * stride + x] as number) | (1 << direction)
  }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue
      if (!covers(x, y - 1)) leave(x, y, 0)
      if (!covers(x + 1, y)) leave(x + 1, y, 1)
      if (!covers(x, y + 1)) leave(x + 1, y + 1, 2)
      if (!covers(x - 1, y)) leave(x, y + 1, 3)
    }
  return edges
}

/** The rings that are worth a part or a hole of their own; the largest always. */
export function withoutSpecks(rings: readonly XY[][], share: number): XY[][] {
  const areas = rings.map(ringArea)
  const least = Math.max(...areas) * share
  return rings.filter((_, i) => (areas[i] as number) >= least)
}

/** No point of the line is farther than `tolerance` from the simpler one (Ramer 1972, Douglas and Peucker 1973). */
export function simplifiedLine(points: readonly XY[], tolerance: number): XY[] {
  const keep = new Uint8Array(points.length)
  keep[0] = keep[points.length - 1] = 1
  const open: [number, number][] = [[0, points.length - 1]]
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span
    let [farthest, distance] = [-1, tolerance]
    for (let i = from + 1; i < to; i++) {
      const d = distanceToSegment(points[i] as XY, points[from] as XY, points[to] as XY)
      if (d > distance) [farthest, distance] = [i, d]
    }
    if (farthest < 0) continue
    keep[farthest] = 1
    open.push([from, farthest], [farthest, to])
  }
  return points.filter((_, i) => keep[i] === 1)
}

/** The same for a ring: from its first point to the one farthest away, and back. */
export function simplifiedRing(ring: readonly XY[], tolerance: number): XY[] {
  const [first] = ring
  if (!first || ring.length < 4) return [...ring]
  let [far, distance] = [0, 0]
  for (const [i, [x, y]] of ring.entries()) {
    const d = Math.hypot(x - first[0], y - first[1])
    if (d > distance) [far, distance] = [i, d]
  }
  const there = simplifiedLine(ring.slice(0, far + 1), tolerance)
  const back = simplifiedLine([...ring.slice(far), first], tolerance)
  return [...there.slice(0, -1), ...back.slice(0, -1)]
}

function distanceToSegment([x, y]: XY, [ax, ay]: XY, [bx, by]: XY): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length2 = dx * dx + dy * dy
  const part = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2))
  return Math.hypot(x - ax - part * dx, y - ay - part * dy)
}
