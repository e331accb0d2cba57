// A canvas over the image that is drawn anew as a whole.
import type { EditorState } from '../state.ts'
import type { Brush } from './draw-shape.ts'

/** As large as the screen in device pixels, empty, and drawn on in CSS pixels. */
export function clearedOverlay(element: HTMLCanvasElement, state: EditorState): Brush {
  const context = element.getContext('2d') as CanvasRenderingContext2D
  const ratio = window.devicePixelRatio || 1
  const [width, height] = [Math.round(state.screen.width * ratio), Math.round(state.screen.height * ratio)]
  if (element.width !== width || element.height !== height) {
    element.width = width
    element.height = height
    element.style.width = `${width / ratio}px`
    element.style.height = `${height / ratio}px`
  }
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, width, height)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  return { context, view: state.view, ratio }
}
