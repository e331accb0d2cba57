// Several rings as one, for formats that have one ring for an object: from a point of what is joined already a seam leads to
// the next ring, around it, and the same way back. A seam has no area, so with holes that go the other way around, the area
// of the one ring is that of the polygon.
import type { XY } from './geometry.ts'
import { isHole, type Polygon, polygonRings, signedArea } from './polygon.ts'

/** The rings of a polygon, holes counter-clockwise as seen on the screen, all others clockwise. One alone stays as it is. */
export function windedRings(polygon: Polygon): XY[][] {
  const rings = polygonRings(polygon)
  if (rings.length === 1) return rings
  return rings.map((ring, i) => (isHole(i, rings) === signedArea(ring) > 0 ? ring.toReversed() : ring))
}

/** Pairs of points that are compared for one object; from then on seams are no longer the shortest. */
const MOST_PAIRS = 20_000_000

export function joinedRing([first = [], ...others]: readonly XY[][]): XY[] {
  let joined = first
  let pairs = 0
  for (const ring of others) {
    pairs += joined.length * ring.length
    const [at, from] = pairs <= MOST_PAIRS ? nearest(joined, ring) : [0, 0]
    const around = [...ring.slice(from), ...ring.slice(0, from + 1)]
    joined = [...joined.slice(0, at + 1), ...around, ...joined.slice(at)]
  }
  return joined
}

/** Where two rings are closest, by their points. */
function nearest(a: readonly XY[], b: readonly XY[]): [number, number] {
  let best: [number, number] = [0, 0]
  let least = Number.POSITIVE_INFINITY
  for (const [i, [ax, ay]] of a.entries())
    for (const [j, [bx, by]] of b.entries()) {
      const distance = (ax - bx) ** 2 + (ay - by) ** 2
      if (distance >= least) continue
      least = distance
      best = [i, j]
    }
  return best
}
