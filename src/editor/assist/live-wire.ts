// Intelligent scissors (Mortensen and Barrett 1995): the cheapest way along edges of the image between two points.
import type { OpenCV } from '@opencvjs/web'
import type { Bounds, XY } from '../../model/shapes/geometry.ts'
import type { WireResult } from './assist.ts'
import { type Crop, cropAround, intoCrop, outOfCrop, type Pixels } from './crop.ts'
import { simplifiedLine } from './trace.ts'

/** A map of so many is made in about a quarter of a second. */
const MOST_PIXELS = 250_000
/** The farthest that is looked from a point, image pixels. */
const REACH = 400
/** How far a simpler path may be from the cheapest one, in pixels of the crop. */
const TOLERANCE = 0.8
/** Where edges are seen: Canny's thresholds, and the gradient beyond which an edge is as good as any. */
const [WEAK_EDGE, STRONG_EDGE, BEST_GRADIENT] = [32, 100, 200]

/** In the library, and not in its types. */
type WithScissors = {
  segmentation_IntelligentScissorsMB: new () => {
    setEdgeFeatureCannyParameters(low: number, high: number): void
    setGradientMagnitudeMaxLimit(limit: number): void
    applyImage(image: OpenCV.Mat): void
    buildMap(from: { x: number; y: number }): void
    getContour(to: { x: number; y: number }, contour: OpenCV.Mat): void
    delete(): void
  }
}

export type Wire = { to(point: XY): WireResult; delete(): void }

/** Around a point, no farther than the area that is shown. */
export function wireCrop([x, y]: XY, area: Bounds, image: { width: number; height: number }): Crop {
  const left = Math.max(area.x, x - REACH)
  const top = Math.max(area.y, y - REACH)
  const width = Math.min(area.x + area.width, x + REACH) - left
  const height = Math.min(area.y + area.height, y + REACH) - top
  return cropAround({ x: left, y: top, width, height }, 0, image, MOST_PIXELS)
}

/** Looks at the crop once, and finds the ways from a point to all others in it. */
export function wireFrom(cv: typeof OpenCV, from: XY, crop: Crop, { width, height, data }: Pixels): Wire {
  const rgba = cv.matFromArray(height, width, cv.CV_8UC4, data as unknown as number[])
  const rgb = new cv.Mat()
  cv.cvtColor(rgba, rgb, cv.COLOR_RGBA2RGB, 0)
  rgba.delete()
  const scissors = new (cv as unknown as WithScissors).segmentation_IntelligentScissorsMB()
  scissors.setEdgeFeatureCannyParameters(WEAK_EDGE, STRONG_EDGE)
  scissors.setGradientMagnitudeMaxLimit(BEST_GRADIENT)
  scissors.applyImage(rgb)
  rgb.delete()
  const start = pixelAt(crop, from)
  scissors.buildMap(start)
  return {
    to(point) {
      if (!isInside(crop, point) || !isInside(crop, from)) return [from, point]
      const contour = new cv.Mat()
      scissors.getContour(pixelAt(crop, point), contour)
      const way = pointsOf(contour.data32S)
      contour.delete()
      // The ends are where the person clicked, not where the pixels' middles are.
      const between = simplifiedLine(way, TOLERANCE).slice(1, -1)
      return [from, ...between.map((p) => outOfCrop(crop, p)), point]
    },
    delete: () => scissors.delete(),
  }
}

function pointsOf(flat: Int32Array): XY[] {
  const points: XY[] = []
  for (let i = 0; i + 1 < flat.length; i += 2) points.push([(flat[i] as number) + 0.5, (flat[i + 1] as number) + 0.5])
  return points
}

const isInside = ({ area }: Crop, [x, y]: XY): boolean =>
  x >= area.x && y >= area.y && x <= area.x + area.width && y <= area.y + area.height

function pixelAt(crop: Crop, point: XY): { x: number; y: number } {
  const [x, y] = intoCrop(crop, point)
  const { width, height } = crop.size
  return { x: Math.min(width - 1, Math.max(0, Math.floor(x))), y: Math.min(height - 1, Math.max(0, Math.floor(y))) }
}
