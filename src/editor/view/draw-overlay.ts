// Draws what moves: the selection with its handles, the object under the cursor, the shape being drawn, the crosshair.
import type { AnnotationObject } from '../../model/annotation.ts'
import { isFramed, type Shape, shapeBounds } from '../../model/shapes/index.ts'
import type { Mask } from '../../model/shapes/mask.ts'
import { classOf } from '../class-keys.ts'
import { toScreen } from '../coordinates.ts'
import { objectsById } from '../document.ts'
import { type EditorState, seenSelected } from '../state.ts'
import { tagOf } from './class-tags.ts'
import { faded, UNKNOWN_COLOR } from './colors.ts'
import { drawCutout, drawWire } from './draw-assist.ts'
import { drawBrush, drawCrosshair, drawCut, drawMarquee, drawPath, drawReadout, strokeDashed } from './draw-draft.ts'
import { drawGrid } from './draw-grid.ts'
import { drawHandles } from './draw-handles.ts'
import { drawTag } from './draw-objects.ts'
import { type Brush, fillFor, lineWidth, paintShape, tracePath } from './draw-shape.ts'
import { drawSkeleton } from './draw-skeleton.ts'
import { drawMask, drawPaintedMask } from './mask-picture.ts'

/** Beyond this many selected objects the light rim around each is left out: it triples the cost. */
const MOST_RIMS = 300
const MOST_SELECTED_TAGS = 40

/** Whether there is nothing to draw: while the view moves, two layers are less than three. */
export const isOverlayEmpty = ({ display, selection, hovered, draft, tool }: EditorState): boolean =>
  tool === 'select' && selection.length === 0 && hovered === null && draft === null && !display.hasGrid

export function drawOverlay(brush: Brush, state: EditorState): void {
  const { draft, tool, selection, hovered } = state
  if (state.display.hasGrid) drawGrid(brush, state)
  const selected = seenSelected(state)
  const hover = hovered !== null && !selection.includes(hovered) ? objectsById(state.document).get(hovered) : undefined
  if (hover && !state.hidden.has(hover.id)) drawHover(brush, state, hover)
  for (const o of selected) drawSelected(brush, state, o, selected.length)

  if (state.display.hasLabels && selected.length <= MOST_SELECTED_TAGS)
    for (const o of selected) {
      const tag = tagOf(classOf(state.schema, o.class_id) ?? undefined, brush.ratio)
      drawTag(brush, state.preview.get(o.id) ?? o.shape, tag)
    }

  const [only] = selected
  if (only && selected.length === 1) {
    const shape = state.preview.get(only.id) ?? only.shape
    const isHandled = !state.isReadOnly && !state.locked.has(only.id) && shape.type !== 'skeleton'
    if (isHandled) drawHandles(brush, shape, colorOf(state, only))
    if (state.preview.size === 1 && isFramed(shape)) drawReadout(brush, shape, state.screen)
  }

  const color = classOf(state.schema, state.activeClassId)?.color ?? UNKNOWN_COLOR
  if (draft?.kind === 'mask') {
    const object = draft.target === null ? undefined : objectsById(state.document).get(draft.target)
    drawPaintedMask(brush, state.screen, draft.bitmap, object ? colorOf(state, object) : color, state.image)
  }
  if (tool === 'mask' && state.cursor === 'none' && state.pointer) drawBrush(brush, state.pointer, state.brush)

  // Under the draft: it would hide the two edges that are being placed.
  const isDrawing = tool !== 'select' && tool !== 'split' && state.cursor === 'crosshair'
  if (isDrawing && state.pointer && state.display.hasCrosshair) drawCrosshair(brush, state.pointer, state.screen)
  if (draft?.kind === 'shape' && draft.shape.type === 'skeleton')
    drawSkeleton(brush, draft.shape, templateOf(state, state.activeClassId), { color, isChosen: true })
  else if (draft?.kind === 'shape') {
    brush.context.fillStyle = faded(color, 0.15)
    tracePath(brush, draft.shape, lineWidth(1.5, brush.ratio))
    brush.context.fill('evenodd')
    strokeDashed(brush, color)
    if (isFramed(draft.shape)) drawReadout(brush, draft.shape, state.screen)
  } else if (draft?.kind === 'path') drawPath(brush, draft, color)
  else if (draft?.kind === 'wire') drawWire(brush, draft, color)
  else if (draft?.kind === 'cutout') drawCutout(brush, state, draft, color)
  else if (draft?.kind === 'marquee') drawMarquee(brush, draft.bounds)
  else if (draft?.kind === 'cut') drawCut(brush, draft.from, draft.to)
}

