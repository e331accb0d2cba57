// Where the signs of differences stand, so that they can be read: none upon another, each inside the screen. Pure.
import { clamp, type Size } from '../coordinates.ts'

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
  const taken = new Map<string, Sign[]>()
  const cell = (n: number) => Math.floor(n / (2 * radius))
  const isFree = ({ x, y }: Sign) => {
    for (const column of [-1, 0, 1])
      for (const row of [-1, 0, 1])
        for (const other of taken.get(`${cell(x) + column} ${cell(y) + row}`) ?? [])
          if (Math.hypot(other.x - x, other.y - y) < 2 * radius) return false
    return true
  }
  const chosenFirst = [...inside].sort((a, b) => Number(b.isChosen) - Number(a.isChosen))
  const placed = chosenFirst.filter((sign) => {
    if (!isFree(sign)) return false
    const key = `${cell(sign.x)} ${cell(sign.y)}`
    taken.set(key, [...(taken.get(key) ?? []), sign])
    return true
  })
  return placed.reverse()
}
