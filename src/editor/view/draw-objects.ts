// Draws the layer of objects at rest: all that are neither hidden nor selected, with their name tags.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { LabelClass } from '../../model/label-schema.ts'
import { angleOf } from '../../model/shapes/frame.ts'
import type { Bounds } from '../../model/shapes/geometry.ts'
import { isFramed, type Shape, shapeBounds } from '../../model/shapes/index.ts'
import { topOf } from '../../model/shapes/outline.ts'
import { snapped, toScreen, type View, visibleBounds } from '../coordinates.ts'
import { objectsTouching } from '../hit-test.ts'
import { type EditorState, paintedId, visibleObjects } from '../state.ts'
import { TAG_HEIGHT, type Tag, tagOf } from './class-tags.ts'
import { faded, UNKNOWN_COLOR } from './colors.ts'
import { type Brush, fillFor, lineWidth, paintBox, paintShape } from './draw-shape.ts'
import { drawSkeleton } from './draw-skeleton.ts'
import { drawMask, forgetOldMasks } from './mask-picture.ts'
import { widened } from './regions.ts'

const FILL = 0.18
/** Boxes smaller than this get a thin line, or nothing would be left of the image, CSS pixels. */
const THIN_BELOW = 14
/** More tags than this are a carpet. */
const MOST_TAGS = 400
/** A box is this much larger than its tag, or the tag would hide it, CSS pixels. */
const SPACE = 10
/** Lines and points have no room of their own for a tag; beyond this many objects in sight they go without. */
const CROWD = 80
/** So many points of an outline cost about as much as a box. */
const POINTS_OF_A_BOX = 20

/**
 * @param part of the screen; without name tags, whose places depend on all the others
 * @returns about how many boxes would cost as much
 */
export function drawObjects(brush: Brush, state: EditorState, part?: Bounds): number {
  const { context, ratio, view } = brush
  const { screen, schema } = state
  const objects = atRest(state, view, part)

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
    context.strokeStyle = color
    let strength = -1
    for (const { shape } of list) {
      const needed = fillFor(FILL, brush, shape, screen)
      if (needed !== strength) context.fillStyle = faded(color, needed)
      strength = needed
      if (shape.type === 'mask') drawMask(brush, part ?? screen, shape, color)
      else if (shape.type === 'skeleton') {
        drawSkeleton(brush, shape, classes.get(id)?.skeleton, { color, isChosen: false })
        context.strokeStyle = color
        strength = -1
      } else if (shape.type === 'box' && angleOf(shape) === 0) {
        const width = Math.min(shape.width, shape.height) * view.scale < THIN_BELOW ? thin : normal
        context.lineWidth = width
        paintBox(brush, shape, width)
      } else if (shape.type === 'point') {
        paintPoint(brush, shape, color)
        strength = -1
      } else paintShape(brush, shape, { stroke: color, fill: faded(color, needed), width: normal })
    }
  }
  if (state.display.hasLabels && !part) drawTags(brush, objects, classes, view.scale)
  forgetOldMasks()
  return costOf(objects)
}

/** In boxes. */
function costOf(objects: readonly AnnotationObject[]): number {
  let cost = 0
  for (const { shape } of objects)
    cost += shape.type === 'polygon' || shape.type === 'polyline' ? 1 + shape.points.length / POINTS_OF_A_BOX : 1
  return cost
}

/** All that is neither hidden nor selected on the screen, or on a part of it. */
function atRest(state: EditorState, view: View, part?: Bounds): AnnotationObject[] {
  // A little more than the screen: lines are wide and points have a radius.
  const margin = 8 / view.scale
  const seen = visibleBounds(view, part ?? state.screen)
  const area = widened(seen, margin)
  const selected = new Set(state.selection)
  const painted = paintedId(state)
  if (painted !== null) selected.add(painted)
  return objectsTouching(visibleObjects(state), area).filter((o) => !selected.has(o.id))
}

/** A point is solid, with a light rim that parts it from the image. */
export function paintPoint(brush: Brush, shape: Shape, color: string): void {
  paintShape(brush, shape, { stroke: 'rgba(255, 255, 255, 0.9)', fill: color, width: lineWidth(1.5, brush.ratio) })
  brush.context.strokeStyle = color
}

/** Where the room is short the first tag stays: two on top of each other say nothing. */
function drawTags(brush: Brush, objects: AnnotationObject[], classes: Map<number, LabelClass>, scale: number): void {
  const taken: Bounds[] = []
  for (const o of objects) {
    const tag = tagOf(classes.get(o.class_id), brush.ratio)
    const { width, height } = shapeBounds(o.shape)
    const isArea = isFramed(o.shape) || o.shape.type === 'polygon' || o.shape.type === 'mask'
    const hasRoom = isArea
      ? width * scale >= tag.width + SPACE && height * scale >= TAG_HEIGHT + SPACE
      : objects.length <= CROWD
    if (!hasRoom) continue
    const place = tagPlace(brush, o.shape, tag)
    if (taken.some((t) => overlap(t, place))) continue
    brush.context.drawImage(tag.picture, place.x, place.y, place.width, place.height)
    taken.push(place)
    if (taken.length >= MOST_TAGS) return
  }
}

const overlap = (a: Bounds, b: Bounds): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

export function drawTag(brush: Brush, shape: Shape, tag: Tag): void {
  const { x, y, width, height } = tagPlace(brush, shape, tag)
  brush.context.drawImage(tag.picture, x, y, width, height)
}

/** A skeleton's topmost point has a name beside it, CSS pixels. */
const OVER_NAMES = 8

/** On the top left corner of a box, at the topmost point of other shapes; inside where the screen ends. CSS pixels. */
function tagPlace({ view, ratio }: Brush, shape: Shape, tag: Tag): Bounds {
  const [sx, sy] = toScreen(view, topOf(shape))
  const above = snapped(sy - TAG_HEIGHT - (shape.type === 'skeleton' ? OVER_NAMES : 0), ratio)
  const y = above < 0 && shape.type === 'box' ? Math.max(0, snapped(sy, ratio)) : above
  return {
    x: snapped(sx - (shape.type === 'box' ? lineWidth(1.5, ratio) / 2 : 0), ratio),
    y,
    width: tag.width,
    height: TAG_HEIGHT,
  }
}
