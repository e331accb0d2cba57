// Draws the image layer.
import type { Bounds } from '../../model/shapes/geometry.ts'
import { lastLevel, levelSize, TILE_PX, type TilePlace, tilesIn } from '../../model/tiles.ts'
import { clamp, type Size, snapped, toScreen, type View, visibleBounds } from '../coordinates.ts'
import { levelFor, type Picture } from './picture.ts'
import type { Tiles } from './tiled-picture.ts'

/** From here on pixels are shown as squares: a labeller wants to see where one ends. */
const SQUARE_PIXELS_FROM = 4

export type ImageLook = {
  readonly view: View
  /** Of the asset, pixels. */
  readonly image: Size
  /** The part of the screen that is drawn, CSS pixels. */
  readonly part: Bounds
  /** Device pixels per CSS pixel; the context is scaled by it. */
  readonly ratio: number
  /** `low` is quick, for a view that moves. */
  readonly quality: ImageSmoothingQuality
}

export function drawImage(context: CanvasRenderingContext2D, picture: Picture, look: ImageLook): void {
  const { view, image, part, ratio, quality } = look
  const seen = visibleBounds(view, part)
  // Whole pixels around the visible part: at 64 × nothing else is touched.
  const x0 = Math.max(0, Math.floor(seen.x))
  const y0 = Math.max(0, Math.floor(seen.y))
  const x1 = Math.min(image.width, Math.ceil(seen.x + seen.width))
  const y1 = Math.min(image.height, Math.ceil(seen.y + seen.height))
  if (x1 <= x0 || y1 <= y0) return

  // The file may be a smaller rendition of the asset; positions are those of the asset.
  const [fx, fy] = [picture.width / image.width, picture.height / image.height]
  const { source, shrink } = levelFor(picture, (view.scale * ratio) / Math.max(fx, fy))
  context.imageSmoothingEnabled = view.scale < SQUARE_PIXELS_FROM
  context.imageSmoothingQuality = quality
  const [sx, sy] = toScreen(view, [x0, y0])
  context.drawImage(
    source,
    (x0 * fx) / shrink,
    (y0 * fy) / shrink,
    ((x1 - x0) * fx) / shrink,
    ((y1 - y0) * fy) / shrink,
    sx,
    sy,
    (x1 - x0) * view.scale,
    (y1 - y0) * view.scale,
  )
  if (picture.tiles) drawTiles(context, picture.tiles, look, { x: x0, y: y0, width: x1 - x0, height: y1 - y0 })
}

/** Coarser tiles that are there show through where finer ones are on their way. */
const COARSER = 2

function drawTiles(context: CanvasRenderingContext2D, tiles: Tiles, { view, ratio }: ImageLook, seen: Bounds): void {
  const { size } = tiles
  const deepest = lastLevel(size)
  const level = clamp(Math.floor(Math.log2(1 / (view.scale * ratio))), 0, deepest)
  const wanted = tilesIn(size, level, seen)
  const missing = wanted.filter((place) => !tiles.get(place))
  if (missing.length > 0)
    for (let above = Math.min(deepest, level + COARSER); above > level; above--)
      for (const place of tilesIn(size, above, seen)) drawTile(context, tiles, place, view, ratio)
  for (const place of wanted) drawTile(context, tiles, place, view, ratio)
  for (const place of missing) tiles.ask(place)
}

/** Its edges lie on whole device pixels: no seam is seen between two. */
function drawTile(context: CanvasRenderingContext2D, tiles: Tiles, place: TilePlace, view: View, ratio: number): void {
  const tile = tiles.get(place)
  if (!tile) return
  const shrink = 2 ** place.level
  const { width, height } = levelSize(tiles.size, place.level)
  const edge = (at: number, most: number, from: number) =>
    snapped(Math.min(at * TILE_PX, most) * shrink * view.scale + from, ratio)
  const [x, y] = [edge(place.column, width, view.x), edge(place.row, height, view.y)]
  const [right, bottom] = [edge(place.column + 1, width, view.x), edge(place.row + 1, height, view.y)]
  context.drawImage(tile, x, y, right - x, bottom - y)
}
