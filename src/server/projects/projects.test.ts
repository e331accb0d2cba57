import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestServer, testServer } from '../testing.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const create = (more: object = {}) =>
  server.owner.create_project({ organization_id: server.organization_id, name: ' Cells ', ...more })
const label = { kind: 'label' as const, name: 'Label' }
const ends = [
  { kind: 'prepare' as const, name: 'Prepare' },
  { kind: 'completed' as const, name: 'Done' },
] as const

test('a new project has the default workflow, settings, an empty schema, and its creator as manager', async () => {
  const project = await create()
  expect(project).toMatchObject({ name: 'Cells', description: '', is_sample: false, role: 'manager' })
  expect(project.stages.map((s) => [s.id, s.position, s.kind, s.name])).toEqual([
    [1, 1, 'prepare', 'Prepare'],
    [2, 2, 'label', 'Label'],
    [3, 3, 'review', 'Review'],
    [4, 4, 'completed', 'Completed'],
  ])
  expect(project.settings).toEqual({
    review_enabled: true,
    review_sampling_percent: 100,
    idle_threshold_s: 60,
    lease_timeout_s: 1800,
    allow_skip: true,
    allow_self_review: false,
    release_on_import: false,
  })
  expect(await server.owner.get_label_schema({ project_id: project.id })).toEqual({
    version: 1,
    schema: { classes: [], global_attributes: [] },
  })
  expect(await server.owner.get_project({ project_id: project.id })).toEqual(project)
})

test('own stages and settings are taken; a workflow that cannot work is refused, and nothing is half created', async () => {
  const project = await create({
    stages: [ends[0], label, { kind: 'label', name: ' Second ' }, ends[1]],
    settings: { review_sampling_percent: 12.5, allow_skip: false },
  })
  expect(project.stages.map((s) => s.name)).toEqual(['Prepare', 'Label', 'Second', 'Done'])
  expect(project.settings).toMatchObject({ review_sampling_percent: 12.5, allow_skip: false, idle_threshold_s: 60 })
  const before = (await server.owner.list_projects({})).length
  await expect(create({ stages: [ends[0], label, label] })).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('stages:'),
  })
  await expect(create({ stages: [ends[0], label, { ...label, name: 'label' }, ends[1]] })).rejects.toThrow('differ')
  const twice = {
    id: 1,
    name: 'car',
    color: '#000000',
    hotkey: null,
    geometries: ['box'],
    attributes: [],
    is_removed: false,
  }
  await expect(
    create({ schema: { classes: [twice, { ...twice, name: 'bus' }], global_attributes: [] } }),
  ).rejects.toThrow('schema: Two classes have the same id.')
  expect(await server.owner.list_projects({})).toHaveLength(before)
})

test('name, description, settings and stage names change; what is not sent stays', async () => {
  const { id: project_id } = await create({ description: 'old' })
  const changed = await server.owner.update_project({
    project_id,
    name: 'Blood',
    settings: { allow_skip: false },
    stage_names: [{ id: 2, name: 'Draw' }],
  })
  expect(changed).toMatchObject({
    name: 'Blood',
    description: 'old',
    settings: { allow_skip: false, review_enabled: true },
  })
  expect(changed.stages.map((s) => s.name)).toEqual(['Prepare', 'Draw', 'Review', 'Completed'])
  expect(await server.owner.update_project({ project_id })).toEqual(changed)
})

test('two stages may swap names, but no two may share one, and other projects’ stages are unknown', async () => {
  const { id: project_id } = await create()
  const swap = [
    { id: 2, name: 'Review' },
    { id: 3, name: 'Label' },
  ]
  expect((await server.owner.update_project({ project_id, stage_names: swap })).stages.map((s) => s.name)).toEqual([
    'Prepare',
    'Review',
    'Label',
    'Completed',
  ])
  const refused = (stage_names: { id: number; name: string }[]) =>
    expect(server.owner.update_project({ project_id, name: 'Half', stage_names })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  await refused([{ id: 2, name: 'Completed' }])
  await refused([{ id: 9, name: 'Nine' }])
  await refused([
    { id: 2, name: 'A' },
    { id: 2, name: 'B' },
  ])
  expect((await server.owner.get_project({ project_id })).name).toBe('Cells')
})

test('the list shows each person their projects, with tasks counted', async () => {
  const { project_id, stage, tasks, member, manager } = await server.project()
  const labeler = await member('labeler', 'list-labeler')
  await tasks(3)
  await tasks(2, { stage_id: stage('completed'), prefix: 'done' })
  const seen = await labeler.api.list_projects({})
  expect(seen).toMatchObject([{ id: project_id, role: 'labeler', task_count: 5, completed_count: 2 }])
  expect((await manager.api.list_projects({})).find((p) => p.id === project_id)?.role).toBe('manager')
  const all = await server.owner.list_projects({})
  expect(all.length).toBeGreaterThan(1)
  expect(all.find((p) => p.id === project_id)).toMatchObject({ role: 'manager', task_count: 5 })
  const nobody = await server.person('member', 'list-nobody')
  expect(await nobody.api.list_projects({})).toEqual([])
})
