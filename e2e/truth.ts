// What the drawing is measured against: the sample's ground truth, and how much two shapes have in common.
import { type Shape, shapeBounds } from '../src/model/shapes/index.ts'
import { isInMask } from '../src/model/shapes/mask.ts'
import { drawScene, type Scene } from '../src/server/sample/draw.ts'

type XY = readonly [number, number]
export type Labelled = { class_id: number; shape: Shape }

/** What is in an image of the sample: `scene-07.jpg`. */
export function truthOf(name: string): Scene {
  return drawScene(Number(/scene-(\d+)/.exec(name)?.[1]) - 1)
}

/** Corners of a box or a polygon. */
export function cornersOf(shape: Shape): readonly XY[] {
  if (shape.type === 'box') {
    const { x, y, width, height } = shape
    return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]] // biome-ignore format: one line
  }
  if (shape.type === 'polygon') return shape.points
  throw new Error(`a ${shape.type} has no corners`)
}

/** For each object of the truth the overlap with what was drawn for it; 0 for what is missing. Nothing is counted for two. */
export function overlaps(truth: readonly Labelled[], drawn: readonly Labelled[]): number[] {
  const left = [...drawn]
  return truth.map(({ class_id, shape }) => {
    const found = left.map((o) =>
      o.class_id === class_id && o.shape.type === shape.type ? overlap(o.shape, shape) : 0,
    )
    const best = Math.max(0, ...found)
    if (best > 0) left.splice(found.indexOf(best), 1)
    return best
  })
}

/** Shared part of two areas, 0…1, measured at four points of every pixel. */
function overlap(a: Shape, b: Shape): number {
  const [isInA, isInB] = [insideOf(a), insideOf(b)]
  const [one, two] = [shapeBounds(a), shapeBounds(b)]
  const right = Math.max(one.x + one.width, two.x + two.width)
  const bottom = Math.max(one.y + one.height, two.y + two.height)
  let shared = 0
  let either = 0
  for (let x = Math.floor(Math.min(one.x, two.x)) + 0.25; x < right; x += 0.5)
    for (let y = Math.floor(Math.min(one.y, two.y)) + 0.25; y < bottom; y += 0.5) {
      const [inA, inB] = [isInA([x, y]), isInB([x, y])]
      if (inA && inB) shared++
      if (inA || inB) either++
    }
  return either === 0 ? 0 : shared / either
}

function insideOf(shape: Shape): (at: XY) => boolean {
  if (shape.type === 'mask') return ([x, y]) => isInMask([x, y], shape)
  const corners = cornersOf(shape)
  return (at) => isInside(at, corners)
}

/** Whether a ray to the right leaves the outline an odd number of times. */
function isInside([x, y]: XY, corners: readonly XY[]): boolean {
  return corners.reduce((inside, [x1, y1], i) => {
    const [x2, y2] = corners[(i + 1) % corners.length] as XY
    return y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1) ? !inside : inside
  }, false)
}
