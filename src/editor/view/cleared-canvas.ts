// Canvases that are drawn anew as a whole.
import type { Size } from '../coordinates.ts'
import type { EditorState } from '../state.ts'
import type { Brush } from './draw-shape.ts'

/** Empties a canvas. @param ratio device pixels per CSS pixel: it is drawn on in those */
export function cleared(context: CanvasRenderingContext2D, ratio: number): CanvasRenderingContext2D {
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  return context
}

/** Empties it too. Exactly as large as its pixels: a stretched canvas is a blurred one. */
export function sizeCanvas(canvas: HTMLCanvasElement, device: Size, ratio: number): void {
  canvas.width = device.width
  canvas.height = device.height
  canvas.style.width = `${device.width / ratio}px`
  canvas.style.height = `${device.height / ratio}px`
}

/** A layer over the image: as large as the screen in device pixels, empty, and drawn on in CSS pixels. */
export function clearedOverlay(element: HTMLCanvasElement, state: EditorState): Brush {
  const context = element.getContext('2d') as CanvasRenderingContext2D
  const ratio = window.devicePixelRatio || 1
  const [width, height] = [Math.round(state.screen.width * ratio), Math.round(state.screen.height * ratio)]
  if (element.width !== width || element.height !== height) sizeCanvas(element, { width, height }, ratio)
  return { context: cleared(context, ratio), view: state.view, ratio }
}
