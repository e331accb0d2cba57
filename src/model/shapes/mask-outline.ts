// The outline of a mask along the edges of its pixels: outer rings clockwise as seen on the screen, holes the other way.
// Exact: what the rings enclose are the mask's pixels. Parts that touch only at a corner are rings of their own.
import type { XY } from './geometry.ts'
import { type Mask, maskCounts, maskSpans } from './mask.ts'
import { joinedSpans, type Span } from './rle.ts'

/** Beyond the largest coordinate, so that two numbers make one key. */
const STRIDE = 2 ** 20
type Edges = Map<number, XY[]>

/** Whether a mask is of so many pieces that its outline would take seconds: noise, and nothing that is drawn. */
export const isTooFine = (mask: Mask): boolean => maskCounts(mask).length > 100_000

export const maskRings = (mask: Mask): XY[][] => spanRings(maskSpans(mask))

/** The same for pixels that are no mask yet. @param spans in order, without overlaps */
export function spanRings(spans: Iterable<Span>): XY[][] {
  const edges = edgesOf(columnsOf(spans))
  const rings: XY[][] = []
  for (const key of edges.keys())
    while (edges.get(key)?.length) rings.push(ringFrom([Math.floor(key / STRIDE), key % STRIDE], edges))
  return rings
}

/** Corners of the topmost and the lowest pixel of each column: all that a hull needs. */
export function maskCorners(mask: Mask): XY[] {
  const columns = new Map<number, Rows>()
  for (const { x, from, to } of maskSpans(mask)) columns.set(x, { from: columns.get(x)?.from ?? from, to })
  return [...columns].flatMap(([x, { from, to }]): XY[] => [
    [x, from],
    [x + 1, from],
    [x + 1, to],
    [x, to],
  ])
}

type Rows = Pick<Span, 'from' | 'to'>

function columnsOf(spans: Iterable<Span>): Map<number, Rows[]> {
  const columns = new Map<number, Rows[]>()
  for (const { x, from, to } of joinedSpans(spans)) {
    const rows = columns.get(x)
    if (rows) rows.push({ from, to })
    else columns.set(x, [{ from, to }])
  }
  return columns
}

/** Where each edge leads, by where it begins; the mask lies to its right. */
function edgesOf(columns: Map<number, Rows[]>): Edges {
  const edges: Edges = new Map()
  const add = (from: XY, to: XY) => {
    const key = from[0] * STRIDE + from[1]
    const known = edges.get(key)
    if (known) known.push(to)
    else edges.set(key, [to])
  }
  for (const [x, rows] of columns) {
    for (const { from, to } of rows) {
      add([x, from], [x + 1, from])
      add([x + 1, to], [x, to])
    }
    for (const { from, to } of without(rows, columns.get(x + 1) ?? [])) add([x + 1, from], [x + 1, to])
    for (const { from, to } of without(rows, columns.get(x - 1) ?? [])) add([x, to], [x, from])
  }
  return edges
}

/** The parts of rows that others do not cover. Both are in order and without overlaps. */
function* without(rows: readonly Rows[], others: readonly Rows[]): Generator<Rows> {
  let next = 0
  for (const { from, to } of rows) {
    let at = from
    while (next < others.length && (others[next] as Rows).to <= at) next++
    for (let i = next; at < to; i++) {
      const other = others[i]
      if (!other || other.from >= to) {
        yield { from: at, to }
        break
      }
      if (other.from > at) yield { from: at, to: other.from }
      at = Math.max(at, other.to)
    }
  }
}

/** Walks along edges, which it takes out, back to the start. Only corners are kept. */
function ringFrom(start: XY, edges: Edges): XY[] {
  const ring: XY[] = []
  let [at, heading]: [XY, XY] = [start, [0, 0]]
  do {
    const to = nextOf(at, heading, edges)
    const next: XY = [Math.sign(to[0] - at[0]), Math.sign(to[1] - at[1])]
    if (!isSame(next, heading)) ring.push(at)
    at = to
    heading = next
  } while (!isSame(at, start))
  const [first, second] = ring as [XY, XY]
  const isStraight = Math.sign(second[0] - first[0]) === heading[0] && Math.sign(second[1] - first[1]) === heading[1]
  return isStraight ? ring.slice(1) : ring
}

const isSame = (a: XY, b: XY): boolean => a[0] === b[0] && a[1] === b[1]

/** The way to the right where two pixels touch at a corner, so that each stays by itself. */
function nextOf(at: XY, [dx, dy]: XY, edges: Edges): XY {
  const ways = edges.get(at[0] * STRIDE + at[1]) as XY[]
  const right = ways.findIndex(([x, y]) => Math.sign(x - at[0]) === -dy && Math.sign(y - at[1]) === dx)
  return ways.splice(Math.max(0, right), 1)[0] as XY
}
