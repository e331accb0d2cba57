import { describe, expect, test } from 'vitest'
import type { Skeleton } from '../../model/shapes/skeleton.ts'
import { object, testEditor } from '../test-editor.ts'

const pair = (head: number[], tail: number[], visibility = [2, 2]): Skeleton => ({
  type: 'skeleton',
  points: [
    { id: 1, x: head[0] as number, y: head[1] as number, visibility: visibility[0] as number },
    { id: 4, x: tail[0] as number, y: tail[1] as number, visibility: visibility[1] as number },
  ],
})
const animal = object('a', pair([50, 60], [150, 160]))
const given = () => testEditor({ objects: [animal] }).click(100, 100)

describe('placing a skeleton', () => {
  test('a dragged box takes the template of the class, all points seen', () => {
    const t = testEditor().keys('s').drag([50, 60], [150, 160])
    expect(t.shapes()).toEqual([animal.shape])
    expect(t.problem()).toBeNull()
  })
  test('beyond the edge its points stay in the image', () =>
    expect(testEditor().keys('s').drag([350, 250], [900, 900]).shapes()).toEqual([pair([350, 250], [400, 300])]))
})

describe('a selected skeleton', () => {
  test('points are dragged one by one, and the whole by its inside', () => {
    expect(given().drag([150, 160], [170, 165]).shapes()).toEqual([pair([50, 60], [170, 165])])
    expect(given().drag([100, 100], [110, 90]).shapes()).toEqual([pair([60, 50], [160, 150])])
  })
  test('Alt + click: seen, hidden, not labelled, seen; each an undo', () => {
    const t = given()
    const states = [0, 1, 2].map(() => (t.click(50, 60, { alt: true }).shapes()[0] as Skeleton).points[0]?.visibility)
    expect([states, t.problem()]).toEqual([[1, 0, 2], null])
    expect(t.keys('ctrl+z', 'ctrl+z').shapes()).toEqual([pair([50, 60], [150, 160], [1, 2])])
  })
  test('points that were beyond the edge move along and are not drawn in', () => {
    const t = testEditor({ objects: [object('over', pair([350, 60], [450, 160]))] }).click(380, 80)
    expect(t.keys('ArrowLeft').shapes()).toEqual([pair([349, 60], [449, 160])])
    expect(t.drag([380, 80], [370, 90]).shapes()).toEqual([pair([339, 70], [439, 170])])
  })
  test('a point is never removed, nor one added between', () => {
    const t = given().doubleClick(50, 60).drag([100, 110], [100, 110])
    expect((t.shapes()[0] as Skeleton).points.length).toBe(2)
  })
  test('another class takes it only with the same points', () => {
    const t = given().keys('2')
    expect([t.classes(), t.notice()]).toEqual([[1], '“line” does not allow skeletons.'])
  })
})

test('what lies within its bounds is hit first', () => {
  const t = testEditor({ objects: [object('p', { type: 'ellipse', x: 90, y: 90, width: 20, height: 20 }), animal] })
  expect(t.click(100, 100).selection()).toEqual(['p'])
})
