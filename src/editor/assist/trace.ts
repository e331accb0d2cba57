// From covered pixels to an outline that is worth having: without specks, and of few points. Pure.
import type { XY } from '../../model/shapes/geometry.ts'
import { ringArea } from '../../model/shapes/polygon.ts'
import type { Span } from '../../model/shapes/rle.ts'

/** Row by row; anything but 0 is covered. */
export type Grid = { readonly width: number; readonly height: number; readonly data: Uint8Array }

/** The covered stretches of each column. */
export function* gridSpans({ width, height, data }: Grid): Generator<Span> {
  for (let x = 0; x < width; x++)
    for (let y = 0, from = -1; y <= height; y++) {
      const isCovered = y < height && data[y * width + x] !== 0
      if (isCovered && from < 0) from = y
      if (isCovered || from < 0) continue
      yield { x, from, to: y }
      from = -1
    }
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

/** The same for a ring: from its first point to the one farthest away, and back. Too thin to be simpler, it stays as it is. */
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
  const simpler = [...there.slice(0, -1), ...back.slice(0, -1)]
  return simpler.length < 3 ? [...ring] : simpler
}

function distanceToSegment([x, y]: XY, [ax, ay]: XY, [bx, by]: XY): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length2 = dx * dx + dy * dy
  const part = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2))
  return Math.hypot(x - ax - part * dx, y - ay - part * dy)
}
