// A keypoint skeleton: points that the class names, each with a place and COCO's visibility. The template of the class
// says which points there are and which of them are joined by lines.
import { type Static, Type } from 'typebox'
import { Fields, Id, isNameless, Line } from '../schema.ts'
import { type Bounds, boundsOf, CoordinateSchema, type XY } from './geometry.ts'

/** The most points of one skeleton. */
export const MOST_POINTS = 200

export const SkeletonSchema = Fields({
  type: Type.Literal('skeleton'),
  points: Type.Array(
    Fields({
      /** Of the template's point. */
      id: Id,
      x: CoordinateSchema,
      y: CoordinateSchema,
      /** 0: not labelled, the place says nothing; 1: hidden by something; 2: seen. */
      visibility: Type.Integer({ minimum: 0, maximum: 2 }),
    }),
    { minItems: 1, maxItems: MOST_POINTS },
  ),
})
export type Skeleton = Static<typeof SkeletonSchema>

const Part = Type.Number({ minimum: 0, maximum: 1 })
const Edge = Type.Unsafe<[number, number]>({ type: 'array', items: Id, minItems: 2, maxItems: 2 })

export const SkeletonTemplateSchema = Fields({
  /** Where a point lies when the skeleton is placed: parts of the width and height of the box that is dragged. */
  points: Type.Array(Fields({ id: Id, name: Line(60), x: Part, y: Part }), { minItems: 1, maxItems: MOST_POINTS }),
  /** Pairs of point ids. */
  edges: Type.Array(Edge, { maxItems: 2 * MOST_POINTS }),
})
export type SkeletonTemplate = Static<typeof SkeletonTemplateSchema>

/** What is wrong with a template, as the end of a sentence; null if nothing. */
export function templateProblem({ points, edges }: SkeletonTemplate): string | null {
  const ids = new Set(points.map((p) => p.id))
  if (ids.size !== points.length) return 'two points of the skeleton have the same id.'
  if (points.some(isNameless)) return 'a point of the skeleton has no name.'
  const names = points.map((p) => p.name.trim().toLowerCase())
  const twice = names.find((n, i) => names.indexOf(n) !== i)
  if (twice !== undefined) return `two points of the skeleton are called “${twice}”.`
  if (edges.some(([a, b]) => a === b || !ids.has(a) || !ids.has(b)))
    return 'a line of the skeleton does not join two of its points.'
  return null
}

/** Whether each point is one of the template, and none twice. */
export function fitsTemplate(skeleton: Skeleton, template: SkeletonTemplate | undefined): boolean {
  const known = new Set(template?.points.map((p) => p.id))
  const ids = new Set(skeleton.points.map((p) => p.id))
  return ids.size === skeleton.points.length && [...ids].every((id) => known.has(id))
}

/** The template laid into a box, all points seen. */
export function skeletonIn(template: SkeletonTemplate, { x, y, width, height }: Bounds): Skeleton {
  const points = template.points.map((p) => ({ id: p.id, x: x + p.x * width, y: y + p.y * height, visibility: 2 }))
  return { type: 'skeleton', points }
}

/** The places of the labelled points; of all if none is. */
export function labelledPlaces({ points }: Skeleton): XY[] {
  const labelled = points.filter((p) => p.visibility > 0)
  return (labelled.length > 0 ? labelled : points).map((p): XY => [p.x, p.y])
}

export const skeletonBounds = (skeleton: Skeleton): Bounds => boundsOf(labelledPlaces(skeleton))
