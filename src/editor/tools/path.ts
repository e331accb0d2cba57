// What polygon and polyline share: points are clicked one after the other, with a rubber band to the pointer.
import { MAX_POINTS, type XY } from '../../model/shapes/geometry.ts'
import { insideImage, sound } from '../shape-edit.ts'
import { texts } from '../texts.ts'
import type { Desk, Tool, ToolEvent } from './tool.ts'

/** How near to the first point a click closes the ring, CSS pixels. */
const CLOSE_REACH = 10

export function createPathTool(desk: Desk, type: 'polygon' | 'polyline'): Tool {
  const isRing = type === 'polygon'
  const fewest = isRing ? 3 : 2
  let points: XY[] = []
  /** Taken back, the last one last. */
  let undone: XY[] = []
  let cursor: XY | null = null

  const isClosing = (at: XY) => {
    const first = points[0]
    if (!isRing || !first || points.length < fewest) return false
    return Math.hypot(at[0] - first[0], at[1] - first[1]) <= desk.reach(CLOSE_REACH)
  }

  const end = () => {
    const wasBusy = points.length > 0
    points = undone = []
    return wasBusy
  }

  const finish = () => {
    if (points.length === 0) return false
    const shape = points.length >= fewest ? sound({ type, points }) : null
    if (!shape) {
      desk.refuse(points.length < fewest ? texts.notices.tooFewPoints(fewest) : texts.notices.noArea)
      return true
    }
    if (desk.add(shape)) end()
    return true
  }

  const put = (event: ToolEvent) => {
    const at = insideImage(desk.snap(event.image), desk.state().image)
    const last = points.at(-1)
    if (last && last[0] === at[0] && last[1] === at[1]) return
    if (points.length >= MAX_POINTS) return desk.refuse(texts.notices.tooManyPoints)
    points = [...points, at]
    undone = []
  }

  return {
    down(event) {
      cursor = event.image
      // The first press of a double click has put its point already, or closed the ring.
      if (event.clicks === 2) {
        if (points.length >= fewest) finish()
      } else if (isClosing(event.image)) finish()
      else if (points.length > 0 || desk.mayDraw(type)) put(event)
    },
    move(event) {
      cursor = event.image
    },
    up() {},
    cancel: end,
    stepBack() {
      const last = points.at(-1)
      if (!last) return false
      points = points.slice(0, -1)
      undone = [...undone, last]
      return true
    },
    stepForward() {
      const next = undone.at(-1)
      if (!next) return false
      points = [...points, next]
      undone = undone.slice(0, -1)
      return true
    },
    finish,
    draft() {
      if (points.length === 0) return null
      const end = insideImage(cursor ? desk.snap(cursor) : (points[0] as XY), desk.state().image)
      return { kind: 'path', points, cursor: end, isRing, isClosing: cursor !== null && isClosing(cursor) }
    },
    cursor: () => 'crosshair',
  }
}
