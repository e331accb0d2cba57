import { describe, expect, test } from 'vitest'
import { type Skeleton, templateProblem } from '../../model/shapes/skeleton.ts'
import { fitToImage } from './fit-to-image.ts'
import { countedKeypoints, keypointList, templateOf, underTemplate, withTemplate } from './keypoints.ts'

const skeleton = (...points: [number, number, number, 1 | 2][]): Skeleton => ({
  type: 'skeleton',
  points: points.map(([id, x, y, visibility]) => ({ id, x, y, visibility })),
})
const list = (...names: string[]) => {
  const made = keypointList('cat', names, [[1, 2]])
  if (typeof made === 'string') throw new Error(made)
  return made
}
const template = {
  points: [
    { id: 9, name: 'Tail', x: 0, y: 0 },
    { id: 4, name: 'nose', x: 1, y: 0.5 },
    { id: 7, name: 'paw', x: 1, y: 1 },
  ],
  edges: [[9, 4]] as [number, number][],
}

describe('a skeleton of a file', () => {
  test('takes the points of the template by name, in its order; the others lie where the template has them', () => {
    const parsed = skeleton([1, 10, 20, 2], [2, 30, 60, 1])
    expect(underTemplate(parsed, list('nose', 'tail'), template)?.points).toEqual([
      { id: 9, x: 30, y: 60, visibility: 1 },
      { id: 4, x: 10, y: 20, visibility: 2 },
      { id: 7, x: 30, y: 60, visibility: 0 },
    ])
  })

  test('takes them by order where the file only counts them', () => {
    const ids = underTemplate(skeleton([2, 1, 1, 2]), countedKeypoints('cat', 3), template)?.points.map((p) => [p.id, p.visibility]) // biome-ignore format: short
    expect(ids).toEqual([[9, 0], [4, 2], [7, 0]]) // biome-ignore format: short
    expect(underTemplate(skeleton([4, 1, 1, 2]), countedKeypoints('cat', 4), template)).toBeNull()
  })

  test('with a labelled point that the template lacks has no place in it', () => {
    expect(underTemplate(skeleton([2, 1, 1, 2]), list('nose', 'ear'), template)).toBeNull()
    expect(underTemplate(skeleton([1, 1, 1, 2]), list('nose', 'ear'), template)).not.toBeNull()
    expect(underTemplate(skeleton([1, 1, 1, 2]), list('nose'), undefined)).toBeNull()
  })

  test('gives a class its template: laid out as it lies, the other points on a circle', () => {
    const made = templateOf(list('a', 'b', 'c', 'd'), skeleton([1, 10, 20, 2], [3, 30, 60, 2]))
    expect(made).toEqual({
      points: [
        { id: 1, name: 'a', x: 0, y: 0 },
        { id: 2, name: 'b', x: 1, y: 0.5 },
        { id: 3, name: 'c', x: 1, y: 1 },
        { id: 4, name: 'd', x: 0, y: 0.5 },
      ],
      edges: [[1, 2]],
    })
    expect(templateOf(list('a', 'b'), skeleton([1, 5, 5, 2])).points[0]).toMatchObject({ x: 0.5, y: 0.5 })
  })

  test('gives a template only the points that it lacks, and lines only to these', () => {
    const more = templateOf(list('nose', 'tail', 'ear'), skeleton([1, 0, 0, 2]))
    const after = withTemplate(template, { ...more, edges: [[1, 2], [3, 1]] }) // biome-ignore format: short
    expect(after.points.map((p) => [p.id, p.name])).toEqual([[9, 'Tail'], [4, 'nose'], [7, 'paw'], [10, 'ear']]) // biome-ignore format: short
    expect(after.edges).toEqual([[9, 4], [10, 4]]) // biome-ignore format: short
    expect(templateProblem(after)).toBeNull()
    expect(withTemplate(template, template)).toEqual(template)
  })

  test('is turned upright with its image, and left out only if no labelled point lies in it', () => {
    const image = { width: 48, height: 64 }
    const at = (shape: Skeleton, size = image) =>
      fitToImage({ names: [], folders: [], ...size, objects: [{ class_name: 'cat', shape }], left_out: [] }, image, 6)
    expect(at(skeleton([1, 10, 20, 2]), { width: 64, height: 48 }).objects[0]?.shape).toEqual(skeleton([1, 28, 10, 2]))
    const half = skeleton([1, -3, 5, 1], [2, 5, 5, 2])
    expect(at(half).objects[0]?.shape).toEqual(half)
    expect(at(skeleton([1, -3, 5, 1])).left_out).toEqual(['object 1 (cat): outside the image'])
  })
})
