// The layer of objects at rest, while the view moves. Thousands of objects cannot be drawn anew for every frame, so what is
// drawn moves along: a pan shifts it, a zoom shows it larger or smaller. Once the view rests, all of it is drawn sharp.
import type { View } from '../coordinates.ts'
import type { EditorState } from '../state.ts'
import { cleared } from './cleared-canvas.ts'
import { drawObjects } from './draw-objects.ts'
import { shiftCanvas } from './shift-canvas.ts'

/** Drawn within a frame, in boxes: up to here nothing is ever shown that is not sharp. */
const CHEAP = 250
/** What was drawn is shown at most so much larger or smaller. */
const MOST_ZOOM = 3

export type ObjectLayer = {
  /** Draws all of it, sharp. */
  draw(state: EditorState, ratio: number): void
  /** Shows it from another view; what is not sharp then has to be drawn once the view rests. */
  move(state: EditorState, ratio: number): void
}

export function createObjectLayer(context: CanvasRenderingContext2D): ObjectLayer {
  const { canvas } = context
  /** The view that the canvas shows pixel for pixel; null during a zoom. */
  let shown: View | null = null
  /** What a zoom shows larger or smaller. */
  let picture: { canvas: HTMLCanvasElement; view: View } | null = null
  let isCheap = true

  const draw: ObjectLayer['draw'] = (state, ratio) => {
    isCheap = drawObjects({ context: cleared(context, ratio), view: state.view, ratio }, state) <= CHEAP
    shown = state.view
    picture = null
  }
  const scale = ({ view }: EditorState, ratio: number): boolean => {
    picture ??= { canvas: copyOf(canvas), view: shown as View }
    shown = null
    const by = view.scale / picture.view.scale
    if (by > MOST_ZOOM || by < 1 / MOST_ZOOM) return false
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.globalCompositeOperation = 'copy'
    context.imageSmoothingEnabled = false
    const [x, y] = [view.x - picture.view.x * by, view.y - picture.view.y * by]
    context.drawImage(picture.canvas, x * ratio, y * ratio, canvas.width * by, canvas.height * by)
    context.globalCompositeOperation = 'source-over'
    return true
  }

  return {
    draw,
    move(state, ratio) {
      if (!isCheap && shown?.scale === state.view.scale)
        shown = shiftCanvas(context, ratio, shown, state.view, (view, edge) =>
          drawObjects({ context, view, ratio }, state, edge),
        )
      else if (isCheap || !scale(state, ratio)) draw(state, ratio)
    },
  }
}

function copyOf(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height
  copy.getContext('2d')?.drawImage(canvas, 0, 0)
  return copy
}
