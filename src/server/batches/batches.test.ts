import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServer, testServer } from '../testing.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

test('batches are listed newest first with their tasks counted', async () => {
  const { project_id, manager, tasks, stage } = await server.project()
  const first = await manager.api.create_batch({ project_id, name: ' Monday ' })
  const second = await manager.api.create_batch({ project_id, name: 'Tuesday' })
  expect(first).toMatchObject({ name: 'Monday', task_count: 0, completed_count: 0 })
  await tasks(3, { batch_id: first.id })
  await tasks(2, { batch_id: first.id, stage_id: stage('completed'), prefix: 'done' })
  await tasks(4)
  const list = await manager.api.list_batches({ project_id })
  expect(list.map((b) => [b.id, b.task_count, b.completed_count])).toEqual([
    [second.id, 0, 0],
    [first.id, 5, 2],
  ])
})

test('a name belongs to one batch of a project, in any spelling', async () => {
  const { project_id, manager } = await server.project()
  const other = await server.project()
  const monday = await manager.api.create_batch({ project_id, name: 'Monday' })
  const friday = await manager.api.create_batch({ project_id, name: 'Friday' })
  await expect(manager.api.create_batch({ project_id, name: 'MONDAY ' })).rejects.toMatchObject({
    code: 'already_exists',
  })
  await expect(manager.api.rename_batch({ project_id, batch_id: friday.id, name: 'monday' })).rejects.toMatchObject({
    code: 'already_exists',
  })
  expect((await manager.api.rename_batch({ project_id, batch_id: monday.id, name: 'monday' })).name).toBe('monday')
  expect((await other.manager.api.create_batch({ project_id: other.project_id, name: 'Monday' })).name).toBe('Monday')
})

test('a batch of another project is not found', async () => {
  const { project_id, manager } = await server.project()
  const other = await server.project()
  const { id: batch_id } = await other.manager.api.create_batch({ project_id: other.project_id, name: 'Theirs' })
  await expect(manager.api.rename_batch({ project_id, batch_id, name: 'Mine' })).rejects.toMatchObject({
    code: 'not_found',
  })
})
