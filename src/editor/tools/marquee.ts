// Draws a rectangle on empty ground and selects what it meets. With Shift or Ctrl it adds to the selection.
import type { Bounds } from '../../model/shapes/geometry.ts'
import { objectsIn } from '../hit-test.ts'
import { reachableObjects } from '../state.ts'
import { CLICK_SLOP, type Desk, type Gesture, isToggling, screenDistance, type ToolEvent } from './tool.ts'

/** @param onClick  what a press without a drag means */
export function startMarquee(desk: Desk, press: ToolEvent, onClick: () => void): Gesture {
  const before = desk.state().selection
  const kept = isToggling(press) ? before : []
  let bounds: Bounds | null = null

  return {
    move(event) {
      if (!bounds && screenDistance(press, event) < CLICK_SLOP) return
      bounds = between(press, event)
      const caught = objectsIn(reachableObjects(desk.state()), bounds).map((o) => o.id)
      desk.select([...new Set([...kept, ...caught])])
    },
    release() {
      if (!bounds) onClick()
      bounds = null
    },
    cancel() {
      bounds = null
      desk.select(before)
    },
    draft: () => bounds && { kind: 'marquee', bounds },
    cursor: 'default',
  }
}

function between({ image: a }: ToolEvent, { image: b }: ToolEvent): Bounds {
  const [x, y] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])]
  return { x, y, width: Math.abs(a[0] - b[0]), height: Math.abs(a[1] - b[1]) }
}
