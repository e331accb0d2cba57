// Which pixels a polygon covers: those whose middle lies in it. For formats that know holes only as masks.
import type { XY } from './geometry.ts'
import { type Polygon, polygonRings } from './polygon.ts'
import type { Span } from './rle.ts'

/** Column by column, inside an image of this size. */
export function* polygonSpans(polygon: Polygon, size: { width: number; height: number }): Generator<Span> {
  const crossings = new Map<number, number[]>()
  for (const ring of polygonRings(polygon))
    for (const [i, b] of ring.entries()) addCrossings(crossings, ring.at(i - 1) as XY, b, size.width)
  for (const x of [...crossings.keys()].sort((a, b) => a - b)) {
    const ys = (crossings.get(x) as number[]).sort((a, b) => a - b)
    for (let i = 0; i + 1 < ys.length; i += 2) {
      // A pixel row is covered from the first middle at or after one edge to the last one before the other.
      const from = Math.max(0, Math.ceil((ys[i] as number) - 0.5))
      const to = Math.min(size.height, Math.ceil((ys[i + 1] as number) - 0.5))
      if (from < to) yield { x, from, to }
    }
  }
}

/** Where an edge crosses the middles of columns. Half-open, so that a vertex counts for one of its edges. */
function addCrossings(crossings: Map<number, number[]>, [ax, ay]: XY, [bx, by]: XY, width: number): void {
  const [left, right] = [Math.min(ax, bx), Math.max(ax, bx)]
  const end = Math.min(width, Math.ceil(right - 0.5))
  for (let x = Math.max(0, Math.ceil(left - 0.5)); x < end; x++) {
    const y = ay + ((x + 0.5 - ax) / (bx - ax)) * (by - ay)
    const list = crossings.get(x)
    if (list) list.push(y)
    else crossings.set(x, [y])
  }
}
