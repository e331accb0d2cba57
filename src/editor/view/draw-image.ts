// Draws the image layer.
import type { Bounds } from '../../model/shapes/geometry.ts'
import { type Size, toScreen, type View, visibleBounds } from '../coordinates.ts'
import { levelFor, type Picture } from './picture.ts'

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
  const seen = visibleBounds({ ...view, x: view.x - part.x, y: view.y - part.y }, part)
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
}
