// Keypoints of files: points by number, as the file lists them for a class. Which points of the label schema they are
// is told by their names. Pure.
import { hundredths, type XY } from '../../model/shapes/geometry.ts'
import {
  MOST_POINTS,
  type Skeleton,
  type SkeletonTemplate,
  skeletonBounds,
  skeletonIn,
} from '../../model/shapes/skeleton.ts'
import { plainLine } from './file-text.ts'

/** The points of a class in a file. A parsed skeleton names them by number, from 1, and holds only labelled ones. */
export type KeypointList = {
  class_name: string
  names: string[]
  /** False where the file only counts its points: then their order alone tells which they are. */
  is_named: boolean
  /** Lines between points, by number. */
  edges: [number, number][]
}

/** As model/shapes/skeleton.ts allows. */
const LONGEST_NAME = 60
export const nameKey = (name: string): string => name.trim().toLowerCase()

/** @returns the list, or what is wrong with it as the end of a sentence */
export function keypointList(class_name: string, given: readonly unknown[], edges: unknown): KeypointList | string {
  if (given.length === 0 || given.length > MOST_POINTS)
    return `has ${given.length} points; 1 to ${MOST_POINTS} are possible`
  const names = given.map((name) => (typeof name === 'string' ? plainLine(name, 1000) : ''))
  if (names.some((name) => name === '' || name.length > LONGEST_NAME))
    return `names a point with nothing, or with more than ${LONGEST_NAME} characters`
  const keys = names.map(nameKey)
  const twice = names.find((_, i) => keys.indexOf(keys[i] as string) !== i)
  if (twice !== undefined) return `has two points called “${twice}”`
  return { class_name, names, is_named: true, edges: edgesIn(edges, names.length) }
}

export const countedKeypoints = (class_name: string, count: number): KeypointList => ({
  class_name,
  names: Array.from({ length: count }, (_, i) => `${i + 1}`),
  is_named: false,
  edges: [],
})

/** Lines are drawn, not labelled: those that join nothing are dropped. */
function edgesIn(edges: unknown, points: number): [number, number][] {
  const isPoint = (n: unknown): n is number => Number.isInteger(n) && (n as number) >= 1 && (n as number) <= points
  const pairs = (Array.isArray(edges) ? edges : []).filter(
    (edge): edge is [number, number] =>
      Array.isArray(edge) && edge.length === 2 && edge.every(isPoint) && edge[0] !== edge[1],
  )
  return pairs.slice(0, 2 * MOST_POINTS)
}

/** A flat list x1, y1, v1, x2, y2, v2, …; what is wrong with it as a text; null if no point is labelled. */
export function readKeypoints(
  flat: readonly unknown[],
  isNumber: (n: unknown) => n is number,
): Skeleton | string | null {
  const points: Skeleton['points'] = []
  for (let i = 0; i < flat.length; i += 3) {
    const [x, y, v] = [flat[i], flat[i + 1], flat[i + 2]]
    if (v !== 0 && v !== 1 && v !== 2) return `the visibility of keypoint ${i / 3 + 1} is not 0, 1 or 2`
    if (v === 0) continue
    if (!isNumber(x) || !isNumber(y)) return `keypoint ${i / 3 + 1} is not a place`
    points.push({ id: i / 3 + 1, x, y, visibility: v })
  }
  return points.length > 0 ? { type: 'skeleton', points } : null
}

/**
 * The skeleton under a template: its points by name (by order where the file has no names). Points of the template that
 * are not labelled lie where the template has them, so that whoever labels can place them.
 * @returns null if a labelled point is none of the template
 */
export function underTemplate(
  parsed: Skeleton,
  list: KeypointList,
  template: SkeletonTemplate | undefined,
): Skeleton | null {
  if (!template) return null
  const idOf = new Map(template.points.map((p, i) => [list.is_named ? nameKey(p.name) : `${i + 1}`, p.id]))
  const labelled = new Map(parsed.points.map((p) => [idOf.get(nameKey(list.names[p.id - 1] ?? '')), p]))
  if (labelled.has(undefined)) return null
  const places = skeletonIn(template, skeletonBounds(parsed)).points
  const points = places.map(({ id, x, y }) => {
    const p = labelled.get(id)
    return p ? { ...p, id } : { id, x: hundredths(x), y: hundredths(y), visibility: 0 }
  })
  return { type: 'skeleton', points }
}

/** A template of a file's points: laid out like `sample`, the others of them on a circle. Ids are the file's numbers. */
export function templateOf({ names, edges }: KeypointList, sample: Skeleton): SkeletonTemplate {
  const b = skeletonBounds(sample)
  const placeOf = new Map(sample.points.map((p) => [p.id, [part(p.x - b.x, b.width), part(p.y - b.y, b.height)] as XY]))
  const points = names.map((name, i) => {
    const [x, y] = placeOf.get(i + 1) ?? onCircle(i / names.length)
    return { id: i + 1, name, x, y }
  })
  return { points, edges }
}

/** Thousandths, as the schema editor keeps them. */
const thousandths = (n: number): number => Math.round(Math.min(1, Math.max(0, n)) * 1000) / 1000
const part = (length: number, whole: number): number => (whole > 0 ? thousandths(length / whole) : 0.5)

function onCircle(turn: number): XY {
  const angle = 2 * Math.PI * turn
  return [thousandths(0.5 + 0.5 * Math.sin(angle)), thousandths(0.5 - 0.5 * Math.cos(angle))]
}

/** A template with the points of another that it lacks, and the lines to these. Points are the same if their names are. */
export function withTemplate(template: SkeletonTemplate, more: SkeletonTemplate): SkeletonTemplate {
  const points = [...template.points]
  const idOf = new Map(points.map((p) => [nameKey(p.name), p.id]))
  const last = Math.max(...points.map((p) => p.id))
  for (const point of more.points) {
    if (idOf.has(nameKey(point.name))) continue
    const id = Math.max(...points.map((p) => p.id)) + 1
    idOf.set(nameKey(point.name), id)
    points.push({ ...point, id })
  }
  const idIn = new Map(more.points.map((p) => [p.id, idOf.get(nameKey(p.name)) as number]))
  const lines = more.edges.map(([a, b]): [number, number] => [idIn.get(a) as number, idIn.get(b) as number])
  return { points, edges: [...template.edges, ...lines.filter((line) => line.some((id) => id > last))] }
}
