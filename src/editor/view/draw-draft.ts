// Draws what is unfinished: rubber bands, the marquee, the size of a box, the crosshair.
import { angleOf } from '../../model/shapes/frame.ts'
import type { Bounds, XY } from '../../model/shapes/geometry.ts'
import { type Framed, shapeBounds } from '../../model/shapes/index.ts'
import { clamp, type Size, snapped, toScreen } from '../coordinates.ts'
import type { Brush as MaskBrush } from '../state.ts'
import type { Draft } from '../tools/tool.ts'
import { CANVAS_FONT } from './class-tags.ts'
import { faded } from './colors.ts'
import { type Brush, lineWidth } from './draw-shape.ts'

const DASH = [6, 4]
const ACCENT = '#4c9ffe'
/** Longer than any screen, CSS pixels. */
const BEYOND = 10_000

/** The current path as dashes in the class colour over a dark line: visible on any image. */
export function strokeDashed({ context, ratio }: Brush, color: string): void {
  context.lineWidth = lineWidth(1.5, ratio)
  context.strokeStyle = 'rgba(0, 0, 0, 0.6)'
  context.stroke()
  context.setLineDash(DASH)
  context.strokeStyle = color
  context.stroke()
  context.setLineDash([])
}

/** A path that is being made. All in CSS pixels of the screen. */
type Unfinished = {
  /** What is set, and what the pointer would add. */
  points: readonly XY[]
  live: readonly XY[]
  /** What was clicked. */
  corners: readonly XY[]
  /** Whether it will close, and whether the next click does it. */
  isRing: boolean
  isClosing: boolean
}

export function drawUnfinished(
  brush: Brush,
  { points, live, corners, isRing, isClosing }: Unfinished,
  color: string,
): void {
  const { context, ratio } = brush
  const trace = (line: readonly XY[]) => {
    context.beginPath()
    for (const [x, y] of line) context.lineTo(x, y)
  }
  if (isRing && points.length + live.length > 2) {
    trace([...points, ...live])
    context.fillStyle = faded(color, 0.15)
    context.fill()
  }
  trace(points)
  context.lineJoin = 'round'
  context.lineWidth = lineWidth(3.5, ratio)
  context.strokeStyle = 'rgba(0, 0, 0, 0.45)'
  context.stroke()
  context.lineWidth = lineWidth(1.5, ratio)
  context.strokeStyle = color
  context.stroke()
  trace([...points.slice(-1), ...live])
  strokeDashed(brush, color)
  for (const [i, [x, y]] of corners.entries()) {
    const isGoal = i === 0 && isRing && corners.length >= 3
    context.beginPath()
    context.arc(x, y, isGoal ? (isClosing ? 8 : 6) : 3.5, 0, 2 * Math.PI)
    context.fillStyle = isClosing && isGoal ? color : '#ffffff'
    context.fill()
    context.lineWidth = lineWidth(1.5, ratio)
    context.strokeStyle = isClosing && isGoal ? '#ffffff' : color
    context.stroke()
  }
}

export function drawPath(brush: Brush, draft: Draft & { kind: 'path' }, color: string): void {
  const points = draft.points.map((p) => toScreen(brush.view, p))
  const cursor = draft.isClosing ? (points[0] as XY) : toScreen(brush.view, draft.cursor)
  const { isRing, isClosing } = draft
  drawUnfinished(brush, { points, live: [cursor], corners: points, isRing, isClosing }, color)
}

export function drawMarquee({ context, view, ratio }: Brush, bounds: Bounds): void {
  const [x0, y0] = toScreen(view, [bounds.x, bounds.y]).map((v) => snapped(v, ratio)) as XY
  const [w, h] = [snapped(bounds.width * view.scale, ratio), snapped(bounds.height * view.scale, ratio)]
  const half = 0.5 / ratio
  context.fillStyle = faded(ACCENT, 0.12)
  context.fillRect(x0, y0, w, h)
  context.lineWidth = 1 / ratio
  context.strokeStyle = ACCENT
  context.strokeRect(x0 + half, y0 + half, w, h)
}

/** The drawn part is solid; beyond it the line cuts too. */
export function drawCut({ context, view, ratio }: Brush, from: XY, to: XY): void {
  const [[ax, ay], [bx, by]] = [toScreen(view, from), toScreen(view, to)]
  const length = Math.hypot(bx - ax, by - ay) || 1
  const [dx, dy] = [((bx - ax) / length) * BEYOND, ((by - ay) / length) * BEYOND]
  const line = (x0: number, y0: number, x1: number, y1: number) => {
    context.beginPath()
    context.moveTo(x0, y0)
    context.lineTo(x1, y1)
    context.stroke()
  }
  context.strokeStyle = ACCENT
  context.lineWidth = lineWidth(1, ratio)
  context.setLineDash(DASH)
  line(ax - dx, ay - dy, bx + dx, by + dy)
  context.setLineDash([])
  context.lineWidth = lineWidth(2, ratio)
  line(ax, ay, bx, by)
}

/** Width × height in image pixels and the angle, under the lower right corner of the bounds. */
export function drawReadout({ context, view }: Brush, shape: Framed, screen: Size): void {
  const angle = angleOf(shape) === 0 ? '' : ` · ${angleOf(shape).toFixed(1)}°`
  const text = `${Math.round(shape.width)} × ${Math.round(shape.height)}${angle}`
  const box = shapeBounds(shape)
  context.font = `500 11px ${CANVAS_FONT}`
  const width = context.measureText(text).width + 10
  const [right, bottom] = toScreen(view, [box.x + box.width, box.y + box.height])
  const x = clamp(right - width, 0, Math.max(0, screen.width - width))
  const y = clamp(bottom + 8, 0, Math.max(0, screen.height - 18))
  context.fillStyle = 'rgba(20, 21, 23, 0.85)'
  context.beginPath()
  context.roundRect(x, y, width, 18, 3)
  context.fill()
  context.fillStyle = '#ffffff'
  context.textBaseline = 'middle'
  context.fillText(text, x + 5, y + 9.5)
}

/** The rim of the brush, light beside dark: visible on any image. */
export function drawBrush({ context, view, ratio }: Brush, [x, y]: XY, { size, mode }: MaskBrush): void {
  const radius = Math.max(2, (size * view.scale) / 2)
  context.lineWidth = lineWidth(1, ratio)
  for (const [color, grown] of [
    ['rgba(0, 0, 0, 0.7)', 1 / ratio],
    ['rgba(255, 255, 255, 0.95)', 0],
  ] as const) {
    context.strokeStyle = color
    context.beginPath()
    context.arc(x, y, radius + grown, 0, 2 * Math.PI)
    if (mode === 'erase') context.setLineDash(DASH)
    context.stroke()
  }
  context.setLineDash([])
}

/** One light and one dark line side by side, across the whole screen. */
export function drawCrosshair({ context, ratio }: Brush, [x, y]: XY, screen: Size): void {
  const pixel = 1 / ratio
  const [left, top] = [snapped(x, ratio), snapped(y, ratio)]
  for (const [color, shift] of [
    ['rgba(0, 0, 0, 0.45)', pixel],
    ['rgba(255, 255, 255, 0.75)', 0],
  ] as const) {
    context.fillStyle = color
    context.fillRect(left + shift, 0, pixel, screen.height)
    context.fillRect(0, top + shift, screen.width, pixel)
  }
}
