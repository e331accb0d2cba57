import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LabelClass, LabelSchema } from '../../model/label-schema.ts'
import type { Database, Tx } from '../db/connect.ts'
import { boxes, taskInHand } from '../tasks/test-work.ts'
import { type TestProject, type TestServer, TWO_CLASSES, testServer } from '../testing.ts'
import { changeSchema } from './schema-change.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const [car, person] = TWO_CLASSES.classes as [LabelClass, LabelClass]
const only = (...classes: LabelClass[]): LabelSchema => ({ classes, global_attributes: [] })
const weather = {
  id: 7,
  name: 'weather',
  type: 'radio' as const,
  is_required: false,
  options: [{ id: 1, name: 'rain' }],
  parent: null,
}

/** A revision with one car (a box with attribute 5) and the weather set: what an editor would save. */
async function drawCar({ project_id, tasks }: TestProject, kind: 'saved' | 'draft' = 'saved', value: unknown = 'red') {
  const [task_id = 0] = await tasks(1)
  const shape = { type: 'box', x: 1, y: 1, width: 5, height: 5 }
  const objects = JSON.stringify([{ id: 'a', class_id: 1, shape, attributes: { 5: value }, author_id: null }])
  const counts = { object_count: 1, class_counts: '{"1": 1}', global_attributes: '{"7": 1}' }
  await server.app.db
    .insertInto('annotation_revision')
    .values({ project_id, task_id, kind, author_id: null, stage_id: 1, session_id: null, objects, ...counts })
    .execute()
}

test('a schema is replaced as a whole, keeps its order, and its version rises', async () => {
  const { project_id, manager } = await server.project()
  const schema = only(person, { ...car, name: 'auto' })
  const saved = await manager.api.put_label_schema({ project_id, version: 1, schema })
  expect(saved).toEqual({ version: 2, schema })
  expect(await manager.api.get_label_schema({ project_id })).toEqual(saved)
})

test('of two managers who save at once, one is told to load again', async () => {
  const { project_id, manager } = await server.project()
  const save = (name: string) =>
    manager.api.put_label_schema({ project_id, version: 1, schema: only({ ...car, name }) })
  const results = await Promise.allSettled([save('first'), save('second')])
  expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(results.find((r) => r.status === 'rejected')?.reason).toMatchObject({
    status: 409,
    code: 'stale_schema',
    fields: { version: 2 },
  })
})

test('a schema with a mistake is refused with its place, and the old one stays', async () => {
  const { project_id, manager } = await server.project()
  const wrong = only(car, { ...person, name: ' CAR ' })
  await expect(manager.api.put_label_schema({ project_id, version: 1, schema: wrong })).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('schema: Two classes'),
  })
  expect(await manager.api.get_label_schema({ project_id })).toEqual({ version: 1, schema: TWO_CLASSES })
})

test('a class with objects may be marked as removed but not left out; one without may go', async () => {
  const project = await server.project()
  const { project_id, manager } = project
  await drawCar(project)
  const put = (version: number, schema: LabelSchema) => manager.api.put_label_schema({ project_id, version, schema })
  await expect(put(1, only(person))).rejects.toMatchObject({
    code: 'class_in_use',
    message: expect.stringContaining('“car”'),
    fields: { class_ids: [1] },
  })
  expect((await put(1, only({ ...car, is_removed: true }))).version).toBe(2)
})

test('what is used is found wherever it stands among many revisions', async () => {
  const project = await server.project()
  const { project_id, manager } = project
  const ids = await project.tasks(450)
  const rows = ids.flatMap((task_id) => [task_id, task_id]).map((task_id) => ({
    project_id, task_id, kind: 'saved' as const, author_id: null, stage_id: 1, session_id: null, objects: '[]',
    object_count: 0, class_counts: '{}', global_attributes: '{}',
  })) // biome-ignore format: one value
  await server.app.db.insertInto('annotation_revision').values(rows).execute()
  const put = () => manager.api.put_label_schema({ project_id, version: 1, schema: only(person) })
  for (const task_id of [ids[0], ids[99], ids[100], ids.at(-1)] as number[]) {
    const use = (class_counts: string) =>
      server.app.db.updateTable('annotation_revision').set({ class_counts }).where('project_id', '=', project_id).where('task_id', '=', task_id).execute() // biome-ignore format: one call
    await use('{"1": 1}')
    await expect(put()).rejects.toMatchObject({ code: 'class_in_use' })
    await use('{}')
  }
  expect((await put()).version).toBe(2)
})

/** The real database, on which something happens before the second transaction. */
function beforeTheSecond(db: Database, happens: () => Promise<unknown>): Database {
  let transactions = 0
  const transaction = () => ({
    execute: async (work: (tx: Tx) => Promise<unknown>) => {
      if (++transactions === 2) await happens()
      return db.transaction().execute(work)
    },
  })
  const get = (_: Database, key: keyof Database) => {
    const value = key === 'transaction' ? transaction : db[key]
    return typeof value === 'function' ? value.bind(db) : value
  }
  return new Proxy(db, { get: get as never })
}

