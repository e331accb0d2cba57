// Draws a skeleton: lines between labelled points, and the points: seen ones solid, hidden ones hollow.
import type { XY } from '../../model/shapes/geometry.ts'
import type { Skeleton, SkeletonTemplate } from '../../model/shapes/skeleton.ts'
import { toScreen } from '../coordinates.ts'
import { CANVAS_FONT } from './class-tags.ts'
import { type Brush, lineWidth } from './draw-shape.ts'

/** CSS pixels. */
const RADIUS = 4
/** More names than this are a carpet. */
const MOST_NAMES = 40

type Look = {
  color: string
  /** Selected: larger points, their names, and those that are not labelled. */
  isChosen: boolean
}

export function drawSkeleton(
  brush: Brush,
  { points }: Skeleton,
  template: SkeletonTemplate | undefined,
  { color, isChosen }: Look,
): void {
  const { context, view, ratio } = brush
  const placed = new Map(points.map((p) => [p.id, { ...p, at: toScreen(view, [p.x, p.y]) }]))
  const lines = (template?.edges ?? []).flatMap(([a, b]): [XY, XY][] => {
    const [from, to] = [placed.get(a), placed.get(b)]
    return from && to && from.visibility > 0 && to.visibility > 0 ? [[from.at, to.at]] : []
  })
  context.beginPath()
  for (const [[ax, ay], [bx, by]] of lines) {
    context.moveTo(ax, ay)
    context.lineTo(bx, by)
  }
  context.strokeStyle = 'rgba(0, 0, 0, 0.45)'
  context.lineWidth = lineWidth(3.5, ratio)
  context.stroke()
  context.strokeStyle = color
  context.lineWidth = lineWidth(2, ratio)
  context.stroke()
  const radius = isChosen ? RADIUS + 1 : RADIUS
  for (const { at, visibility } of placed.values()) {
    if (visibility === 0 && !isChosen) continue
    context.beginPath()
    context.arc(at[0], at[1], visibility === 0 ? radius - 2 : radius, 0, 2 * Math.PI)
    context.fillStyle = visibility === 2 ? color : visibility === 1 ? '#ffffff' : 'rgba(20, 21, 23, 0.6)'
    context.fill()
    context.strokeStyle = visibility === 1 ? color : 'rgba(255, 255, 255, 0.9)'
    context.lineWidth = lineWidth(1.5, ratio)
    context.stroke()
  }
  if (isChosen && points.length <= MOST_NAMES)
    for (const { id, name } of template?.points ?? []) writeName(brush, name, placed.get(id)?.at)
}

/** Right of its point, light on a dark rim. */
function writeName({ context }: Brush, name: string, at: XY | undefined): void {
  if (!at) return
  context.font = `500 11px ${CANVAS_FONT}`
  context.textBaseline = 'middle'
  context.lineWidth = 3
  context.strokeStyle = 'rgba(20, 21, 23, 0.8)'
  context.strokeText(name, at[0] + 9, at[1])
  context.fillStyle = '#ffffff'
  context.fillText(name, at[0] + 9, at[1])
}
