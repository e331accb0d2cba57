// What the drawing is measured against: the sample's ground truth, and how much two outlines have in common.
import type { Shape } from '../src/model/shapes/index.ts'
import { drawScene } from '../src/server/sample/draw.ts'

type XY = readonly [number, number]

/** What is in an image of the sample: `scene-07.jpg`. */
export function truthOf(name: string): ReturnType<typeof drawScene> {
  return drawScene(Number(/scene-(\d+)/.exec(name)?.[1]) - 1)
}

/** Corners of a box or a polygon. */
export function cornersOf(shape: Shape): readonly XY[] {
  if (shape.type === 'box') {
    const { x, y, width, height } = shape
    return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]] // biome-ignore format: one line
  }
  if (shape.type === 'polygon') return shape.points
  throw new Error(`a ${shape.type} has no area`)
}

/** Shared part of two areas, 0…1, measured at every second pixel and between. */
export function overlap(a: Shape, b: Shape): number {
  const [one, two] = [cornersOf(a), cornersOf(b)]
  const all = [...one, ...two]
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)]
  let shared = 0
  let either = 0
  for (let x = Math.min(...xs); x <= Math.max(...xs); x += 0.5)
    for (let y = Math.min(...ys); y <= Math.max(...ys); y += 0.5) {
      const [inOne, inTwo] = [isInside([x, y], one), isInside([x, y], two)]
      if (inOne && inTwo) shared++
      if (inOne || inTwo) either++
    }
  return either === 0 ? 0 : shared / either
}

/** Whether a ray to the right leaves the outline an odd number of times. */
function isInside([x, y]: XY, corners: readonly XY[]): boolean {
  return corners.reduce((inside, [x1, y1], i) => {
    const [x2, y2] = corners[(i + 1) % corners.length] as XY
    return y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1) ? !inside : inside
  }, false)
}
