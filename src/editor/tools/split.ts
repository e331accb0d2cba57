// Cuts polygons in two by a straight line: drag across them, or click on both sides. The line counts as endless; it cuts
// the polygons that its drawn part runs through, of the selected ones if there are any.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { XY } from '../../model/shapes/geometry.ts'
import { objectsOf } from '../document.ts'
import { crossings } from '../hit-test.ts'
import { changeable, reachableObjects } from '../state.ts'
import { texts } from '../texts.ts'
import { CLICK_SLOP, type Desk, screenDistance, type Tool, type ToolEvent } from './tool.ts'

const isPolygon = ({ shape }: AnnotationObject): boolean => shape.type === 'polygon'

export function createSplitTool(desk: Desk): Tool {
  let from: ToolEvent | null = null
  let to: ToolEvent | null = null
  let isPressed = false

  const end = () => {
    const wasBusy = from !== null
    from = to = null
    isPressed = false
    return wasBusy
  }
  const cut = (a: XY, b: XY) => {
    end()
    const state = desk.state()
    const selected = objectsOf(state.document, changeable(state, state.selection)).filter(isPolygon)
    const among = selected.length > 0 ? selected : reachableObjects(state).filter(isPolygon)
    const ids = among.filter((o) => crossings(o.shape, a, b) > 1).map((o) => o.id)
    if (ids.length > 0) desk.split(ids, [a, b])
    else desk.refuse(texts.notices.nothingToSplit)
  }

  return {
    down(event) {
      if (desk.state().isReadOnly) return
      if (from && screenDistance(from, event) >= CLICK_SLOP) cut(from.image, event.image)
      else {
        from = to = event
        isPressed = true
      }
    },
    move(event) {
      if (from) to = event
    },
    up(event) {
      if (isPressed && from && screenDistance(from, event) >= CLICK_SLOP) cut(from.image, event.image)
      isPressed = false
    },
    cancel: end,
    stepBack: end,
    draft: () => (from && to && from !== to ? { kind: 'cut', from: from.image, to: to.image } : null),
    cursor: () => 'crosshair',
  }
}
