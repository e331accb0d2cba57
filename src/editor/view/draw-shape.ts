// Strokes and fills one shape on the screen. Lines lie on whole device pixels: sharp at every zoom.
import { angleOf, centreOf } from '../../model/shapes/frame.ts'
import type { XY } from '../../model/shapes/geometry.ts'
import { isFramed, type Shape, shapeBounds } from '../../model/shapes/index.ts'
import { outlineOf } from '../../model/shapes/outline.ts'
import { clamp, type Size, snapped, toScreen, type View } from '../coordinates.ts'

export type Brush = {
  readonly context: CanvasRenderingContext2D
  readonly view: View
  /** Device pixels per CSS pixel. */
  readonly ratio: number
}

/** CSS pixels, a whole number of device pixels. */
export const lineWidth = (css: number, ratio: number): number => Math.max(1, Math.round(css * ratio)) / ratio

/**
 * Opacity of a fill: full strength up to a third of the screen, then thinner, so that zoomed in on an object one
 * judges the image and not the tint. In steps, which keeps the number of colours small.
 */
export function fillFor(strength: number, { view }: Brush, shape: Shape, screen: Size): number {
  if (!isFramed(shape) && shape.type !== 'polygon') return strength
  const { width, height } = shapeBounds(shape)
  const share = Math.max((width * view.scale) / screen.width, (height * view.scale) / screen.height)
  const left = clamp(1.33 - share, 0.3, 1)
  return Math.ceil(strength * left * 50) / 50
}

/** Radius of a point, CSS pixels. */
export const POINT_RADIUS = 5

/** Makes the shape's outline the context's path. */
export function tracePath(brush: Brush, shape: Shape, width: number): void {
  brush.context.beginPath()
  addOutline(brush.context, brush, shape, width)
}

/** Adds the shape's outline to a path. */
export function addOutline(path: CanvasPath, { view, ratio }: Brush, shape: Shape, width: number): void {
  // A line of odd width is sharp when it runs through the middle of a device pixel.
  const half = (Math.round(width * ratio) % 2) / (2 * ratio)
  const place = ([x, y]: XY): XY => {
    const [sx, sy] = toScreen(view, [x, y])
    return [snapped(sx, ratio) + half, snapped(sy, ratio) + half]
  }
  if (shape.type === 'box' && angleOf(shape) === 0) {
    const [x0, y0] = place([shape.x, shape.y])
    const [x1, y1] = place([shape.x + shape.width, shape.y + shape.height])
    path.rect(x0, y0, Math.max(x1 - x0, 1), Math.max(y1 - y0, 1))
  } else if (shape.type === 'point') {
    const [x, y] = toScreen(view, [shape.x, shape.y])
    path.moveTo(x + POINT_RADIUS, y)
    path.arc(x, y, POINT_RADIUS, 0, 2 * Math.PI)
  } else if (shape.type === 'ellipse') {
    const [x, y] = toScreen(view, centreOf(shape))
    const [across, down] = [(shape.width * view.scale) / 2, (shape.height * view.scale) / 2]
    const angle = (angleOf(shape) * Math.PI) / 180
    path.moveTo(x + across * Math.cos(angle), y + across * Math.sin(angle))
    path.ellipse(x, y, across, down, angle, 0, 2 * Math.PI)
  } else {
    for (const points of outlineOf(shape)) {
      for (const [i, p] of points.entries()) {
        const [x, y] = toScreen(view, p)
        if (i === 0) path.moveTo(x, y)
        else path.lineTo(x, y)
      }
      if (shape.type !== 'polyline') path.closePath()
    }
  }
}

/** The quick road for thousands of upright boxes: no path is built. */
export function paintBox({ context, view, ratio }: Brush, shape: Shape & { type: 'box' }, width: number): void {
  const half = (Math.round(width * ratio) % 2) / (2 * ratio)
  const x0 = snapped(shape.x * view.scale + view.x, ratio)
  const y0 = snapped(shape.y * view.scale + view.y, ratio)
  const w = Math.max(snapped((shape.x + shape.width) * view.scale + view.x, ratio) - x0, 1 / ratio)
  const h = Math.max(snapped((shape.y + shape.height) * view.scale + view.y, ratio) - y0, 1 / ratio)
  context.fillRect(x0, y0, w, h)
  context.strokeRect(x0 + half, y0 + half, w, h)
}

export function paintShape(
  brush: Brush,
  shape: Shape,
  style: { stroke: string; fill: string | null; width: number },
): void {
  const { context } = brush
  context.strokeStyle = style.stroke
  context.lineWidth = style.width
  tracePath(brush, shape, style.width)
  if (style.fill && shape.type !== 'polyline') {
    context.fillStyle = style.fill
    context.fill('evenodd')
  }
  context.stroke()
}
