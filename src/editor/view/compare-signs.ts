// Where the signs of differences stand, so that they can be read: none upon another, each inside the screen. Pure.
import { clamp, type Size } from '../coordinates.ts'
import { createNearCells } from '../near-cells.ts'

/** `x` and `y`: its middle, CSS pixels. */
export type Sign = {
  readonly kind: 'added' | 'changed' | 'removed'
  readonly x: number
  readonly y: number
  readonly isChosen: boolean
}

/** Where the room is short the first stays; the chosen one always does. The last is to be drawn on top. */
export function placeSigns(signs: readonly Sign[], screen: Size, radius: number): Sign[] {
  const inside = signs.map((s) => ({
    ...s,
    x: clamp(s.x, radius, Math.max(radius, screen.width - radius)),
    y: clamp(s.y, radius, Math.max(radius, screen.height - radius)),
  }))
  const taken = createNearCells<Sign>(2 * radius, 2 * radius)
  const chosenFirst = [...inside].sort((a, b) => Number(b.isChosen) - Number(a.isChosen))
  const placed = chosenFirst.filter((sign) => {
    const { x, y } = sign
    if (taken.near(x, y).some((other) => Math.hypot(other.x - x, other.y - y) < 2 * radius)) return false
    taken.put(x, y, sign)
    return true
  })
  return placed.reverse()
}
