// Pulls a point to what is near: a vertex of another object, else an edge of one, else the edge of the image.
import type { XY } from '../model/shapes/geometry.ts'
import { outlineOf } from '../model/shapes/outline.ts'
import { nearestOnEdges, objectsTouching } from './hit-test.ts'
import { type EditorState, visibleObjects } from './state.ts'

/** @param reach  image pixels; `except`: the object that is being changed */
export function snap(state: EditorState, at: XY, reach: number, except: string | null): XY {
  const around = { x: at[0] - reach, y: at[1] - reach, width: 2 * reach, height: 2 * reach }
  const shapes = objectsTouching(visibleObjects(state), around)
    .filter((o) => o.id !== except && o.shape.type !== 'mask' && o.shape.type !== 'ellipse')
    .map((o) => o.shape)
  const vertices = shapes.flatMap((shape) => outlineOf(shape).flat())
  const vertex = nearestOf(vertices, at, reach)
  if (vertex) return vertex
  const onEdges = shapes.map((shape) => nearestOnEdges(shape, at))
  const onEdge = nearestOf(onEdges, at, reach)
  if (onEdge) return onEdge
  const { width, height } = state.image
  return [toEdge(at[0], width, reach), toEdge(at[1], height, reach)]
}

function nearestOf(points: readonly XY[], at: XY, reach: number): XY | null {
  let [best, distance]: [XY | null, number] = [null, reach]
  for (const p of points) {
    const d = Math.hypot(p[0] - at[0], p[1] - at[1])
    if (d <= distance) [best, distance] = [p, d]
  }
  return best
}

function toEdge(value: number, size: number, reach: number): number {
  if (Math.abs(value) <= reach) return 0
  return Math.abs(value - size) <= reach ? size : value
}
