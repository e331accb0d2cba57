// Changes to a skeleton that is not saved yet, as plain functions. Ids are never used twice; places are 0…1.
import type { SkeletonTemplate } from '../../../model/shapes/skeleton.ts'
import { nextId } from './draft-list.ts'

type Point = SkeletonTemplate['points'][number]

/** Thousandths: finer than anybody drags, and short in JSON. */
const placed = (part: number): number => Math.round(Math.min(1, Math.max(0, part)) * 1000) / 1000

/**
 * @param joinTo  the point that a line leads from; null for none
 * @param saved  the skeleton as it was saved last: objects may name its points
 */
export function addPoint(
  template: SkeletonTemplate | undefined,
  name: string,
  [x, y]: readonly [number, number],
  joinTo: number | null,
  saved?: SkeletonTemplate,
): { template: SkeletonTemplate; id: number } {
  const { points, edges } = template ?? { points: [], edges: [] }
  const id = nextId([...points, ...(saved?.points ?? [])])
  const taken = new Set(points.map((p) => p.name.trim().toLowerCase()))
  let number = points.length + 1
  while (taken.has(`${name} ${number}`.toLowerCase())) number++
  const point = { id, name: `${name} ${number}`, x: placed(x), y: placed(y) }
  const line: [number, number][] = joinTo === null ? [] : [[joinTo, id]]
  return { id, template: { points: [...points, point], edges: [...edges, ...line] } }
}

export const movePoint = (
  template: SkeletonTemplate,
  id: number,
  [x, y]: readonly [number, number],
): SkeletonTemplate => changePoint(template, id, { x: placed(x), y: placed(y) })

export function changePoint(template: SkeletonTemplate, id: number, change: Partial<Point>): SkeletonTemplate {
  return { ...template, points: template.points.map((p) => (p.id === id ? { ...p, ...change } : p)) }
}

/** With its lines. The last point stays. */
export function removePoint(template: SkeletonTemplate, id: number): SkeletonTemplate {
  if (template.points.length === 1) return template
  return {
    points: template.points.filter((p) => p.id !== id),
    edges: template.edges.filter((edge) => !edge.includes(id)),
  }
}

/** One place up or down: COCO lists the points in this order. */
export function shiftPoint(template: SkeletonTemplate, id: number, by: -1 | 1): SkeletonTemplate {
  const at = template.points.findIndex((p) => p.id === id)
  const other = template.points[at + by]
  const point = template.points[at]
  if (!point || !other) return template
  return { ...template, points: template.points.with(at, other).with(at + by, point) }
}

/** Joins two points by a line, or takes the line away. */
export function toggleEdge(template: SkeletonTemplate, a: number, b: number): SkeletonTemplate {
  if (a === b) return template
  const rest = template.edges.filter((edge) => !(edge.includes(a) && edge.includes(b)))
  return { ...template, edges: rest.length < template.edges.length ? rest : [...rest, [a, b]] }
}
