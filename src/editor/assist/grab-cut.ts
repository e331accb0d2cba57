// GrabCut (Rother, Kolmogorov and Blake 2004): tells the object in a box from what is around it by its colours. What lies
// outside the box is background; what a person painted is what they said.
import type { OpenCV } from '@opencvjs/web'
import type { Bounds, XY } from '../../model/shapes/geometry.ts'
import { maskOfSpans } from '../../model/shapes/mask.ts'
import { spanRings } from '../../model/shapes/mask-outline.ts'
import { MAX_RINGS, polygonOf } from '../../model/shapes/polygon.ts'
import { polygonSpans } from '../../model/shapes/polygon-spans.ts'
import { rowsOfStroke } from '../stroke.ts'
import type { CutRequest, CutResult, Hint } from './assist.ts'
import { type Crop, cropAround, intoCrop, outOfCrop, type Pixels } from './crop.ts'
import { type Grid, gridSpans, simplifiedRing, withoutSpecks } from './trace.ts'

/** So many take about half a second. */
const MOST_PIXELS = 130_000
/** Of the box, on each side: what the background is learned from. */
const MARGIN = 0.15
/**
 * So much of the box, around its middle, is taken for the object: a box is drawn around one. Without it a cell among its like is
 * lost, because what is around it has its colours.
 */
const CORE = 0.5
const LEAST_MARGIN = 10
const ITERATIONS = 4
/** Parts and holes smaller than this share of the object are noise. */
const SPECK = 0.03
/** How far a simpler outline may be from the pixels, in pixels of the crop. */
const TOLERANCE = 1.3
const ROUGH = 0.6

/** Of the mask that GrabCut reads and writes. */
const [BACKGROUND, OBJECT, LIKELY_OBJECT] = [0, 1, 3]

type Size = { readonly width: number; readonly height: number }

export function cropOf(box: Bounds, image: Size): Crop {
  const margin = Math.max(LEAST_MARGIN, MARGIN * Math.max(box.width, box.height))
  return cropAround(box, margin, image, MOST_PIXELS)
}

/** @param pixels of the crop */
export function cutOut(cv: typeof OpenCV, request: CutRequest, crop: Crop, pixels: Pixels, image: Size): CutResult {
  const grid = covered(cv, request, crop, pixels)
  const rings = withoutSpecks(spanRings(gridSpans(grid)), SPECK)
  if (rings.length === 0 || rings.length > MAX_RINGS) return null
  if (request.as === 'polygon') return polygonOf(inImage(rings, TOLERANCE, crop))
  // At full size a mask is exactly what was found; made larger, its steps are smoothed.
  const polygon = polygonOf(inImage(rings, crop.scale === 1 ? 0 : ROUGH, crop))
  return maskOfSpans(polygonSpans(polygon, image))
}

/** Largest first: the outline of the object. */
function inImage(rings: readonly XY[][], tolerance: number, crop: Crop): XY[][] {
  return rings
    .map((ring) => (tolerance === 0 ? ring : simplifiedRing(ring, tolerance)))
    .sort((a, b) => b.length - a.length)
    .map((ring) => ring.map((p) => outOfCrop(crop, p)))
}

/**
 * Colours are learned from the box and from what is painted as object. What is painted as background is taken out afterwards:
 * it often looks like the object (its neighbour of the same kind), and learned it would take the object away too.
 */
function covered(cv: typeof OpenCV, { box, hints }: CutRequest, crop: Crop, { width, height, data }: Pixels): Grid {
  const known = knownPixels(box, crop)
  paintHints(known, crop, hints, true)
  if (!known.includes(LIKELY_OBJECT) && !known.includes(OBJECT))
    return { width, height, data: new Uint8Array(known.length) }
  if (!known.includes(BACKGROUND)) frame(known, crop.size)
  const rgba = cv.matFromArray(height, width, cv.CV_8UC4, data as unknown as number[])
  const [rgb, mask] = [new cv.Mat(), new cv.Mat(height, width, cv.CV_8UC1)]
  const [background, foreground, whole] = [new cv.Mat(), new cv.Mat(), new cv.Rect(0, 0, 1, 1)]
  try {
    cv.cvtColor(rgba, rgb, cv.COLOR_RGBA2RGB, 0)
    mask.data.set(known)
    cv.grabCut(rgb, mask, whole, background, foreground, ITERATIONS, cv.GC_INIT_WITH_MASK)
    if (hints.some((hint) => !hint.isObject)) {
      paintHints(mask.data, crop, hints, false)
      cv.grabCut(rgb, mask, whole, background, foreground, 1, cv.GC_EVAL_FREEZE_MODEL)
    }
    return { width, height, data: Uint8Array.from(mask.data, (v) => (v === OBJECT || v === LIKELY_OBJECT ? 1 : 0)) }
  } finally {
    for (const mat of [rgba, rgb, mask, background, foreground]) mat.delete()
  }
}

/** What is said about each pixel before it is looked at. */
function knownPixels(box: Bounds, crop: Crop): Uint8Array {
  const { width, height } = crop.size
  const known = new Uint8Array(width * height).fill(BACKGROUND)
  const [x0, y0] = intoCrop(crop, [box.x, box.y]).map(Math.round) as XY
  const [x1, y1] = intoCrop(crop, [box.x + box.width, box.y + box.height]).map(Math.round) as XY
  for (let y = Math.max(0, y0); y < Math.min(height, y1); y++)
    known.fill(LIKELY_OBJECT, y * width + Math.max(0, x0), y * width + Math.min(width, x1))
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2]
  const [across, down] = [(CORE * (x1 - x0)) / 2, (CORE * (y1 - y0)) / 2]
  for (let y = Math.max(0, Math.ceil(cy - down)); y < Math.min(height, cy + down); y++) {
    const half = across * Math.sqrt(Math.max(0, 1 - ((y + 0.5 - cy) / down) ** 2))
    const [from, to] = [Math.max(0, Math.ceil(cx - half)), Math.min(width, Math.floor(cx + half))]
    if (from < to) known.fill(OBJECT, y * width + from, y * width + to)
  }
  return known
}

/** A box around the whole image leaves nothing to learn the background from: then it is what lies at the edge. */
function frame(known: Uint8Array, { width, height }: Size): void {
  known.fill(BACKGROUND, 0, width)
  known.fill(BACKGROUND, (height - 1) * width)
  for (let y = 0; y < height; y++) known[y * width] = known[(y + 1) * width - 1] = BACKGROUND
}

function paintHints(known: Uint8Array, crop: Crop, hints: readonly Hint[], isObject: boolean): void {
  for (const { points, size } of hints.filter((hint) => hint.isObject === isObject)) {
    const line = points.map((p) => intoCrop(crop, p))
    const radius = Math.max(1, (size * crop.scale) / 2)
    for (const [i, to] of line.entries())
      paint(known, crop.size, line[Math.max(0, i - 1)] as XY, to, radius, isObject ? OBJECT : BACKGROUND)
  }
}

function paint(known: Uint8Array, { width, height }: Size, from: XY, to: XY, radius: number, value: number): void {
  const left = Math.max(0, Math.floor(Math.min(from[0], to[0]) - radius))
  const right = Math.min(width, Math.ceil(Math.max(from[0], to[0]) + radius))
  for (let x = left; x < right; x++) {
    const [top, bottom] = rowsOfStroke(from, to, radius, x + 0.5) ?? [0, 0]
    for (let y = Math.max(0, top); y < Math.min(height, bottom); y++) known[y * width + x] = value
  }
}
