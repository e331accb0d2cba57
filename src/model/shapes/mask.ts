// A mask: which pixels belong to the object, as COCO run lengths over its bounding box, so that a small mask on a huge
// image is small. x, y, width and height are whole pixels of the upright image.
import { type Static, Type } from 'typebox'
import { Fields } from '../schema.ts'
import type { Bounds, XY } from './geometry.ts'
import { countsOf, countsOfSpans, countsText, type Span, spansOf } from './rle.ts'

/** Columns are walked one by one, so their number is bounded too. */
const LONGEST_SIDE = 100_000
/** Two and a half times 100 megapixels. */
const MOST_PIXELS = 2 ** 28
export const MOST_TEXT = 2_000_000

const Place = Type.Integer({ minimum: 0, maximum: LONGEST_SIDE })
const Side = Type.Integer({ minimum: 1, maximum: LONGEST_SIDE })

export const MaskSchema = Fields({
  type: Type.Literal('mask'),
  x: Place,
  y: Place,
  width: Side,
  height: Side,
  /** Of the pixels of the bounding box: rle.ts. */
  counts: Type.String({ minLength: 1, maxLength: MOST_TEXT, pattern: '^[0-o]+$' }),
})
export type Mask = Static<typeof MaskSchema>

/** Whether a mask may have these sides. */
export const isMaskSize = (width: number, height: number): boolean =>
  Number.isInteger(width) &&
  Number.isInteger(height) &&
  Math.min(width, height) > 0 &&
  Math.max(width, height) <= LONGEST_SIDE &&
  width * height <= MOST_PIXELS

/**
 * What is wrong with the place or the run lengths of a mask, as the end of a sentence; null if nothing. Other shapes may stand out
 * of the image a little; pixels that are not there cannot be covered, and no reader of run lengths would take them.
 */
export function maskProblem(mask: Mask, image: { width: number; height: number }): string | null {
  if (mask.x + mask.width > image.width || mask.y + mask.height > image.height)
    return `lies partly outside the image of ${image.width} × ${image.height}`
  if (!isMaskSize(mask.width, mask.height)) return `has more than ${MOST_PIXELS.toLocaleString('en')} pixels`
  const counts = countsOf(mask.counts)
  if (!counts) return 'has counts that are no COCO run lengths'
  const sum = counts.reduce((all, count) => all + count, 0)
  if (sum !== mask.width * mask.height) return `has counts of ${sum} pixels for ${mask.width} × ${mask.height}`
  if (counts.some((count, i) => count === 0 && i > 0)) return 'has counts of 0'
  return counts.length > 1 ? null : 'covers no pixel'
}

const decoded = new WeakMap<Mask, readonly number[]>()

/** The counts of a mask, decoded once. Empty for one that is damaged. */
export function maskCounts(mask: Mask): readonly number[] {
  let counts = decoded.get(mask)
  if (!counts) {
    counts = countsOf(mask.counts) ?? []
    decoded.set(mask, counts)
  }
  return counts
}

/** Square pixels. */
export const maskArea = (mask: Mask): number =>
  maskCounts(mask).reduce((area, count, i) => (i % 2 === 1 ? area + count : area), 0)

export const maskBounds = ({ x, y, width, height }: Mask): Bounds => ({ x, y, width, height })

/** The covered parts of each column, in pixels of the image. */
export function* maskSpans(mask: Mask): Generator<Span> {
  for (const { x, from, to } of spansOf(maskCounts(mask), mask.height))
    yield { x: mask.x + x, from: mask.y + from, to: mask.y + to }
}

/** The mask of spans in order, with the tightest bounding box; null if there is none. */
export function maskOfSpans(given: Iterable<Span>): Mask | null {
  const spans = [...given]
  const [first, last] = [spans[0], spans.at(-1)]
  if (!first || !last) return null
  let [top, bottom] = [first.from, first.to]
  for (const { from, to } of spans) {
    if (from < top) top = from
    if (to > bottom) bottom = to
  }
  const size = { width: last.x - first.x + 1, height: bottom - top }
  const shifted = spans.map(({ x, from, to }) => ({ x: x - first.x, from: from - top, to: to - top }))
  return { type: 'mask', x: first.x, y: top, ...size, counts: countsText(countsOfSpans(shifted, size)) }
}

/** The part of a mask in an area of whole pixels; null if there is none. */
export function maskWithin(mask: Mask, area: Bounds): Mask | null {
  return maskOfSpans(spansWithin(mask, area))
}

function* spansWithin(mask: Mask, area: Bounds): Generator<Span> {
  for (const span of maskSpans(mask)) {
    if (span.x < area.x || span.x >= area.x + area.width) continue
    const [from, to] = [Math.max(span.from, area.y), Math.min(span.to, area.y + area.height)]
    if (from < to) yield { x: span.x, from, to }
  }
}

/** Whether some pixel of the mask touches an area. */
export function maskMeets(mask: Mask, { x, y, width, height }: Bounds): boolean {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const pixels = { x: left, y: top, width: Math.ceil(x + width) - left, height: Math.ceil(y + height) - top }
  for (const _ of spansWithin(mask, pixels)) return true
  return false
}

/** Whether the pixel at a point is covered. */
export function isInMask([x, y]: XY, mask: Mask): boolean {
  const [column, row] = [Math.floor(x) - mask.x, Math.floor(y) - mask.y]
  if (column < 0 || row < 0 || column >= mask.width || row >= mask.height) return false
  const wanted = column * mask.height + row
  let at = 0
  for (const [i, count] of maskCounts(mask).entries()) {
    at += count
    if (wanted < at) return i % 2 === 1
  }
  return false
}