const colorOf = (state: EditorState, object: AnnotationObject): string =>
  classOf(state.schema, object.class_id)?.color ?? UNKNOWN_COLOR

const templateOf = (state: EditorState, classId: number | null) => classOf(state.schema, classId)?.skeleton

function drawHover(brush: Brush, state: EditorState, object: AnnotationObject): void {
  const color = colorOf(state, object)
  const { shape } = object
  const fill = faded(color, fillFor(0.14, brush, shape, state.screen))
  if (shape.type === 'mask') drawMask(brush, state.screen, shape, color)
  else if (shape.type === 'skeleton')
    drawSkeleton(brush, shape, templateOf(state, object.class_id), { color, isChosen: false })
  else paintShape(brush, shape, { stroke: color, fill, width: lineWidth(2.5, brush.ratio) })
  drawTag(brush, shape, tagOf(classOf(state.schema, object.class_id) ?? undefined, brush.ratio))
}

function drawSelected(brush: Brush, state: EditorState, object: AnnotationObject, count: number): void {
  const color = colorOf(state, object)
  const shape: Shape = state.preview.get(object.id) ?? object.shape
  if (!isSeen(brush, shape, state)) return
  if (shape.type === 'skeleton') {
    drawSkeleton(brush, shape, templateOf(state, object.class_id), { color, isChosen: count === 1 })
    return
  }
  if (shape.type === 'mask') {
    drawSelectedMask(brush, state, object.shape as Mask, shape, color)
    return
  }
  const width = lineWidth(2, brush.ratio)
  if (count <= MOST_RIMS) {
    // A light rim outside and a dark one around it: seen on white and on black images alike.
    paintShape(brush, shape, { stroke: 'rgba(0, 0, 0, 0.4)', fill: null, width: width + 4 / brush.ratio })
    paintShape(brush, shape, { stroke: 'rgba(255, 255, 255, 0.95)', fill: null, width: width + 2 / brush.ratio })
  }
  const fill = shape.type === 'point' ? color : faded(color, fillFor(0.26, brush, shape, state.screen))
  paintShape(brush, shape, { stroke: color, fill, width })
}

/** With its bounding box dashed around it. While it is dragged, the picture at rest is shown elsewhere. */
function drawSelectedMask(brush: Brush, state: EditorState, rest: Mask, mask: Mask, color: string): void {
  const { view } = brush
  const [dx, dy] = [(mask.x - rest.x) * view.scale, (mask.y - rest.y) * view.scale]
  const isShifted = mask.counts === rest.counts
  const shifted = isShifted ? { ...brush, view: { ...view, x: view.x + dx, y: view.y + dy } } : brush
  drawMask(shifted, state.screen, isShifted ? rest : mask, color)
  tracePath(brush, mask, lineWidth(1.5, brush.ratio))
  strokeDashed(brush, color)
}

function isSeen({ view }: Brush, shape: Shape, { screen }: EditorState): boolean {
  const b = shapeBounds(shape)
  const [x0, y0] = toScreen(view, [b.x, b.y])
  const [x1, y1] = toScreen(view, [b.x + b.width, b.y + b.height])
  return x1 > -8 && y1 > -8 && x0 < screen.width + 8 && y0 < screen.height + 8
}
