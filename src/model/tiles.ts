// Tiles of large images: the image cut into squares, and so again at half the size, until one square holds all of it.
// A browser that shows a part of 100 megapixels loads and decodes only what it shows. Decision 0018.
import { Type } from 'typebox'

/** Side of a tile, pixels. */
export const TILE_PX = 512
/** Larger images are shown by tiles: one of this size decodes to 160 MB, which a browser bears twice or three times. Pixels. */
const WHOLE_UP_TO = 40_000_000
/** Enough for any size that an image file can state. */
const MOST_LEVELS = 32

type Size = { readonly width: number; readonly height: number }

/** `level` 0 is full size, each next one half as large. */
export type TilePlace = { readonly level: number; readonly column: number; readonly row: number }

const Index = Type.Integer({ minimum: 0, maximum: 100_000 })
export const tilePlaceFields = { level: Type.Integer({ minimum: 0, maximum: MOST_LEVELS }), column: Index, row: Index }

export const isTiled = ({ width, height }: Size): boolean => width * height > WHOLE_UP_TO

/** The size of the image at a level. */
export const levelSize = ({ width, height }: Size, level: number): Size => ({
  width: Math.ceil(width / 2 ** level),
  height: Math.ceil(height / 2 ** level),
})

/** The level that is one tile. */
export function lastLevel(size: Size): number {
  let level = 0
  for (let at = size; Math.max(at.width, at.height) > TILE_PX; at = levelSize(size, level)) level++
  return level
}

export function hasTile(size: Size, { level, column, row }: TilePlace): boolean {
  const { width, height } = levelSize(size, level)
  return level <= lastLevel(size) && column * TILE_PX < width && row * TILE_PX < height
}

/** The tiles of a level that lie in a part of the image; the part in pixels of the image. */
export function tilesIn(
  size: Size,
  level: number,
  part: { x: number; y: number; width: number; height: number },
): TilePlace[] {
  const side = TILE_PX * 2 ** level
  const { width, height } = levelSize(size, level)
  const [columns, rows] = [Math.ceil(width / TILE_PX), Math.ceil(height / TILE_PX)]
  const [left, top] = [Math.max(0, Math.floor(part.x / side)), Math.max(0, Math.floor(part.y / side))]
  const [right, bottom] = [
    Math.min(columns, Math.ceil((part.x + part.width) / side)),
    Math.min(rows, Math.ceil((part.y + part.height) / side)),
  ]
  const found: TilePlace[] = []
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) found.push({ level, column, row })
  return found
}
