// Draws what the assisted tools have found and not finished.
import type { XY } from '../../model/shapes/geometry.ts'
import { toScreen } from '../coordinates.ts'
import type { EditorState } from '../state.ts'
import type { Draft } from '../tools/tool.ts'
import { faded } from './colors.ts'
import { strokeDashed } from './draw-draft.ts'
import { type Brush, lineWidth, paintShape, tracePath } from './draw-shape.ts'
import { drawMask } from './mask-picture.ts'

const OBJECT_HINT = 'rgba(62, 207, 122, 0.85)'
const BACKGROUND_HINT = 'rgba(255, 99, 105, 0.85)'
/** Of the shape while another one is looked for. */
const WAITING_OPACITY = 0.5
const WAITING_FILL = 0.08

export function drawCutout(brush: Brush, state: EditorState, draft: Draft & { kind: 'cutout' }, color: string): void {
  const { context, ratio } = brush
  const { shape, isWaiting } = draft
  const box = { type: 'box' as const, ...draft.box }
  context.globalAlpha = isWaiting ? WAITING_OPACITY : 1
  if (shape?.type === 'mask') drawMask(brush, state.screen, shape, color)
  else if (shape) paintShape(brush, shape, { stroke: color, fill: faded(color, 0.3), width: lineWidth(2, ratio) })
  context.globalAlpha = 1
  tracePath(brush, box, lineWidth(1.5, ratio))
  if (isWaiting) {
    context.fillStyle = faded(color, WAITING_FILL)
    context.fill()
  }
  strokeDashed(brush, color)
  for (const { isObject, points, size } of draft.hints) drawHint(brush, points, size, isObject)
}

function drawHint({ context, view }: Brush, points: readonly XY[], size: number, isObject: boolean): void {
  context.beginPath()
  for (const [x, y] of points.map((p) => toScreen(view, p))) context.lineTo(x, y)
  // A single point is a dot only with a line that ends where it began.
  const [x, y] = toScreen(view, points[0] as XY)
  if (points.length === 1) context.lineTo(x, y + 0.01)
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.lineWidth = Math.max(3, size * view.scale)
  context.strokeStyle = isObject ? OBJECT_HINT : BACKGROUND_HINT
  context.stroke()
  context.lineCap = 'butt'
}

export function drawWire(brush: Brush, draft: Draft & { kind: 'wire' }, color: string): void {
  const { context, view, ratio } = brush
  const points = draft.points.map((p) => toScreen(view, p))
  const live = draft.live.map((p) => toScreen(view, p))
  const trace = (line: readonly XY[]) => {
    context.beginPath()
    for (const [x, y] of line) context.lineTo(x, y)
  }
  trace([...points, ...live])
  context.fillStyle = faded(color, 0.15)
  context.fill()
  trace(points)
  context.lineJoin = 'round'
  context.lineWidth = lineWidth(3.5, ratio)
  context.strokeStyle = 'rgba(0, 0, 0, 0.45)'
  context.stroke()
  context.lineWidth = lineWidth(1.5, ratio)
  context.strokeStyle = color
  context.stroke()
  trace(live)
  strokeDashed(brush, color)
  for (const [i, [x, y]] of draft.clicks.map((p) => toScreen(view, p)).entries()) {
    const isGoal = i === 0 && draft.clicks.length >= 3
    context.beginPath()
    context.arc(x, y, isGoal ? (draft.isClosing ? 8 : 6) : 3.5, 0, 2 * Math.PI)
    context.fillStyle = draft.isClosing && isGoal ? color : '#ffffff'
    context.fill()
    context.lineWidth = lineWidth(1.5, ratio)
    context.strokeStyle = draft.isClosing && isGoal ? '#ffffff' : color
    context.stroke()
  }
}
