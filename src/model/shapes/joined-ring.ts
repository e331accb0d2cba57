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

/** A point that knows the next one, so that a ring is put in without moving what follows. */
type Link = { at: XY; next: Link }

export function joinedRing(rings: readonly XY[][]): XY[] {
  const placed: Link[] = []
  let pairs = 0
  for (const ring of rings) {
    pairs += placed.length * ring.length
    const links = linked(ring)
    const [from, to] = pairs > 0 && pairs <= MOST_PAIRS ? nearest(placed, links) : [placed[0], links[0]]
    if (from && to) seam(from, to, placed)
    for (const link of links) placed.push(link)
  }
  return walked(placed[0])
}

function linked(ring: readonly XY[]): Link[] {
  const links = ring.map((at): Link => ({ at, next: undefined as never }))
  for (const [i, link] of links.entries()) link.next = links[(i + 1) % links.length] as Link
  return links
}

/** From one ring to another, around it, and back: both ends of the seam are passed twice. */
function seam(from: Link, to: Link, placed: Link[]): void {
  const end: Link = { at: to.at, next: undefined as never }
  const back: Link = { at: from.at, next: from.next }
  let last = to
  while (last.next !== to) last = last.next
  last.next = end
  end.next = back
  from.next = to
  placed.push(end, back)
}

function walked(first: Link | undefined): XY[] {
  const points: XY[] = []
  for (let link = first; link; link = link.next === first ? undefined : link.next) points.push(link.at)
  return points
}

/** The points of two rings that are closest. */
function nearest(a: readonly Link[], b: readonly Link[]): [Link, Link] {
  let best = [a[0], b[0]] as [Link, Link]
  let least = Number.POSITIVE_INFINITY
  for (const one of a)
    for (const other of b) {
      const distance = (one.at[0] - other.at[0]) ** 2 + (one.at[1] - other.at[1]) ** 2
      if (distance >= least) continue
      least = distance
      best = [one, other]
    }
  return best
}
