// Draws what differs from an older document: added, changed with the old outline, removed. Each has its colour, its line
// and its sign, so that it is told apart without colour too. What looks the same is drawn in one stroke, however much it is.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { Comparison } from '../../model/compare.ts'
import type { XY } from '../../model/shapes/geometry.ts'
import { shapeBounds } from '../../model/shapes/index.ts'
import type { Mask } from '../../model/shapes/mask.ts'
import { isTooFine, maskRings } from '../../model/shapes/mask-outline.ts'
import { topOf } from '../../model/shapes/outline.ts'
import type { Skeleton, SkeletonTemplate } from '../../model/shapes/skeleton.ts'
import { classOf } from '../class-keys.ts'
import { toScreen } from '../coordinates.ts'
import type { EditorState } from '../state.ts'
import { placeSigns, type Sign } from './compare-signs.ts'
import { addOutline, type Brush, lineWidth } from './draw-shape.ts'

export const COMPARE_COLORS = { added: '#3ecf7a', changed: '#ffb224', removed: '#ff6369' } as const
export const COMPARE_SIGNS = { added: '+', changed: '~', removed: '−' } as const
type Kind = keyof typeof COMPARE_COLORS

const DASH = { added: [], changed: [], removed: [7, 5] } as const satisfies Record<Kind, number[]>
const OLD_DASH = [2, 3]
const [LINE, CHOSEN_LINE, OLD_LINE] = [2.5, 3.5, 1.5]
/** Radius of a sign, and of a point of a skeleton, CSS pixels. */
const [SIGN, JOINT] = [8, 5]

/** @param chosen id of the object that a person looks at */
export function drawCompare(brush: Brush, state: EditorState, comparison: Comparison, chosen: string | null): void {
  const { added, removed } = comparison
  const changed = comparison.changed.map((c) => c.after)
  const old = comparison.changed.filter((c) => c.parts.includes('shape')).map((c) => c.before)
  const seen = (objects: readonly AnnotationObject[]) => objects.filter((o) => isSeen(state, o))
  const shown = { removed: seen(removed), changed: seen(changed), added: seen(added) }
  stroke(brush, outlines(brush, state, seen(old)), COMPARE_COLORS.changed, OLD_LINE, OLD_DASH)
  for (const kind of KINDS) stroke(brush, outlines(brush, state, shown[kind]), COMPARE_COLORS[kind], LINE, DASH[kind])
  const isChosen = (o: AnnotationObject) => o.id === chosen
  for (const kind of KINDS)
    for (const object of shown[kind].filter(isChosen)) {
      stroke(brush, outlines(brush, state, [object]), '#ffffff', 6, [])
      stroke(brush, outlines(brush, state, [object]), COMPARE_COLORS[kind], CHOSEN_LINE, DASH[kind])
    }
  const wanted = KINDS.flatMap((kind) =>
    shown[kind].map((object): Sign => signOf(brush, kind, object, isChosen(object))),
  )
  for (const sign of placeSigns(wanted, state.screen, SIGN)) drawSign(brush, sign)
}

const KINDS = ['removed', 'changed', 'added'] as const satisfies readonly Kind[]

/** In CSS pixels of the screen. */
function outlines(brush: Brush, { schema }: EditorState, objects: readonly AnnotationObject[]): Path2D {
  const path = new Path2D()
  const width = lineWidth(LINE, brush.ratio)
  const { scale, x, y } = brush.view
  for (const { shape, class_id } of objects) {
    if (shape.type === 'skeleton') addSkeleton(path, brush, shape, classOf(schema, class_id)?.skeleton)
    else if (shape.type === 'mask' && !isTooFine(shape))
      path.addPath(maskOutline(shape).path, { a: scale, d: scale, e: x, f: y })
    else addOutline(path, brush, shape, width)
  }
  return path
}

/** Its lines and the rings of its labelled points, as an outline. */
function addSkeleton(path: CanvasPath, { view }: Brush, { points }: Skeleton, template?: SkeletonTemplate): void {
  const placed = new Map(points.filter((p) => p.visibility > 0).map((p) => [p.id, toScreen(view, [p.x, p.y])]))
  for (const [a, b] of template?.edges ?? []) {
    const [from, to] = [placed.get(a), placed.get(b)]
    if (!from || !to) continue
    path.moveTo(...from)
    path.lineTo(...to)
  }
  for (const [x, y] of placed.values()) {
    path.moveTo(x + JOINT, y)
    path.arc(x, y, JOINT, 0, 2 * Math.PI)
  }
}

const maskOutlines = new WeakMap<Mask, { path: Path2D; top: XY }>()

/** Along the edges of its pixels, and the topmost of its corners; image pixels. */
function maskOutline(mask: Mask): { path: Path2D; top: XY } {
  let outline = maskOutlines.get(mask)
  if (outline) return outline
  const path = new Path2D()
  const rings = maskRings(mask)
  for (const ring of rings) {
    for (const [i, [x, y]] of ring.entries()) i === 0 ? path.moveTo(x, y) : path.lineTo(x, y)
    path.closePath()
  }
  outline = { path, top: rings.flat().reduce((top, p) => (p[1] < top[1] ? p : top)) }
  maskOutlines.set(mask, outline)
  return outline
}

/** On a dark rim: seen on white and on black images alike. */
function stroke({ context, ratio }: Brush, path: Path2D, color: string, css: number, dash: readonly number[]): void {
  const width = lineWidth(css, ratio)
  context.strokeStyle = 'rgba(0, 0, 0, 0.55)'
  context.lineWidth = width + 2 / ratio
  context.stroke(path)
  context.setLineDash([...dash])
  context.strokeStyle = color
  context.lineWidth = width
  context.stroke(path)
  context.setLineDash([])
}

/** Left of where the tag of a class stands. */
function signOf({ view }: Brush, kind: Kind, { shape }: AnnotationObject, isChosen: boolean): Sign {
  const [x, y] = toScreen(view, shape.type === 'mask' && !isTooFine(shape) ? maskOutline(shape).top : topOf(shape))
  return { kind, isChosen, x: x - SIGN, y: y - SIGN }
}

function drawSign({ context }: Brush, { kind, x, y }: Sign): void {
  context.beginPath()
  context.arc(x, y, SIGN, 0, 2 * Math.PI)
  context.fillStyle = COMPARE_COLORS[kind]
  context.fill()
  context.strokeStyle = 'rgba(0, 0, 0, 0.75)'
  context.lineWidth = 1
  context.stroke()
  context.fillStyle = '#101214'
  context.font = '700 13px "Inter Variable", sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(COMPARE_SIGNS[kind], x, y + 0.5)
}

function isSeen({ view, screen }: EditorState, { shape }: AnnotationObject): boolean {
  const b = shapeBounds(shape)
  const [x0, y0] = toScreen(view, [b.x, b.y])
  const [x1, y1] = toScreen(view, [b.x + b.width, b.y + b.height])
  return x1 > -SIGN && y1 > -SIGN && x0 < screen.width + SIGN && y0 < screen.height + SIGN
}
