import { afterAll, beforeAll, expect, test } from 'vitest'
import { shapeBounds } from '../../model/shapes/index.ts'
import { maskProblem } from '../../model/shapes/mask.ts'
import { type TestServer, testServer } from '../testing.ts'
import { drawScene } from './draw.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

test('a scene is the same each time, and its ground truth lies inside the image', () => {
  const types = new Set<string>()
  for (let number = 0; number < 24; number++) {
    const scene = drawScene(number)
    expect(drawScene(number)).toEqual(scene)
    expect(scene.objects.length).toBeGreaterThan(2)
    for (const { shape } of scene.objects) {
      types.add(shape.type)
      expect(shape.type === 'mask' && maskProblem(shape, scene)).toBeFalsy()
      const b = shapeBounds(shape)
      expect(b.x).toBeGreaterThanOrEqual(0)
      expect(b.y).toBeGreaterThanOrEqual(0)
      expect(b.x + b.width).toBeLessThanOrEqual(scene.width)
      expect(b.y + b.height).toBeLessThanOrEqual(scene.height)
    }
  }
  expect([...types].sort()).toEqual(['box', 'mask', 'polygon'])
})

test('the sample project has tasks in every stage, skips, splits and history', async () => {
  const project = await server.owner.create_sample_project({ organization_id: server.organization_id })
  const project_id = project.id
  const summary = await server.owner.get_task_summary({ project_id })
  expect(summary.total).toBe(24)
  expect(summary.stages.map((s) => s.total)).toEqual([6, 7, 4, 7])
  expect(summary).toMatchObject({ skipped: 2, returned: 1, splits: { train: 5, validation: 1, test: 1, none: 17 } })
  const { tasks } = await server.owner.list_tasks({ project_id, sort: 'name' })
  const completed = tasks.filter((t) => t.completed_at !== null)
  expect(completed).toHaveLength(7)
  expect(completed.every((t) => t.object_count > 0 && t.duration_ms > 0 && t.review_ms > 0)).toBe(true)
  const { events } = await server.owner.get_task_history({ project_id, task_id: completed[0]?.id as number })
  expect(events.map((e) => e.kind).reverse()).toEqual([
    'created',
    'released',
    'assigned',
    'opened',
    'submitted',
    'assigned',
    'opened',
    'approved',
    'split_set',
  ])
  const returned = await server.owner.claim_task({ project_id, kind: 'label', session_id: 'sample-session' })
  expect(returned).toMatchObject({
    source: 'returned',
    opened: { returned_comment: 'One object is missing on the left.' },
  })
})
