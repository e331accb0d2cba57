// A mask while it is painted: a byte per pixel of the part of the image it needs, column by column as its run lengths
// are, so that a stroke touches few bytes and becomes run lengths in one walk. Each change is told as a rectangle.
import type { Bounds, XY } from '../model/shapes/geometry.ts'
import { type Mask, maskBounds, maskCounts } from '../model/shapes/mask.ts'
import { countsText } from '../model/shapes/rle.ts'
import { clamp, type Size } from './coordinates.ts'
import { clippedMask } from './shape-edit.ts'
import { rowsOfStroke } from './stroke.ts'

/** Room that is added around what a stroke needs, pixels: the next moves do not copy everything again. */
const SPARE = 256

export type MaskBitmap = {
  /** Grows with each change. */
  readonly version: number
  /** The bounds of everything that changed after a version; null if nothing did. */
  changedSince(version: number): Bounds | null
  /** Paints (1) or erases (0) a line with a round brush; `size` is its diameter. */
  stroke(from: XY, to: XY, size: number, value: 0 | 1): void
  /** Fills the hole around a point; false if there is no hole: the point is covered, or not enclosed. */
  fillHole(at: XY): boolean
  sampler: Sampler
  /** Null if no pixel is covered. The same mask until the next change. */
  toMask(): Mask | null
}

/**
 * Writes 1 for each covered pixel into `out`, column by column, `rows` in each: the pixels at x0, x0 + step, … and
 * y0, y0 + step, …; the rest of `out` stays 0.
 */
export type Sampler = (
  area: { x0: number; y0: number; columns: number; rows: number; step: number },
  out: Uint8Array,
) => void

export function createMaskBitmap(image: Size, mask: Mask | null): MaskBitmap {
  const held = mask && clippedMask(mask, image)
  let crop: Bounds = held ? maskBounds(held) : { x: 0, y: 0, width: 0, height: 0 }
  let bytes = held ? bytesOf(held) : new Uint8Array(0)
  const changes: Bounds[] = []
  let result: { version: number; mask: Mask | null } | null = null

  /** Makes room, so that every pixel of `area` that lies in the image can be written. */
  const need = (area: Bounds) => {
    const isEmpty = crop.width === 0
    if (
      !isEmpty &&
      area.x >= crop.x &&
      area.y >= crop.y &&
      area.x + area.width <= crop.x + crop.width &&
      area.y + area.height <= crop.y + crop.height
    )
      return
    const wished = {
      x: area.x - SPARE,
      y: area.y - SPARE,
      width: area.width + 2 * SPARE,
      height: area.height + 2 * SPARE,
    }
    const grown = inside(isEmpty ? wished : around(crop, wished), image)
    const copy = new Uint8Array(grown.width * grown.height)
    for (let column = 0; column < crop.width; column++) {
      const from = column * crop.height
      const to = (column + crop.x - grown.x) * grown.height + crop.y - grown.y
      copy.set(bytes.subarray(from, from + crop.height), to)
    }
    crop = grown
    bytes = copy
  }

  const stroke: MaskBitmap['stroke'] = (from, to, size, value) => {
    const radius = Math.max(size, 1) / 2
    const touched = inside(wholePixels(from, to, radius), image)
    if (touched.width === 0 || touched.height === 0) return
    if (value === 1) need(touched)
    const area = common(touched, crop)
    if (!area) return
    for (let x = area.x; x < area.x + area.width; x++) {
      const rows = rowsOfStroke(from, to, radius, x + 0.5)
      if (!rows) continue
      const start = (x - crop.x) * crop.height - crop.y
      const [top, bottom] = [Math.max(rows[0], area.y), Math.min(rows[1], area.y + area.height)]
      if (top < bottom) bytes.fill(value, start + top, start + bottom)
    }
    changes.push(area)
  }

  const fillHole = ([px, py]: XY) => {
    const [x, y] = [Math.floor(px) - crop.x, Math.floor(py) - crop.y]
    const { width, height } = crop
    if (x < 0 || y < 0 || x >= width || y >= height) return false
    const found = enclosed(bytes, width, height, x * height + y)
    if (!found) return false
    for (const { start, end } of found) bytes.fill(1, start, end)
    changes.push(crop)
    return true
  }

  return {
    get version() {
      return changes.length
    },
    changedSince: (version) =>
      changes.slice(version).reduce<Bounds | null>((all, c) => (all ? around(all, c) : c), null),
    stroke,
    fillHole,
    sampler({ x0, y0, columns, rows, step }, out) {
      for (let i = 0; i < columns; i++) {
        const x = x0 + i * step - crop.x
        if (x < 0 || x >= crop.width) continue
        // Only the rows inside the crop.
        const first = Math.max(0, Math.ceil((crop.y - y0) / step))
        const end = Math.min(rows, Math.ceil((crop.y + crop.height - y0) / step))
        let at = x * crop.height + y0 + first * step - crop.y
        for (let j = first; j < end; j++, at += step) out[i * rows + j] = bytes[at] as number
      }
    },
    toMask() {
      if (result?.version !== changes.length) result = { version: changes.length, mask: maskOfBytes(bytes, crop) }
      return result.mask
    },
  }
}

