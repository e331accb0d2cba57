// Rings as COCO and YOLO write them: a flat list x1, y1, x2, y2, … Pure.
import type { XY } from '../../model/shapes/geometry.ts'

/** Its points; a last one equal to the first only closes the ring. */
export function pointsOfRing(flat: readonly number[]): XY[] {
  const points: XY[] = []
  for (let i = 0; i < flat.length; i += 2) points.push([flat[i] as number, flat[i + 1] as number])
  const [first, last] = [points[0], points.at(-1)]
  if (points.length > 3 && first && last && first[0] === last[0] && first[1] === last[1]) points.pop()
  return points
}
