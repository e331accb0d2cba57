// The layer of objects at rest, while the view moves. Thousands of objects cannot be drawn anew for every frame, so what is
// drawn moves along, larger or smaller during a zoom. Once the view rests, all of it is drawn sharp.
import type { EditorState } from '../state.ts'
import { drawObjects } from './draw-objects.ts'
import type { Paint, Sheet } from './sheet.ts'

/** Drawn within a frame, in boxes: up to here nothing is ever shown larger or smaller than it was drawn. */
const CHEAP = 250
/** What was drawn is shown at most so much larger or smaller. */
const MOST_ZOOM = 3

export function createObjectLayer(sheet: Sheet) {
  let isCheap = true

  const draw = (state: EditorState, ratio: number) =>
    sheet.draw(state.view, (context, view) => {
      isCheap = drawObjects({ context, view, ratio }, state) <= CHEAP
    })
  return {
    clear: sheet.clear,
    /** Draws all of it, sharp. */
    draw,
    /** Shows it from another view; what is not sharp then has to be drawn once the view rests. */
    move(state: EditorState, ratio: number) {
      const paint: Paint = (context, view, part) => drawObjects({ context, view, ratio }, state, part)
      if (sheet.pan(state.view, paint)) return
      const by = isCheap ? 0 : sheet.stretch(state.view)
      if (by > MOST_ZOOM || by < 1 / MOST_ZOOM) draw(state, ratio)
    },
  }
}
