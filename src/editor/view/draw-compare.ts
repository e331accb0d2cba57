// Draws what differs from an older document: added, changed with the old outline, removed. Each has its colour, its line
// and its sign, so that it is told apart without colour too.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { Comparison } from '../../model/compare.ts'
import { type Shape, shapeBounds } from '../../model/shapes/index.ts'
import { toScreen } from '../coordinates.ts'
import type { EditorState } from '../state.ts'
import { type Brush, lineWidth, tracePath } from './draw-shape.ts'

export const COMPARE_COLORS = { added: '#3ecf7a', changed: '#ffb224', removed: '#ff6369' } as const
export const COMPARE_SIGNS = { added: '+', changed: '~', removed: '−' } as const
type Kind = keyof typeof COMPARE_COLORS

const DASH = { added: [], changed: [], removed: [7, 5] } as const satisfies Record<Kind, number[]>
const OLD_DASH = [2, 3]
/** Radius of a sign, CSS pixels. */
const SIGN = 8

/** @param chosen id of the object that a person looks at */
export function drawCompare(brush: Brush, state: EditorState, comparison: Comparison, chosen: string | null): void {
  const draw = (kind: Kind, object: AnnotationObject) => {
    if (isSeen(brush, state, object.shape)) drawDifference(brush, kind, object, object.id === chosen)
  }
  for (const object of comparison.removed) draw('removed', object)
  for (const { before, after, parts } of comparison.changed) {
    if (parts.includes('shape') && isSeen(brush, state, before.shape))
      stroke(brush, before.shape, COMPARE_COLORS.changed, 1.5, OLD_DASH)
    draw('changed', after)
  }
  for (const object of comparison.added) draw('added', object)
}

function drawDifference(brush: Brush, kind: Kind, { shape }: AnnotationObject, isChosen: boolean): void {
  const color = COMPARE_COLORS[kind]
  if (isChosen) stroke(brush, shape, '#ffffff', 6, [])
  stroke(brush, shape, color, isChosen ? 3.5 : 2.5, DASH[kind])
  drawSign(brush, kind, shape, color)
}

/** On a dark rim: seen on white and on black images alike. */
function stroke(brush: Brush, shape: Shape, color: string, css: number, dash: readonly number[]): void {
  const { context, ratio } = brush
  const width = lineWidth(css, ratio)
  tracePath(brush, shape, width)
  context.setLineDash([])
  context.strokeStyle = 'rgba(0, 0, 0, 0.55)'
  context.lineWidth = width + 2 / ratio
  context.stroke()
  context.setLineDash([...dash])
  context.strokeStyle = color
  context.lineWidth = width
  context.stroke()
  context.setLineDash([])
}

function drawSign({ context, view }: Brush, kind: Kind, shape: Shape, color: string): void {
  const { x, y } = shapeBounds(shape)
  const [sx, sy] = toScreen(view, [x, y])
  context.beginPath()
  context.arc(sx, sy, SIGN, 0, 2 * Math.PI)
  context.fillStyle = color
  context.fill()
  context.strokeStyle = 'rgba(0, 0, 0, 0.75)'
  context.lineWidth = 1
  context.stroke()
  context.fillStyle = '#101214'
  context.font = '700 13px "Inter Variable", sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(COMPARE_SIGNS[kind], sx, sy + 0.5)
}

function isSeen({ view }: Brush, { screen }: EditorState, shape: Shape): boolean {
  const b = shapeBounds(shape)
  const [x0, y0] = toScreen(view, [b.x, b.y])
  const [x1, y1] = toScreen(view, [b.x + b.width, b.y + b.height])
  return x1 > -SIGN && y1 > -SIGN && x0 < screen.width + SIGN && y0 < screen.height + SIGN
}
