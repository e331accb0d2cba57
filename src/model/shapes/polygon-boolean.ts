// Unions, differences and cuts of polygons, by Clipper2 (Vatti's sweep, 1992). It counts in integers, and so do we:
// hundredths of a pixel, the precision in which the editor stores points. Loaded by the page only when it is used.
import { Clipper64, ClipType, FillRule, type Path64, type Paths64, type PolyPath64, PolyTree64 } from 'clipper2-ts'
import type { XY } from './geometry.ts'
import { type Polygon, polygonOf, polygonRings, ringArea } from './polygon.ts'

const UNITS_PER_PIXEL = 100

/** What at least one of the polygons covers, as one polygon; what does not touch becomes a part of it. Null: nothing. */
export const united = (polygons: readonly Polygon[]): Polygon | null =>
  joined(piecesOf(ClipType.Union, FillRule.NonZero, polygons.flatMap(oriented), []))

/** What the polygon covers and none of the others; null if that is nothing. */
export const without = (polygon: Polygon, others: readonly Polygon[]): Polygon | null =>
  joined(piecesOf(ClipType.Difference, FillRule.NonZero, oriented(polygon), others.flatMap(oriented)))

/** What rings cover that may overlap, touch and lie in each other: what at least one of them encloses. */
export const unitedRings = (rings: readonly XY[][]): Polygon | null =>
  united(rings.map((points) => ({ type: 'polygon', points })))

/**
 * The pieces of a polygon on both sides of the endless line through two points, the largest first. Parts that the line
 * does not touch stay with the largest piece. Null if the line cuts nothing off.
 */
export function cut(polygon: Polygon, from: XY, to: XY): Polygon[] | null {
  const side = sideOf(polygon, from, to)
  if (!side) return null
  const parts = piecesOf(ClipType.Union, FillRule.EvenOdd, pathsOf(polygon), []).map((part) => ({
    part,
    pieces: [ClipType.Intersection, ClipType.Difference].flatMap((type) =>
      piecesOf(type, FillRule.EvenOdd, pathsOf(part), [side]),
    ),
  }))
  const cutUp = parts.filter((p) => p.pieces.length > 1).flatMap((p) => p.pieces)
  if (cutUp.length === 0) return null
  const whole = parts.filter((p) => p.pieces.length <= 1).map((p) => p.part)
  const [largest, ...others] = cutUp.sort((a, b) => ringArea(b.points as XY[]) - ringArea(a.points as XY[]))
  return [polygonOf([largest as Polygon, ...whole].flatMap(polygonRings)), ...others]
}

/** Everything on one side of the line as far as the polygon reaches; null for a line of no length. */
function sideOf(polygon: Polygon, from: XY, to: XY): Path64 | null {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  if (length === 0) return null
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length]
  const reach = Math.max(
    ...polygonRings(polygon)
      .flat()
      .map(([x, y]) => Math.hypot(x - from[0], y - from[1])),
  )
  const far = 2 * reach + 1
  const at = (along: number, aside: number): XY => [
    from[0] + along * ux - aside * uy,
    from[1] + along * uy + aside * ux,
  ]
  return pathOf([at(-far, 0), at(far, 0), at(far, far), at(-far, far)])
}

/** The rings of a polygon wound so that holes run against outlines, whatever way they were drawn. */
function oriented(polygon: Polygon): Paths64 {
  const result: Paths64 = []
  run(pathsOf(polygon), [], (clipper) => clipper.execute(ClipType.Union, FillRule.EvenOdd, result))
  return result
}

/** The result as pieces that do not touch: each an outline with its holes. */
function piecesOf(type: ClipType, rule: FillRule, subjects: Paths64, clips: Paths64): Polygon[] {
  const tree = new PolyTree64()
  run(subjects, clips, (clipper) => clipper.execute(type, rule, tree))
  const pieces: Polygon[] = []
  const open: PolyPath64[] = [tree]
  for (let node = open.pop(); node; node = open.pop())
    for (const outline of childrenOf(node)) {
      const holes = childrenOf(outline)
      open.push(...holes)
      const rings = [outline, ...holes].map(ringOf).filter((ring) => ring.length >= 3 && ringArea(ring) > 0)
      if (rings.length > 0 && ringOf(outline).length >= 3) pieces.push(polygonOf(rings))
    }
  return pieces
}

function run(subjects: Paths64, clips: Paths64, execute: (clipper: Clipper64) => void): void {
  const clipper = new Clipper64()
  clipper.addSubject(subjects)
  if (clips.length > 0) clipper.addClip(clips)
  execute(clipper)
}

const joined = (pieces: readonly Polygon[]): Polygon | null =>
  pieces.length === 0 ? null : polygonOf(pieces.flatMap(polygonRings))

const childrenOf = (node: PolyPath64): PolyPath64[] => Array.from({ length: node.count }, (_, i) => node.child(i))
const pathsOf = (polygon: Polygon): Paths64 => polygonRings(polygon).map(pathOf)
const pathOf = (ring: readonly XY[]): Path64 =>
  ring.map(([x, y]) => ({ x: Math.round(x * UNITS_PER_PIXEL), y: Math.round(y * UNITS_PER_PIXEL) }))
const ringOf = (node: PolyPath64): XY[] =>
  (node.poly ?? []).map(({ x, y }): XY => [x / UNITS_PER_PIXEL, y / UNITS_PER_PIXEL])
