// Between the image and the screen. Image: pixels of the upright image. Screen: CSS pixels from the canvas's corner.
import type { Bounds, XY } from '../model/shapes/geometry.ts'

export type Size = { readonly width: number; readonly height: number }

/** screen = image × scale + (x, y). */
export type View = { readonly scale: number; readonly x: number; readonly y: number }

/** CSS pixels per image pixel. At 64 a single pixel is a thumbnail; more shows nothing new. */
export const MAX_SCALE = 64
/** Free space around a fitted image, CSS pixels. */
const FIT_MARGIN = 24
/** How much of the image always stays on the screen, CSS pixels. */
const KEPT_IN_SIGHT = 80

export const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high)

export const toScreen = (view: View, [x, y]: XY): XY => [x * view.scale + view.x, y * view.scale + view.y]
export const toImage = (view: View, [x, y]: XY): XY => [(x - view.x) / view.scale, (y - view.y) / view.scale]

/** A screen from its corner, or a part of it, CSS pixels. */
export type ScreenPart = Size & { readonly x?: number; readonly y?: number }

/** What of the image plane is shown there, image pixels. */
export function visibleBounds(view: View, { x = 0, y = 0, width, height }: ScreenPart): Bounds {
  const [left, top] = toImage(view, [x, y])
  return { x: left, y: top, width: width / view.scale, height: height / view.scale }
}

export function fitScale(image: Size, screen: Size): number {
  const across = (screen.width - 2 * FIT_MARGIN) / Math.max(1, image.width)
  const down = (screen.height - 2 * FIT_MARGIN) / Math.max(1, image.height)
  return clamp(Math.min(across, down), 0.001, MAX_SCALE)
}

/** The whole image in the middle of the screen. */
export function fitted(image: Size, screen: Size): View {
  return centredOn([image.width / 2, image.height / 2], fitScale(image, screen), screen)
}

/** A view with this image point in the middle of the screen. */
export function centredOn([x, y]: XY, scale: number, screen: Size): View {
  return { scale, x: screen.width / 2 - x * scale, y: screen.height / 2 - y * scale }
}

/** Smallest scale: half of the fitted one, and never so that 1:1 is out of reach. */
export const minScale = (image: Size, screen: Size): number => Math.min(fitScale(image, screen) / 2, 1)

/** Scales by `factor` and holds the image point under `at` (screen) still. */
export function zoomedAt(view: View, at: XY, factor: number, image: Size, screen: Size): View {
  const scale = clamp(view.scale * factor, minScale(image, screen), MAX_SCALE)
  const [x, y] = toImage(view, at)
  return { scale, x: at[0] - x * scale, y: at[1] - y * scale }
}

/** Keeps a strip of the image on the screen: nobody gets lost in the grey. */
export function heldInSight(view: View, image: Size, screen: Size): View {
  const [width, height] = [image.width * view.scale, image.height * view.scale]
  const kept = Math.min(KEPT_IN_SIGHT, width, height, screen.width / 2, screen.height / 2)
  const x = clamp(view.x, kept - width, screen.width - kept)
  const y = clamp(view.y, kept - height, screen.height - kept)
  return x === view.x && y === view.y ? view : { scale: view.scale, x, y }
}

/** The same view after the screen changed its size: what was in the middle stays there. */
export function resized(view: View, before: Size, after: Size): View {
  return {
    scale: view.scale,
    x: view.x + (after.width - before.width) / 2,
    y: view.y + (after.height - before.height) / 2,
  }
}

/** Objects smaller than this on the screen cannot be worked on, CSS pixels. */
const SMALLEST_SHOWN = 12

/**
 * A view that shows `bounds`. What is well in sight stays where it is: an image that jumps at every click is hard to
 * follow. Else they come to the middle, and the scale changes only if they are too small or too large to work on.
 */
export function showing(view: View, bounds: Bounds, image: Size, screen: Size): View {
  const [x0, y0] = toScreen(view, [bounds.x, bounds.y])
  const [x1, y1] = toScreen(view, [bounds.x + bounds.width, bounds.y + bounds.height])
  const isInside = x0 >= 0 && y0 >= 0 && x1 <= screen.width && y1 <= screen.height
  const isPoint = bounds.width === 0 && bounds.height === 0
  if (isInside && (isPoint || Math.max(x1 - x0, y1 - y0) >= SMALLEST_SHOWN)) return view
  const longest = Math.max(bounds.width, bounds.height)
  const room = Math.min(screen.width, screen.height) * 0.7
  const scale = longest > 0 ? clamp(view.scale, Math.min(48, room) / longest, room / longest) : view.scale
  const middle: XY = [bounds.x + bounds.width / 2, bounds.y + bounds.height / 2]
  return centredOn(middle, clamp(scale, minScale(image, screen), MAX_SCALE), screen)
}

/** The nearest whole device pixel, in CSS pixels: lines drawn there are sharp. */
export const snapped = (value: number, pixelRatio: number): number => Math.round(value * pixelRatio) / pixelRatio
