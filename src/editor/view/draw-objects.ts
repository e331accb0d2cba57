// Draws the layer of objects at rest: all that are neither hidden nor selected, with their name tags.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { LabelClass } from '../../model/label-schema.ts'
import type { XY } from '../../model/shapes/geometry.ts'
import { type Shape, shapeBounds } from '../../model/shapes/index.ts'
import { snapped, toScreen, visibleBounds } from '../coordinates.ts'
import { objectsTouching } from '../hit-test.ts'
import { type EditorState, visibleObjects } from '../state.ts'
import { TAG_HEIGHT, tagOf } from './class-tags.ts'
import { faded, UNKNOWN_COLOR } from './colors.ts'
import { type Brush, lineWidth, paintBox, paintShape } from './draw-shape.ts'

const FILL = 0.18
/** Boxes smaller than this get a thin line, or nothing would be left of the image, CSS pixels. */
const THIN_BELOW = 14
/** More tags than this are a carpet. */
const MOST_TAGS = 400
/** Lines and points have no room of their own for a tag; beyond this many objects in sight they go without. */
const CROWD = 80

export function drawObjects(brush: Brush, state: EditorState): void {
  const { context, ratio } = brush
  const { view, screen, schema } = state
  // A little more than the screen: lines are wide and points have a radius.
  const margin = 8 / view.scale
  const seen = visibleBounds(view, screen)
  const area = { x: seen.x - margin, y: seen.y - margin, width: seen.width + 2 * margin, height: seen.height + 2 * margin }
  const selected = new Set(state.selection)
  const objects = objectsTouching(visibleObjects(state), area).filter((o) => !selected.has(o.id))

  // Class by class: setting a colour costs more than drawing a box with it.
  const byClass = new Map<number, AnnotationObject[]>()
  for (const o of objects) {
    const list = byClass.get(o.class_id)
    if (list) list.push(o)
    else byClass.set(o.class_id, [o])
  }
  const classes = new Map(schema.classes.map((c) => [c.id, c]))
  const [normal, thin] = [lineWidth(1.5, ratio), lineWidth(1, ratio)]
  for (const [id, list] of byClass) {
    const color = classes.get(id)?.color ?? UNKNOWN_COLOR
    const fill = faded(color, FILL)
    context.strokeStyle = color
    context.fillStyle = fill
    for (const { shape } of list) {
      if (shape.type === 'box') {
        const width = Math.min(shape.width, shape.height) * view.scale < THIN_BELOW ? thin : normal
        context.lineWidth = width
        paintBox(brush, shape, width)
      } else if (shape.type === 'point') paintPoint(brush, shape, color)
      else paintShape(brush, shape, { stroke: color, fill, width: normal })
    }
  }
  drawTags(brush, objects, classes, view.scale)
}

/** A point is solid, with a light rim that parts it from the image. */
export function paintPoint(brush: Brush, shape: Shape, color: string): void {
  paintShape(brush, shape, { stroke: 'rgba(255, 255, 255, 0.9)', fill: color, width: lineWidth(1.5, brush.ratio) })
  brush.context.strokeStyle = color
  brush.context.fillStyle = faded(color, FILL)
}

function drawTags(brush: Brush, objects: AnnotationObject[], classes: Map<number, LabelClass>, scale: number): void {
  let drawn = 0
  for (const o of objects) {
    const tag = tagOf(classes.get(o.class_id), brush.ratio)
    const { width, height } = shapeBounds(o.shape)
    const isArea = o.shape.type === 'box' || o.shape.type === 'polygon'
    const hasRoom = isArea ? width * scale >= tag.width && height * scale >= TAG_HEIGHT : objects.length <= CROWD
    if (!hasRoom) continue
    drawTag(brush, o.shape, tag)
    if (++drawn >= MOST_TAGS) return
  }
}

/** On the top left corner of a box, at the topmost point of other shapes; inside where the screen ends. */
export function drawTag({ context, view, ratio }: Brush, shape: Shape, tag: ReturnType<typeof tagOf>): void {
  const [sx, sy] = toScreen(view, anchorOf(shape))
  const x = snapped(sx - (shape.type === 'box' ? lineWidth(1.5, ratio) / 2 : 0), ratio)
  const above = snapped(sy - TAG_HEIGHT, ratio)
  const y = above < 0 && shape.type === 'box' ? Math.max(0, snapped(sy, ratio)) : above
  context.drawImage(tag.picture, x, y, tag.width, TAG_HEIGHT)
}

function anchorOf(shape: Shape): XY {
  if (shape.type === 'box' || shape.type === 'point') return [shape.x, shape.y]
  return (shape.points as XY[]).reduce((top, p) => (p[1] < top[1] ? p : top))
}