function bytesOf(mask: Mask): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(mask.width * mask.height)
  let at = 0
  for (const [i, count] of maskCounts(mask).entries()) {
    if (i % 2 === 1) bytes.fill(1, at, at + count)
    at += count
  }
  return bytes
}

/** In the tightest bounds; null if nothing is covered. */
function maskOfBytes(bytes: Uint8Array, crop: Bounds): Mask | null {
  const runs = coveredRuns(bytes, crop.height)
  if (runs.length === 0) return null
  let [top, bottom] = [crop.height, 0]
  for (let i = 0; i < runs.length; i += 2) {
    const row = (runs[i] as number) % crop.height
    top = Math.min(top, row)
    bottom = Math.max(bottom, row + (runs[i + 1] as number) - (runs[i] as number))
  }
  const left = Math.floor((runs[0] as number) / crop.height)
  const right = Math.floor((runs.at(-2) as number) / crop.height) + 1
  const [width, height] = [right - left, bottom - top]
  const counts: number[] = [0]
  let at = 0
  for (let i = 0; i < runs.length; i += 2) {
    const column = Math.floor((runs[i] as number) / crop.height)
    const start = (column - left) * height + (runs[i] as number) - column * crop.height - top
    const length = (runs[i + 1] as number) - (runs[i] as number)
    // What runs on from the foot of a column into the head of the next one is one count.
    if (start === at && counts.length > 1) counts[counts.length - 1] = (counts.at(-1) as number) + length
    else if (counts.length === 1) counts.splice(0, 1, start, length)
    else counts.push(start - at, length)
    at = start + length
  }
  if (at < width * height) counts.push(width * height - at)
  return { type: 'mask', x: crop.x + left, y: crop.y + top, width, height, counts: countsText(counts) }
}

/** Start and end of each covered run, column by column: flat, because there may be hundreds of thousands. */
function coveredRuns(bytes: Uint8Array, height: number): number[] {
  const runs: number[] = []
  for (let at = bytes.indexOf(1); at >= 0; ) {
    const foot = at - (at % height) + height
    const gap = bytes.indexOf(0, at)
    const end = gap < 0 || gap > foot ? foot : gap
    runs.push(at, end)
    at = end < bytes.length ? bytes.indexOf(1, end) : -1
  }
  return runs
}

type Stretch = { start: number; end: number }

/**
 * The uncovered stretches of columns that hang together with the pixel at `seed` (scanline fill, by edges); null if it
 * is covered or they reach the edge of the bitmap: then nothing encloses them.
 */
function enclosed(bytes: Uint8Array, width: number, height: number, seed: number): Stretch[] | null {
  if (bytes[seed] !== 0) return null
  const seen = new Uint8Array(bytes.length)
  const found: Stretch[] = []
  const open = [seed]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen[at] === 1) continue
    const column = Math.floor(at / height)
    const [top, bottom] = [column * height, (column + 1) * height]
    const above = bytes.lastIndexOf(1, at)
    const below = bytes.indexOf(1, at)
    const stretch = { start: Math.max(top, above + 1), end: below < 0 ? bottom : Math.min(bottom, below) }
    if (stretch.start === top || stretch.end === bottom || column === 0 || column === width - 1) return null
    seen.fill(1, stretch.start, stretch.end)
    found.push(stretch)
    for (const beside of [-height, height])
      for (let next = stretch.start + beside; next < stretch.end + beside; ) {
        if (bytes[next] === 0 && seen[next] === 0) open.push(next)
        // To the end of this uncovered or covered stretch.
        const other = bytes.indexOf(bytes[next] === 0 ? 1 : 0, next)
        next = other < 0 ? Infinity : other
      }
  }
  return found
}

function wholePixels(from: XY, to: XY, radius: number): Bounds {
  const [x, y] = [Math.floor(Math.min(from[0], to[0]) - radius), Math.floor(Math.min(from[1], to[1]) - radius)]
  const right = Math.ceil(Math.max(from[0], to[0]) + radius)
  const bottom = Math.ceil(Math.max(from[1], to[1]) + radius)
  return { x, y, width: right - x, height: bottom - y }
}

function inside({ x, y, width, height }: Bounds, image: Size): Bounds {
  const [x0, y0] = [clamp(x, 0, image.width), clamp(y, 0, image.height)]
  const [x1, y1] = [clamp(x + width, 0, image.width), clamp(y + height, 0, image.height)]
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 }
}

function around(a: Bounds, b: Bounds): Bounds {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
  const right = Math.max(a.x + a.width, b.x + b.width)
  const bottom = Math.max(a.y + a.height, b.y + b.height)
  return { x, y, width: right - x, height: bottom - y }
}

/** What both cover; null if nothing. */
function common(a: Bounds, b: Bounds): Bounds | null {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)]
  const width = Math.min(a.x + a.width, b.x + b.width) - x
  const height = Math.min(a.y + a.height, b.y + b.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : null
}
