// Draws what is placed by a box: drag from corner to corner, or click one corner and then the other.
import type { Box } from '../../model/shapes/box.ts'
import type { Shape, ShapeType } from '../../model/shapes/index.ts'
import { boxBetween } from '../shape-edit.ts'
import { texts } from '../texts.ts'
import { CLICK_SLOP, type Desk, screenDistance, type Tool, type ToolEvent } from './tool.ts'

type State =
  | { at: 'idle' }
  /** The button is down; not yet known whether this is a drag or a click. */
  | { at: 'pressed'; from: ToolEvent; to: ToolEvent }
  | { at: 'dragging'; from: ToolEvent; to: ToolEvent }
  /** One corner was clicked; the other follows the pointer. */
  | { at: 'anchored'; from: ToolEvent; to: ToolEvent }

/** @param shapeOf  what a dragged box becomes; null: nothing yet */
export function createFrameTool(desk: Desk, type: ShapeType, shapeOf: (box: Box) => Shape | null): Tool {
  let state: State = { at: 'idle' }
  const between = (from: ToolEvent, to: ToolEvent): Shape | null => {
    const box = boxBetween(from.image, desk.snap(to.image), desk.state().image)
    return box && shapeOf(box)
  }

  const finish = (from: ToolEvent, to: ToolEvent) => {
    state = { at: 'idle' }
    const shape = between(from, to)
    if (shape) desk.add(shape)
    else desk.refuse(texts.notices.noArea)
  }

  return {
    down(event) {
      if (state.at === 'anchored') {
        if (screenDistance(state.from, event) >= CLICK_SLOP) finish(state.from, event)
        else state = { at: 'idle' }
      } else if (desk.mayDraw(type)) {
        // Snapped once: what follows, such as another zoom, does not move this corner.
        state = { at: 'pressed', from: { ...event, image: desk.snap(event.image) }, to: event }
      }
    },
    move(event) {
      if (state.at === 'idle') return
      const isDrag = state.at === 'pressed' && screenDistance(state.from, event) >= CLICK_SLOP
      state = { at: isDrag ? 'dragging' : state.at, from: state.from, to: event }
    },
    up(event) {
      if (state.at === 'idle' || state.at === 'anchored') return
      const isDrag = state.at === 'dragging' || screenDistance(state.from, event) >= CLICK_SLOP
      if (isDrag) finish(state.from, event)
      // The first press of a double click has placed the second corner already.
      else if (state.from.clicks === 2) state = { at: 'idle' }
      else state = { at: 'anchored', from: state.from, to: event }
    },
    cancel() {
      const wasBusy = state.at !== 'idle'
      state = { at: 'idle' }
      return wasBusy
    },
    stepBack() {
      return this.cancel()
    },
    draft() {
      if (state.at !== 'dragging' && state.at !== 'anchored') return null
      const shape = between(state.from, state.to)
      return shape && { kind: 'shape', shape }
    },
    cursor: () => 'crosshair',
  }
}
