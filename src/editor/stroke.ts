// Which pixels a round brush covers on its way from one point to another.
import type { XY } from '../model/shapes/geometry.ts'

/** The rows of a column, at its middle `x`, that a round brush covers on its way: their middles lie in it. Null: none. */
export function rowsOfStroke([ax, ay]: XY, [bx, by]: XY, radius: number, x: number): XY | null {
  let [low, high] = [Infinity, -Infinity]
  const include = (y: number) => {
    if (y < low) low = y
    if (y > high) high = y
  }
  for (const [cx, cy] of [
    [ax, ay],
    [bx, by],
  ] as const) {
    const half2 = radius * radius - (x - cx) ** 2
    if (half2 < 0) continue
    include(cy - Math.sqrt(half2))
    include(cy + Math.sqrt(half2))
  }
  // The two edges of the way between the ends of the stroke.
  const length = Math.hypot(bx - ax, by - ay)
  for (const side of length > 0 ? [1, -1] : []) {
    const [nx, ny] = [(-(by - ay) / length) * radius * side, ((bx - ax) / length) * radius * side]
    const [x0, x1] = [ax + nx, bx + nx]
    if (x0 === x1 || x < Math.min(x0, x1) || x > Math.max(x0, x1)) continue
    include(ay + ny + ((x - x0) / (x1 - x0)) * (by - ay))
  }
  const rows: XY = [Math.ceil(low - 0.5), Math.floor(high - 0.5) + 1]
  // A brush of one pixel between four middles still paints the pixel it points at.
  if (Math.floor(bx) === Math.floor(x) && Math.floor(by) < rows[0]) rows[0] = Math.floor(by)
  if (Math.floor(bx) === Math.floor(x) && Math.floor(by) >= rows[1]) rows[1] = Math.floor(by) + 1
  return Number.isFinite(rows[0]) && Number.isFinite(rows[1]) && rows[0] < rows[1] ? rows : null
}
