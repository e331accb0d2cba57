import { expect, test } from 'vitest'
import { templateProblem } from '../../../model/shapes/skeleton.ts'
import {
  addPoint,
  changePoint,
  freePlace,
  movePoint,
  removedPoints,
  removePoint,
  restorePoint,
  shiftPoint,
  toggleEdge,
} from './skeleton-draft.ts'

const head = addPoint(undefined, 'Point', [0.5, 0.1], null).template
const pair = addPoint(head, 'Point', [0.5, 0.9], 1).template

test('points get new ids and free names, and may be joined to another', () => {
  expect(pair).toEqual({
    points: [
      { id: 1, name: 'Point 1', x: 0.5, y: 0.1 },
      { id: 2, name: 'Point 2', x: 0.5, y: 0.9 },
    ],
    edges: [[1, 2]],
  })
  const renamed = changePoint(head, 1, { name: 'point 2' })
  expect(addPoint(renamed, 'Point', [0, 0], null).template.points[1]?.name).toBe('Point 3')
  expect(templateProblem(pair)).toBeNull()
})
test('a point stays in the box', () =>
  expect(movePoint(head, 1, [-0.2, 1.23456]).points[0]).toMatchObject({ x: 0, y: 1 }))
test('the id of a saved point is not given again', () =>
  expect(addPoint(removePoint(pair, 2), 'Point', [0, 0], null, pair).id).toBe(3))
test('a saved point that was removed comes back as it was, whatever was added since', () => {
  const three = addPoint(pair, 'Point', [0, 0], 2).template
  expect([removedPoints(three, three), removedPoints(three, undefined)]).toEqual([[], []])
  const without = removePoint(removePoint(three, 2), 3)
  const { template, id } = addPoint(without, 'Point', [1, 1], 1, three)
  expect(removedPoints(template, three).map((p) => p.id)).toEqual([2, 3])
  const restored = restorePoint(template, three, 2)
  expect(restored.points.map((p) => p.id)).toEqual([1, 2, id])
  expect(restored.edges).toEqual([
    [1, id],
    [1, 2],
  ])
  const all = restorePoint(restored, three, 3)
  expect(all.points.slice(0, 3)).toEqual(three.points)
  expect(all.edges).toContainEqual([2, 3])
  expect(templateProblem(all)).toBeNull()
})
test('points that are not pointed at do not lie upon each other', () => {
  let template = addPoint(undefined, 'Point', [0.5, 0.5], null).template
  for (let i = 0; i < 3; i++) template = addPoint(template, 'Point', freePlace(template), null).template
  expect(new Set(template.points.map((p) => p.x)).size).toBe(4)
})
test('a removed point takes its lines along, the last stays', () => {
  const three = addPoint(pair, 'Point', [0, 0], 2).template
  const left = removePoint(three, 2)
  expect([left.points.map((p) => p.id), left.edges]).toEqual([[1, 3], []])
  expect(addPoint(left, 'Point', [0, 0], null).id).toBe(4)
  expect(removePoint(head, 1)).toBe(head)
})
test('lines come and go, whichever end is named first', () => {
  expect(toggleEdge(pair, 2, 1).edges).toEqual([])
  expect(toggleEdge(toggleEdge(pair, 2, 1), 2, 1).edges).toEqual([[2, 1]])
  expect(toggleEdge(pair, 1, 1)).toBe(pair)
})
test('the order changes by one place and stops at the ends', () => {
  expect(shiftPoint(pair, 2, -1).points.map((p) => p.id)).toEqual([2, 1])
  expect(shiftPoint(pair, 2, 1)).toBe(pair)
})
