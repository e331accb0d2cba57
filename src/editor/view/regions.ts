// Rectangles inside each other: what of a canvas is painted, and what still has to be.
import type { Bounds } from '../../model/shapes/geometry.ts'

const between = (x0: number, y0: number, x1: number, y1: number): Bounds => ({
  x: x0,
  y: y0,
  width: Math.max(0, x1 - x0),
  height: Math.max(0, y1 - y0),
})
const edges = ({ x, y, width, height }: Bounds) => ({ x0: x, y0: y, x1: x + width, y1: y + height })

export const isEmpty = ({ width, height }: Bounds): boolean => width <= 0 || height <= 0

export const isSame = (a: Bounds, b: Bounds): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height

export const moved = (b: Bounds, dx: number, dy: number): Bounds => ({ ...b, x: b.x + dx, y: b.y + dy })

export const widened = (b: Bounds, by: number): Bounds =>
  between(b.x - by, b.y - by, b.x + b.width + by, b.y + b.height + by)

/** What lies in both; empty if nothing does. */
export function common(one: Bounds, other: Bounds): Bounds {
  const [a, b] = [edges(one), edges(other)]
  return between(Math.max(a.x0, b.x0), Math.max(a.y0, b.y0), Math.min(a.x1, b.x1), Math.min(a.y1, b.y1))
}

export function holds(outer: Bounds, inner: Bounds): boolean {
  const [a, b] = [edges(outer), edges(inner)]
  return isEmpty(inner) || (a.x0 <= b.x0 && a.y0 <= b.y0 && a.x1 >= b.x1 && a.y1 >= b.y1)
}

/** Grown to hold `needed` too; on the sides where it had to grow, by `ahead` more. */
export function grown(painted: Bounds, needed: Bounds, ahead: number): Bounds {
  const [p, n] = [edges(painted), edges(needed)]
  return between(
    n.x0 < p.x0 ? n.x0 - ahead : p.x0,
    n.y0 < p.y0 ? n.y0 - ahead : p.y0,
    n.x1 > p.x1 ? n.x1 + ahead : p.x1,
    n.y1 > p.y1 ? n.y1 + ahead : p.y1,
  )
}

/** The strips of `outer` around `inner`. */
export function around(outer: Bounds, inner: Bounds): Bounds[] {
  if (isEmpty(inner)) return [outer]
  const [o, i] = [edges(outer), edges(inner)]
  return [
    between(o.x0, o.y0, i.x0, o.y1),
    between(i.x1, o.y0, o.x1, o.y1),
    between(i.x0, o.y0, i.x1, i.y0),
    between(i.x0, i.y1, i.x1, o.y1),
  ].filter((strip) => !isEmpty(strip))
}
