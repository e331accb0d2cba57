// The part of the image that is looked at: with what is around it, in whole pixels, made smaller where it has too many.
import { type Bounds, hundredths, type XY } from '../../model/shapes/geometry.ts'

type Size = { readonly width: number; readonly height: number }

/** RGBA, row by row, as in an ImageData. */
export type Pixels = Size & { readonly data: Uint8ClampedArray }

/** `scale`: pixels of the crop per pixel of the image, at most 1. */
export type Crop = { readonly area: Bounds; readonly size: Size; readonly scale: number }

/** @param margin image pixels on each side */
export function cropAround(box: Bounds, margin: number, image: Size, mostPixels: number): Crop {
  const x = Math.max(0, Math.floor(box.x - margin))
  const y = Math.max(0, Math.floor(box.y - margin))
  const width = Math.max(1, Math.min(image.width, Math.ceil(box.x + box.width + margin)) - x)
  const height = Math.max(1, Math.min(image.height, Math.ceil(box.y + box.height + margin)) - y)
  const shrink = Math.min(1, Math.sqrt(mostPixels / (width * height)))
  const size = { width: Math.max(1, Math.round(width * shrink)), height: Math.max(1, Math.round(height * shrink)) }
  return { area: { x, y, width, height }, size, scale: size.width / width }
}

export const intoCrop = ({ area, size }: Crop, [x, y]: XY): XY => [
  ((x - area.x) * size.width) / area.width,
  ((y - area.y) * size.height) / area.height,
]

/** In hundredths of a pixel, as all points of shapes. */
export const outOfCrop = ({ area, size }: Crop, [x, y]: XY): XY => [
  hundredths(area.x + (x * area.width) / size.width),
  hundredths(area.y + (y * area.height) / size.height),
]
