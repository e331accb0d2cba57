// Draws what models suggest: dashed, with class and score. The one that is looked at has a light rim.
import { shapeBounds } from '../../model/shapes/index.ts'
import { classOf } from '../class-keys.ts'
import { visibleBounds } from '../coordinates.ts'
import { objectsTouching } from '../hit-test.ts'
import type { EditorState } from '../state.ts'
import { type Suggestion, visibleSuggestions } from '../suggestions.ts'
import { TAG_HEIGHT, tagOf } from './class-tags.ts'
import { faded, UNKNOWN_COLOR } from './colors.ts'
import { drawTag } from './draw-objects.ts'
import { type Brush, lineWidth, tracePath } from './draw-shape.ts'
import { drawSkeleton } from './draw-skeleton.ts'
import { drawMask } from './mask-picture.ts'

const DASH = [5, 4]
/** More tags than this are a carpet. */
const MOST_TAGS = 150
const FAINT = 0.1
/** Of the mask of a prediction: an accepted one is stronger. */
const MASK_OPACITY = 0.55

export function drawSuggestions(brush: Brush, state: EditorState): void {
  const seen = objectsTouching(visibleSuggestions(state), visibleBounds(state.view, state.screen)) as Suggestion[]
  const looked = seen.find((s) => s.id === state.suggestion)
  for (const s of seen) if (s !== looked) drawSuggestion(brush, state, s, false)
  if (looked) drawSuggestion(brush, state, looked, true)
  if (!state.display.hasLabels && !looked) return
  const tagged = state.display.hasLabels ? seen.filter((s) => hasRoom(brush, s)).slice(0, MOST_TAGS) : []
  for (const s of new Set([...tagged, ...(looked ? [looked] : [])])) drawScore(brush, state, s)
}

function drawSuggestion(brush: Brush, state: EditorState, { class_id, shape }: Suggestion, isLooked: boolean): void {
  const { context, ratio } = brush
  const labelClass = classOf(state.schema, class_id)
  const color = labelClass?.color ?? UNKNOWN_COLOR
  if (shape.type === 'skeleton') {
    drawSkeleton(brush, shape, labelClass?.skeleton, { color, isChosen: isLooked })
    return
  }
  if (shape.type === 'mask') {
    context.globalAlpha = isLooked ? 1 : MASK_OPACITY
    drawMask(brush, state.screen, shape, color)
    context.globalAlpha = 1
    if (!isLooked) return
  }
  const width = lineWidth(isLooked ? 2 : 1.5, ratio)
  tracePath(brush, shape, width)
  if (shape.type !== 'polyline' && shape.type !== 'mask') {
    context.fillStyle = faded(color, isLooked ? 2 * FAINT : FAINT)
    context.fill('evenodd')
  }
  stroke(context, width + (isLooked ? 3 : 2) / ratio, isLooked ? 'rgba(255, 255, 255, 0.95)' : 'rgba(0, 0, 0, 0.45)')
  context.setLineDash(DASH)
  stroke(context, width, color)
  context.setLineDash([])
}

function stroke(context: CanvasRenderingContext2D, width: number, color: string): void {
  context.lineWidth = width
  context.strokeStyle = color
  context.stroke()
}

/** A tag that is wider than its shape would hide the neighbours. */
function hasRoom({ view }: Brush, { shape }: Suggestion): boolean {
  const { width, height } = shapeBounds(shape)
  return width * view.scale >= 64 && height * view.scale >= TAG_HEIGHT + 10
}

function drawScore(brush: Brush, state: EditorState, { class_id, shape, score }: Suggestion): void {
  const labelClass = classOf(state.schema, class_id)
  if (!labelClass) return
  const name = `${labelClass.name} ${Math.round(score * 100)} %`
  drawTag(brush, shape, tagOf({ ...labelClass, name }, brush.ratio))
}
