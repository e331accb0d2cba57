// Draws masks: small canvases of what is in sight, in pixels of the image or, zoomed out, of every 2nd, 4th, 8th … of them.
// So 100 megapixels cost no more than the screen has, and a brush stroke paints anew only what it touched.
import type { Bounds } from '../../model/shapes/geometry.ts'
import { type Mask, maskBounds } from '../../model/shapes/mask.ts'
import { type ScreenPart, type Size, snapped, visibleBounds } from '../coordinates.ts'
import type { MaskBitmap, Sampler } from '../mask-bitmap.ts'
import { createMaskSampler } from '../mask-sampler.ts'
import type { Brush } from './draw-shape.ts'
import { common, isEmpty } from './regions.ts'

/** Side of a tile, in its own pixels. */
const TILE = 256
/** Opacity of the inside; the rim is opaque, 0…255. */
const INSIDE = 110
/** Tile pixels of masks at rest that are kept; beyond this the longest unused go. 64 MB. */
const MOST_KEPT = 16_000_000

type Tile = { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D; x: number; y: number; step: number }

type MaskPicture = {
  draw(brush: Brush, screen: ScreenPart, bounds: Bounds): void
  /** Goes on with the same pixels from another source. */
  readFrom(sampler: Sampler): void
  /** Paints what lies in these bounds again. */
  refresh(changed: Bounds): void
  readonly pixels: number
  readonly color: string
}

function createMaskPicture(source: Sampler, color: string): MaskPicture {
  const tiles = new Map<string, Tile>()
  const ink = inkOf(color)
  let pixels = 0
  let sampler = source

  const tileAt = (step: number, column: number, row: number, bounds: Bounds): Tile => {
    const key = `${step} ${column} ${row}`
    let tile = tiles.get(key)
    if (!tile) {
      const side = TILE * step
      const [x, y] = [column * side, row * side]
      const canvas = document.createElement('canvas')
      // Only as far as the mask reaches: three hundred small masks are small.
      canvas.width = Math.min(TILE, Math.ceil((bounds.x + bounds.width - x) / step))
      canvas.height = Math.min(TILE, Math.ceil((bounds.y + bounds.height - y) / step))
      tile = { canvas, context: canvas.getContext('2d') as CanvasRenderingContext2D, x, y, step }
      tiles.set(key, tile)
      pixels += canvas.width * canvas.height
      paint(tile, 0, 0, canvas.width, canvas.height)
    }
    return tile
  }
  const paint = (tile: Tile, left: number, top: number, columns: number, rows: number) => {
    const { step } = tile
    // One pixel more on each side tells where the rim is.
    const covered = new Uint8Array((columns + 2) * (rows + 2))
    sampler(
      { x0: tile.x + (left - 1) * step, y0: tile.y + (top - 1) * step, columns: columns + 2, rows: rows + 2, step },
      covered,
    )
    tile.context.putImageData(inked(covered, columns, rows, ink), left, top)
  }

  return {
    color,
    get pixels() {
      return pixels
    },
    draw({ context, view, ratio }, screen, bounds) {
      const step = stepFor(view.scale * ratio)
      const area = common(bounds, visibleBounds(view, screen))
      if (isEmpty(area)) return
      const side = TILE * step
      context.imageSmoothingEnabled = false
      for (let column = Math.floor(area.x / side); column * side < area.x + area.width; column++)
        for (let row = Math.floor(area.y / side); row * side < area.y + area.height; row++) {
          const { canvas, x, y } = tileAt(step, column, row, bounds)
          const [x0, y0] = [snapped(x * view.scale + view.x, ratio), snapped(y * view.scale + view.y, ratio)]
          const x1 = snapped((x + canvas.width * step) * view.scale + view.x, ratio)
          const y1 = snapped((y + canvas.height * step) * view.scale + view.y, ratio)
          context.drawImage(canvas, x0, y0, x1 - x0, y1 - y0)
        }
    },
    readFrom(next) {
      sampler = next
    },
    refresh(changed) {
      for (const tile of tiles.values()) {
        const { canvas, step } = tile
        const left = Math.max(0, Math.floor((changed.x - tile.x) / step) - 1)
        const top = Math.max(0, Math.floor((changed.y - tile.y) / step) - 1)
        const right = Math.min(canvas.width, Math.ceil((changed.x + changed.width - tile.x) / step) + 1)
        const bottom = Math.min(canvas.height, Math.ceil((changed.y + changed.height - tile.y) / step) + 1)
        if (left < right && top < bottom) paint(tile, left, top, right - left, bottom - top)
      }
    },
  }
}

/** Pictures of masks at rest, the longest unused first. */
const kept = new Map<Mask, MaskPicture>()

export function drawMask(brush: Brush, screen: ScreenPart, mask: Mask, color: string): void {
  let picture = kept.get(mask)
  if (picture?.color !== color) picture = adopted(mask, color) ?? createMaskPicture(createMaskSampler(mask), color)
  kept.delete(mask)
  kept.set(mask, picture)
  picture.draw(brush, screen, maskBounds(mask))
}

/** Called between frames: never throws away what the next one needs again at once, unless one screen needs too much. */
export function forgetOldMasks(): void {
  let pixels = 0
  for (const [mask, picture] of [...kept].reverse()) {
    pixels += picture.pixels
    if (pixels > MOST_KEPT) kept.delete(mask)
  }
}

let painted: { bitmap: MaskBitmap; version: number; picture: MaskPicture } | null = null

/** What was under the brush just now keeps its tiles: nothing is painted anew when a stroke ends. */
function adopted(mask: Mask, color: string): MaskPicture | null {
  if (painted?.picture.color !== color || painted.bitmap.toMask() !== mask) return null
  const { picture } = painted
  picture.readFrom(createMaskSampler(mask))
  painted = null
  return picture
}

/** The mask under the brush. */
export function drawPaintedMask(brush: Brush, screen: Size, bitmap: MaskBitmap, color: string, image: Size): void {
  if (painted?.bitmap !== bitmap || painted.picture.color !== color)
    painted = { bitmap, version: bitmap.version, picture: createMaskPicture(bitmap.sampler, color) }
  const changed = bitmap.changedSince(painted.version)
  if (changed) painted.picture.refresh(changed)
  painted.version = bitmap.version
  painted.picture.draw(brush, screen, { x: 0, y: 0, ...image })
}

/** Image pixels per tile pixel: about one tile pixel per device pixel. */
const stepFor = (deviceScale: number): number => 2 ** Math.max(0, Math.floor(Math.log2(1 / deviceScale)))

/** From a coverage with a margin of one pixel, column by column, to an image, row by row. */
function inked(covered: Uint8Array, columns: number, rows: number, ink: { rim: number; inside: number }): ImageData {
  const image = new ImageData(columns, rows)
  const pixels = new Uint32Array(image.data.buffer)
  const stride = rows + 2
  for (let column = 0; column < columns; column++)
    for (let row = 0, at = (column + 1) * stride + 1; row < rows; row++, at++) {
      if (covered[at] === 0) continue
      const isInside = covered[at - 1] && covered[at + 1] && covered[at - stride] && covered[at + stride]
      pixels[row * columns + column] = isInside ? ink.inside : ink.rim
    }
  return image
}

/** As little-endian RGBA, which is what every machine with a browser has. */
function inkOf(color: string): { rim: number; inside: number } {
  const [r, g, b] = [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16)) as [number, number, number]
  const bgr = (b << 16) | (g << 8) | r
  return { rim: ((255 << 24) | bgr) >>> 0, inside: ((INSIDE << 24) | bgr) >>> 0 }
}