test('nobody waits for the look at what is in use, and what they draw meanwhile counts', async () => {
  const { p, labeler, held } = await taskInHand(server)
  const draw = () => labeler.api.save_document({ ...held, document: boxes('a') })
  const leaveOut = changeSchema(beforeTheSecond(server.app.db, draw), p.project_id, 1, only(person))
  await expect(leaveOut).rejects.toMatchObject({ code: 'class_in_use', fields: { class_ids: [1] } })
  const { document } = await p.manager.api.get_task({ project_id: p.project_id, task_id: held.task_id })
  expect(document.objects).toHaveLength(1)
})

test('who draws with a class while it is left out: one of the two is told, never both served', async () => {
  for (let round = 0; round < 12; round++) {
    const { p, labeler, held } = await taskInHand(server)
    const draw = async () => {
      await wait(round * 2)
      return labeler.api.save_document({ ...held, document: boxes('a') })
    }
    const leaveOut = () =>
      p.manager.api.put_label_schema({ project_id: p.project_id, version: 1, schema: only(person) })
    const [drawn, left] = await Promise.allSettled([draw(), leaveOut()])
    expect([drawn.status, left.status].sort()).toEqual(['fulfilled', 'rejected'])
    const refusal = [drawn, left].find((r) => r.status === 'rejected')?.reason
    expect(refusal.code).toBe(left.status === 'rejected' ? 'class_in_use' : 'invalid_input')
  }
})

test('kept work that nobody sees now counts as well: undo and drafts bring it back', async () => {
  const project = await server.project()
  await drawCar(project, 'draft')
  const change = { project_id: project.project_id, version: 1, schema: only(person) }
  await expect(project.manager.api.put_label_schema(change)).rejects.toMatchObject({ code: 'class_in_use' })
})

test('a geometry or an attribute that objects have stays; others may go', async () => {
  const colour = { id: 5, name: 'colour', type: 'text' as const, is_required: false, options: [], parent: null }
  const size = { ...colour, id: 6, name: 'size' }
  const schema = { classes: [{ ...car, attributes: [colour, size] }, person], global_attributes: [weather] }
  const project = await server.project({ schema })
  const { project_id, manager } = project
  await drawCar(project)
  const put = (version: number, classes: LabelClass[], global_attributes = [weather]) =>
    manager.api.put_label_schema({ project_id, version, schema: { classes, global_attributes } })
  await expect(put(1, [{ ...car, attributes: [colour, size], geometries: ['polygon'] }, person])).rejects.toThrow(
    'objects of type box',
  )
  await expect(put(1, [{ ...car, attributes: [size] }, person])).rejects.toThrow('“colour” has values')
  await expect(put(1, [{ ...car, attributes: [colour] }, person], [])).rejects.toThrow('“weather” has values')
  expect((await put(1, [{ ...car, attributes: [colour], geometries: ['box'] }])).version).toBe(2)
})

test('an option that objects have keeps its id: it may be renamed or marked as removed, not left out', async () => {
  const [red, blue, green] = ['red', 'blue', 'green'].map((name, i) => ({ id: i + 1, name }))
  const colour = { ...weather, id: 5, name: 'colour', type: 'multi_select' as const, options: [red, blue, green] }
  const rain = { ...weather, options: [...weather.options, { id: 2, name: 'sun' }] }
  const schema = { classes: [{ ...car, attributes: [colour] } as LabelClass], global_attributes: [rain] }
  const project = await server.project({ schema })
  await drawCar(project, 'saved', [1, 2])
  const put = (version: number, options: unknown[], weatherOptions: unknown[] = rain.options) =>
    project.manager.api.put_label_schema({
      project_id: project.project_id,
      version,
      schema: {
        classes: [{ ...car, attributes: [{ ...colour, options }] } as LabelClass],
        global_attributes: [{ ...rain, options: weatherOptions } as typeof rain],
      },
    })
  await expect(put(1, [red, green])).rejects.toMatchObject({
    code: 'class_in_use',
    message: expect.stringContaining('“colour” has values of the option “blue”'),
    fields: { class_id: 1, attribute_id: 5, option_id: 2 },
  })
  await expect(put(1, [red, blue], [{ id: 2, name: 'sun' }])).rejects.toThrow(
    '“weather” has values of the option “rain”',
  )
  const kept = await put(1, [red, { ...blue, name: 'navy', is_removed: true }], [{ id: 1, name: 'wet' }])
  expect(kept.schema.classes[0]?.attributes[0]?.options[1]).toEqual({ id: 2, name: 'navy', is_removed: true })
})

test('an attribute with values keeps a type that holds them', async () => {
  const options = [{ id: 1, name: 'red' }]
  const colour = { ...weather, id: 5, name: 'colour', type: 'dropdown' as const, options }
  const schemaWith = (change: object): LabelSchema => only({ ...car, attributes: [{ ...colour, ...change }] })
  const project = await server.project({ schema: schemaWith({}) })
  await drawCar(project, 'saved', 1)
  const put = (version: number, change: object) =>
    project.manager.api.put_label_schema({ project_id: project.project_id, version, schema: schemaWith(change) })
  for (const change of [{ type: 'multi_select' }, { type: 'text', options: [] }])
    await expect(put(1, change)).rejects.toThrow('“colour” has values of type dropdown')
  expect((await put(1, { type: 'radio' })).version).toBe(2)
})

test('use in another project does not count', async () => {
  await drawCar(await server.project())
  const { project_id, manager } = await server.project()
  expect((await manager.api.put_label_schema({ project_id, version: 1, schema: only() })).version).toBe(2)
})
