// Draws what the assisted tools have found and not finished.
import type { XY } from '../../model/shapes/geometry.ts'
import { toScreen } from '../coordinates.ts'
import type { EditorState } from '../state.ts'
import type { Draft } from '../tools/tool.ts'
import { faded } from './colors.ts'
import { drawUnfinished, strokeDashed } from './draw-draft.ts'
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
  const shown = (line: readonly XY[]) => line.map((p) => toScreen(brush.view, p))
  const [points, live, corners] = [shown(draft.points), shown(draft.live), shown(draft.clicks)]
  drawUnfinished(brush, { points, live, corners, isRing: true, isClosing: draft.isClosing }, color)
}
