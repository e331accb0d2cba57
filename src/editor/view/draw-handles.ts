// Draws the grips of the selected shape. They keep their size on the screen at every zoom.
import { outOfFrame } from '../../model/shapes/frame.ts'
import type { XY } from '../../model/shapes/geometry.ts'
import { isFramed, type Shape } from '../../model/shapes/index.ts'
import { snapped, toScreen } from '../coordinates.ts'
import { handlesOf } from '../handles.ts'
import { type Brush, lineWidth } from './draw-shape.ts'

/** CSS pixels. */
const SIZE = 9
const MIDDLE_SIZE = 7
/** Sides shorter than this have no handle in the middle; smaller boxes still have none at all. CSS pixels. */
const SIDE_WITH_MIDDLE = 44
const SIDE_WITH_CORNERS = 16
/** Vertices that would lie on each other are not all drawn, CSS pixels. */
const SPACING = 6

export function drawHandles(brush: Brush, shape: Shape, color: string): void {
  const { context, view, ratio } = brush
  context.strokeStyle = color
  context.lineWidth = lineWidth(1.5, ratio)
  let last: readonly [number, number] | null = null
  for (const { handle, at } of handlesOf(shape, view.scale)) {
    const [x, y] = toScreen(view, at)
    if (handle.kind === 'frame') {
      if (isShown(shape, handle, view.scale)) square(brush, x, y)
      continue
    }
    if (handle.kind === 'rotate') {
      drawRotateHandle(brush, shape, [x, y])
      continue
    }
    if (handle.kind === 'vertex' && last && Math.hypot(x - last[0], y - last[1]) < SPACING) continue
    if (handle.kind === 'vertex') last = [x, y]
    context.fillStyle = handle.kind === 'vertex' ? '#ffffff' : 'rgba(255, 255, 255, 0.45)'
    context.beginPath()
    context.arc(x, y, (handle.kind === 'vertex' ? SIZE : MIDDLE_SIZE) / 2, 0, 2 * Math.PI)
    context.fill()
    context.stroke()
  }
}

function isShown(shape: Shape, handle: { across: number; down: number }, scale: number): boolean {
  if (!isFramed(shape)) return false
  const [width, height] = [shape.width * scale, shape.height * scale]
  if (Math.min(width, height) < SIDE_WITH_CORNERS) return false
  if (handle.across === 0) return width >= SIDE_WITH_MIDDLE
  if (handle.down === 0) return height >= SIDE_WITH_MIDDLE
  return true
}

/** Round, on a thin line from the middle of the top edge. */
function drawRotateHandle({ context, view }: Brush, shape: Shape, [x, y]: XY): void {
  if (!isFramed(shape)) return
  const [edgeX, edgeY] = toScreen(view, outOfFrame(shape, [shape.x + shape.width / 2, shape.y]))
  context.beginPath()
  context.moveTo(edgeX, edgeY)
  context.lineTo(x, y)
  context.stroke()
  context.beginPath()
  context.arc(x, y, SIZE / 2, 0, 2 * Math.PI)
  context.fillStyle = '#ffffff'
  context.fill()
  context.stroke()
}

function square({ context, ratio }: Brush, x: number, y: number): void {
  const left = snapped(x - SIZE / 2, ratio)
  const top = snapped(y - SIZE / 2, ratio)
  context.fillStyle = '#ffffff'
  context.fillRect(left, top, SIZE, SIZE)
  const half = context.lineWidth / 2
  context.strokeRect(left + half, top + half, SIZE - 2 * half, SIZE - 2 * half)
}
