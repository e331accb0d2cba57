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
  const known = [...points, ...(saved?.points ?? [])]
  const id = nextId(known)
  const taken = new Set(known.map((p) => p.name.trim().toLowerCase()))
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

/** Points that were saved and are not in the draft: objects may name them. */
export const removedPoints = (template: SkeletonTemplate, saved: SkeletonTemplate | undefined): readonly Point[] =>
  saved?.points.filter(({ id }) => !template.points.some((p) => p.id === id)) ?? []

/** As it was saved: its id, its place among the others, and its lines to those that are there. */
export function restorePoint(template: SkeletonTemplate, saved: SkeletonTemplate, id: number): SkeletonTemplate {
  const at = saved.points.findIndex((p) => p.id === id)
  const points = template.points.toSpliced(at, 0, saved.points[at] as Point)
  const isThere = (other: number) => points.some((p) => p.id === other)
  const lines = saved.edges.filter((edge) => edge.includes(id) && edge.every(isThere))
  return { points, edges: [...template.edges, ...lines] }
}

/** Where a point is put that is not pointed at: in the middle of the box, beside those that were put there before. */
export function freePlace({ points }: SkeletonTemplate): [number, number] {
  for (let at = 0.5; at < 1; at = placed(at + 0.05)) if (!points.some((p) => p.x === at && p.y === at)) return [at, at]
  return [0.5, 0.5]
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
