// The part of a ring or line that lies in an image.
import type { XY } from './geometry.ts'

/**
 * Sutherland–Hodgman (1974) against the four edges: what is cut off leaves a way along the edge. Less than two points if
 * nothing lies in the image.
 * @param isOpen  a line: its last point does not lead to its first
 */
export function cutToImage(points: readonly XY[], image: { width: number; height: number }, isOpen = false): XY[] {
  let left = points as XY[]
  for (const [axis, limit, sign] of [
    [0, 0, 1],
    [0, image.width, -1],
    [1, 0, 1],
    [1, image.height, -1],
  ] as const) {
    const isInside = (p: XY) => (p[axis] - limit) * sign >= 0
    if (left.every(isInside)) continue
    const next: XY[] = []
    for (const [i, point] of left.entries()) {
      const before = isOpen && i === 0 ? point : (left.at(i - 1) as XY)
      if (isInside(point) !== isInside(before)) next.push(crossing(before, point, axis, limit))
      if (isInside(point)) next.push(point)
    }
    left = next
  }
  return left
}

function crossing(a: XY, b: XY, axis: 0 | 1, limit: number): XY {
  const part = (limit - a[axis]) / (b[axis] - a[axis])
  const other = axis === 0 ? a[1] + part * (b[1] - a[1]) : a[0] + part * (b[0] - a[0])
  return axis === 0 ? [limit, other] : [other, limit]
}
