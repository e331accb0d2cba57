// The smallest turned rectangle around points. One side of it lies along a side of their convex hull (Freeman and Shapira 1975).
import { type Frame, withAngle } from './frame.ts'
import type { XY } from './geometry.ts'

/** Sides that are tried. A hull with more is round, and every second, third… of its sides says as much. */
const MOST_SIDES = 500

/** Its width runs along the first two points as nearly as it can, so that corners of a frame give that frame. Null without area. */
export function smallestFrame(points: readonly XY[]): Frame | null {
  const hull = hullOf(points)
  const [first, second] = points
  if (hull.length < 3 || !first || !second) return null
  let best: Around | null = null
  const step = Math.ceil(hull.length / MOST_SIDES)
  for (let i = 0; i < hull.length; i += step) {
    const a = hull[i] as XY
    const b = hull[(i + 1) % hull.length] as XY
    const around = alongside(hull, Math.atan2(b[1] - a[1], b[0] - a[0]))
    if (!best || around.width * around.height < best.width * best.height * (1 - 1e-9)) best = around
  }
  return best && frameOf(best, Math.atan2(second[1] - first[1], second[0] - first[0]))
}

/** Middle, size, and the direction of the width in radians. */
type Around = { x: number; y: number; width: number; height: number; turn: number }

function alongside(points: readonly XY[], turn: number): Around {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const [x, y] of points) {
    const [along, across] = [x * cos + y * sin, y * cos - x * sin]
    left = Math.min(left, along)
    right = Math.max(right, along)
    top = Math.min(top, across)
    bottom = Math.max(bottom, across)
  }
  const [u, v] = [(left + right) / 2, (top + bottom) / 2]
  return { x: u * cos - v * sin, y: u * sin + v * cos, width: right - left, height: bottom - top, turn }
}

/** Of the four ways to call a rectangle turned, the one whose width points nearest to a direction. */
function frameOf({ x, y, width, height, turn }: Around, direction: number): Frame {
  const quarters = Math.round((direction - turn) / (Math.PI / 2))
  const [w, h] = quarters % 2 === 0 ? [width, height] : [height, width]
  const angle = ((turn + (quarters * Math.PI) / 2) * 180) / Math.PI
  return withAngle({ x: x - w / 2, y: y - h / 2, width: w, height: h }, angle)
}

/** Andrew's monotone chain (1979). */
function hullOf(points: readonly XY[]): XY[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (list: readonly XY[]) => {
    const chain: XY[] = []
    for (const p of list) {
      while (chain.length >= 2 && cross(chain.at(-2) as XY, chain.at(-1) as XY, p) <= 0) chain.pop()
      chain.push(p)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

const cross = (o: XY, a: XY, b: XY): number => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
