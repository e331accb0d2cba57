// Predictions over HTTP: brought in by programs and files, apart from annotations, offered, accepted and rejected.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewPrediction } from '../../contract/predictions.ts'
import type { AnnotationDocument } from '../../model/annotation.ts'
import { countsText } from '../../model/shapes/rle.ts'
import type { Caller, ProjectScope } from '../handler.ts'
import { APART_BYTES } from '../imports/read-apart.ts'
import { arrange, box as object, openIt, operate, rowOf } from '../tasks/test-work.ts'
import { type TestPerson, type TestProject, type TestServer, TWO_CLASSES, testServer } from '../testing.ts'
import { deleteSome, deleteSomeGoing, replacePredictions } from './queries.ts'
import { storePredictions } from './store-predictions.ts'

let server: TestServer
let p: TestProject
let labeler: TestPerson
beforeAll(async () => {
  server = await testServer()
  p = await server.project()
  labeler = await p.member('labeler')
})
afterAll(() => server.close())

const at = () => ({ project_id: p.project_id })
const box = (x: number, score = 0.9, more: Partial<NewPrediction> = {}): NewPrediction => ({
  class_id: 1,
  shape: { type: 'box', x, y: 10, width: 20, height: 30 },
  score,
  ...more,
})
const put = (task_id: number, predictions: NewPrediction[], model = 'yolo', version = '1') =>
  p.manager.api.put_predictions({ ...at(), model, version, tasks: [{ task_id, predictions }] })
const setsOf = async (task_id: number) => (await p.manager.api.get_task_predictions({ ...at(), task_id })).sets
const keysOf = async (task_id: number) => (await setsOf(task_id)).flatMap((s) => s.predictions.map((x) => x.key))
const upload = (value: unknown, model = 'file') =>
  p.manager.api.upload_predictions({ ...at(), model, name: 'results.json' }, {
    bytes: typeof value === 'string' ? value : JSON.stringify(value),
  } as never)
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (error: { code?: string }) => error.code,
  )

describe('brought in by a program', () => {
  test('they stand best first, and neither count nor change the task', async () => {
    const [task_id] = (await p.tasks(1)) as [number]
    const before = await rowOf(server, p.project_id, task_id)
    const report = await put(task_id, [box(1, 0.4), box(50, 0.8, { class_id: undefined, class_name: ' Person ' })])
    expect(report).toMatchObject({ task_count: 1, prediction_count: 2, left_out_count: 0, unmatched_count: 0 })
    const [set] = await setsOf(task_id)
    expect(set).toMatchObject({ model: 'yolo', version: '1' })
    expect(set?.predictions.map((x) => [x.class_id, x.score])).toEqual([[2, 0.8], [1, 0.4]]) // biome-ignore format: a list
    expect(await rowOf(server, p.project_id, task_id)).toEqual(before)
  })

  test('sent again nothing doubles, and the same prediction keeps its key whatever its score', async () => {
    const [task_id, other] = (await p.tasks(2)) as [number, number]
    await put(other, [box(7)])
    const { set_id } = await put(task_id, [box(1, 0.4), box(50)])
    const keys = await keysOf(task_id)
    expect((await put(task_id, [box(1, 0.99), box(80)])).set_id).toBe(set_id)
    const now = await keysOf(task_id)
    expect(now).toHaveLength(2)
    expect(keys).toContain(now[0])
    expect(await keysOf(other)).toHaveLength(1)
    await put(task_id, [])
    expect(await keysOf(task_id)).toEqual([])
  })

  test('two models stand beside each other, the newer one first; a deleted one is gone', async () => {
    const [task_id] = (await p.tasks(1)) as [number]
    await put(task_id, [box(1)], 'old', '')
    const { set_id } = await put(task_id, [box(2)], 'new', '')
    expect((await setsOf(task_id)).map((s) => s.model)).toEqual(['new', 'old'])
    const listed = await p.manager.api.list_prediction_sets(at())
    expect(listed.find((s) => s.id === set_id)).toMatchObject({
      task_count: 1,
      prediction_count: 1,
      created_by_name: 'Manager',
    })
    await p.manager.api.delete_prediction_set({ ...at(), set_id })
    expect((await setsOf(task_id)).map((s) => s.model)).toEqual(['old'])
    expect(await codeOf(p.manager.api.delete_prediction_set({ ...at(), set_id }))).toBe('not_found')
  })

  test('a deletion that broke off in the middle is finished when it is asked for again', async () => {
    const taskIds = await p.tasks(2001)
    const { set_id } = await p.manager.api.put_predictions({
      ...at(),
      model: 'broken off',
      tasks: taskIds.map((task_id) => ({ task_id, predictions: [box(1)] })),
    })
    const { db } = server.app
    expect(await db.transaction().execute((tx) => deleteSome(tx, p.project_id, set_id))).toBe('more')
    const [set] = (await p.manager.api.list_prediction_sets(at())).filter((s) => s.id === set_id)
    expect(set?.task_count).toBe(1)
    await p.manager.api.delete_prediction_set({ ...at(), set_id })
    expect(await db.selectFrom('prediction').select('task_id').where('set_id', '=', set_id).execute()).toEqual([])
    expect(await codeOf(p.manager.api.delete_prediction_set({ ...at(), set_id }))).toBe('not_found')
  })

  test('a set that is going is offered to nobody, and the same model sent again begins a new one', async () => {
    const taskIds = await p.tasks(2001)
    const send = (tasks: number[]) =>
      p.manager.api.put_predictions({
        ...at(),
        model: 'sent again',
        tasks: tasks.map((task_id) => ({ task_id, predictions: [box(1)] })),
      })
    const { set_id } = await send(taskIds)
    const { db } = server.app
    await db.transaction().execute((tx) => deleteSome(tx, p.project_id, set_id))
    const offered = async () => (await Promise.all(taskIds.slice(-20).map(setsOf))).flat().map((s) => s.id)
    const left = await db.selectFrom('prediction').select('task_id').where('set_id', '=', set_id).execute()
    expect(left).toHaveLength(1)
    expect(await setsOf(left[0]?.task_id as number)).toEqual([])
    const again = await send(taskIds.slice(-20))
    expect(again.set_id).not.toBe(set_id)
    const listed = (await p.manager.api.list_prediction_sets(at())).filter((s) => s.model === 'sent again')
    expect(listed.map((s) => [s.id, s.is_going])).toEqual([[again.set_id, false], [set_id, true]]) // biome-ignore format: a list
    // A server that ended in the middle goes on by the mark.
    while (await deleteSomeGoing(db));
    expect(await offered()).toEqual(Array(20).fill(again.set_id))
    expect(await codeOf(p.manager.api.delete_prediction_set({ ...at(), set_id }))).toBe('not_found')
  })

  test('a class that is taken away while they are written is left out of the rest', async () => {
    const other = await server.project()
    const id = { project_id: other.project_id }
    const [task_id] = (await other.tasks(1)) as [number]
    // Given somebody who takes class 2 away as soon as the schema was read
    let changed: Promise<unknown> | null = null
    const change = async () => {
      const { version, schema } = await other.manager.api.get_label_schema(id)
      const classes = schema.classes.filter((c) => c.id !== 2)
      await other.manager.api.put_label_schema({ ...id, version, schema: { ...schema, classes } })
    }
    const db = server.app.db.withPlugin({
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        changed ??= change()
        await changed
        return result
      },
    })
    const project = { row: { id: other.project_id } } as ProjectScope
    const predictions = [box(1), box(50, 0.8, { class_id: 2 })]
    const report = await storePredictions(
      { ...server.app, db },
      project,
      { person_id: other.manager.id } as Caller,
      { model: 'slow' },
      [{ task_id, predictions, left_out: [] }],
    )
    expect(report).toMatchObject({ task_count: 1, prediction_count: 1, left_out_count: 1 })
    expect(report.left_out[0]?.reason).toBe('prediction 2: “2” is no class of this project')
    const { sets } = await other.manager.api.get_task_predictions({ ...id, task_id })
    expect(sets.flatMap((s) => s.predictions.map((x) => x.class_id))).toEqual([1])
  })

  test('nothing is written into a set that is gone', async () => {
    const [task_id] = (await p.tasks(1)) as [number]
    const { set_id } = await put(task_id, [box(1)], 'gone')
    await p.manager.api.delete_prediction_set({ ...at(), set_id })
    const late = { task_id, items: '[]', item_count: 0, class_ids: [] }
    const { db } = server.app
    expect(await db.transaction().execute((tx) => replacePredictions(tx, p.project_id, set_id, [late]))).toBe(false)
    expect(await setsOf(task_id)).toEqual([])
  })

  test('tasks are found by name and path; what fits none is told', async () => {
    const [task_id] = (await p.tasks(1, { prefix: 'named' })) as [number]
    const predictions = [box(1)]
    const report = await p.manager.api.put_predictions({
      ...at(),
      model: 'names',
      tasks: [{ name: 'some/NAMED-000001.png', predictions }, { name: 'nobody.jpg', predictions }, { task_id: 999_999_999, predictions }],
    }) // biome-ignore format: one list
    expect(report).toMatchObject({ task_count: 1, unmatched_count: 2 })
    expect(report.unmatched.map((u) => u.name).sort()).toEqual(['nobody.jpg', 'task 999999999'])
    expect(await keysOf(task_id)).toHaveLength(1)
  })

  test('what cannot be offered is left out with its reason, the rest is taken', async () => {
    const [task_id] = (await p.tasks(1)) as [number]
    const ring: [number, number][] = [[1, 1], [5, 1], [9, 1]] // biome-ignore format: a line
    const report = await put(task_id, [
      box(1),
      box(1, 0.2),
      box(5000),
      box(630),
      box(3, 1, { class_id: 77 }),
      box(4, 1, { class_id: undefined }),
      box(5, 1, { shape: { type: 'point', x: 1, y: 1 } }),
      box(6, 1, { shape: { type: 'polygon', points: ring } }),
      box(7, 1, { class_id: 2, shape: { type: 'point', x: 641, y: 1 } }),
      box(8, 1, { shape: { type: 'mask', x: 1, y: 1, width: 2, height: 2, counts: '9' } }),
      box(9, 1, { shape: { type: 'ellipse', x: 1, y: 1, width: 20, height: 20 } }),
    ])
    expect(report).toMatchObject({ prediction_count: 3, adjusted_count: 2, left_out_count: 8 })
    expect(report.left_out.map((l) => l.reason)).toEqual([
      'prediction 2 (car): the same as an earlier one',
      'prediction 3 (car): outside the image',
      'prediction 5: “77” is no class of this project',
      'prediction 6: no class',
      'prediction 7 (car): class “car” does not allow point',
      'prediction 8 (car): zero area',
      'prediction 9 (person): outside the image',
      'prediction 10 (car): the mask has counts of 9 pixels for 2 × 2',
    ])
    const shapes = (await setsOf(task_id)).flatMap((s) => s.predictions.map((x) => x.shape))
    expect(shapes).toContainEqual({ type: 'box', x: 630, y: 10, width: 10, height: 30 })
    expect(shapes).toContainEqual({ type: 'box', x: 1, y: 1, width: 20, height: 20 })
  })

  test('a mask that stands out of the image is cut like any other shape', async () => {
    const [task_id] = (await p.tasks(1)) as [number]
    const mask = { type: 'mask' as const, x: 630, y: 10, width: 20, height: 30, counts: countsText([0, 600]) }
    const report = await put(task_id, [box(1, 1, { shape: mask })])
    expect(report).toMatchObject({ prediction_count: 1, adjusted_count: 1, left_out_count: 0 })
    const [set] = await setsOf(task_id)
    expect(set?.predictions[0]?.shape).toEqual({ type: 'box', x: 630, y: 10, width: 10, height: 30 })
  })

  test('hostile input is refused by name, and nothing of it is stored', async () => {
    const [task_id] = (await p.tasks(1)) as [number]
    const bad: object[] = [
      { score: 1.2 },
      { score: Number.NaN },
      { id: 'a b' },
      { id: 'x'.repeat(41) },
      { class_id: -1 },
      { shape: { type: 'box', x: 1e300, y: 0, width: 1, height: 1 } },
      { shape: { type: 'polygon', points: [[0, 0]] } },
      { shape: { type: '__proto__' } },
      { extra: 1 },
    ]
    for (const more of bad)
      expect([more, await codeOf(put(task_id, [{ ...box(1), ...more } as never]))]).toEqual([more, 'invalid_input'])
    expect(await codeOf(put(task_id, [box(1)], ' '))).toBe('invalid_input')
    expect(await keysOf(task_id)).toEqual([])
  })

  test('a hundred thousand in one request', async () => {
    const many = await server.project()
    const tasks = (await many.tasks(1000)).map((task_id) => ({
      task_id,
      predictions: Array.from({ length: 100 }, (_, i) => box(i, 0.5)),
    }))
    const send = () => many.manager.api.put_predictions({ project_id: many.project_id, model: 'many', tasks })
    expect(await send()).toMatchObject({ task_count: 1000, prediction_count: 100_000 })
    expect(await send()).toMatchObject({ task_count: 1000, prediction_count: 100_000 })
    const sets = await many.manager.api.list_prediction_sets({ project_id: many.project_id })
    expect(sets).toMatchObject([{ task_count: 1000, prediction_count: 100_000 }])
  }, 120_000)
})

describe('brought in by a file', () => {
  test('a large one is read in a thread of its own, and comes to the same', async () => {
    const taskIds = await p.tasks(1200)
    const results = taskIds.flatMap((image_id) =>
      [1, 2, 3].map((x) => ({ image_id, category_id: 1, bbox: [x, 2, 30, 40], score: x / 4 })),
    )
    const text = JSON.stringify(results)
    const report = await upload(text)
    expect(report).toMatchObject({ task_count: 1200, prediction_count: 3600 })
    expect(await upload(text + ' '.repeat(APART_BYTES))).toEqual(report)
    expect(await codeOf(upload(`${text},${' '.repeat(APART_BYTES)}`))).toBe('unsupported_media')
  })

  test('COCO results with our ids, or names in their place', async () => {
    const [task_id] = (await p.tasks(1, { prefix: 'result' })) as [number]
    const report = await upload([
      { image_id: task_id, category_id: 1, bbox: [1, 2, 30, 40], score: 0.7 },
      { image_id: 'result-000001.jpg', category_id: 'Person', segmentation: [[0, 0, 30, 0, 30, 30]], score: 0.6 },
      { image_id: task_id, category_id: 1, bbox: [1, 2, 0, 40], score: 0.7 },
      { image_id: task_id, category_id: 1, bbox: [1, 2, 3, 4], score: 7 },
      { category_id: 1, bbox: [1, 2, 3, 4], score: 0.5 },
      null,
    ])
    expect(report).toMatchObject({ task_count: 1, prediction_count: 2, unmatched_count: 0 })
    expect(report.left_out.map((l) => l.reason)).toContain('result 3: zero area: [1, 2, 0, 40]')
    expect(report.left_out.map((l) => l.reason)).toContain('result 5: no image_id')
    expect(report.left_out.map((l) => l.reason)).toContain('result 4: the score is not within 0 and 1')
  })

  test('COCO instances with scores, and our own form', async () => {
    const [a, b] = (await p.tasks(2, { prefix: 'instance' })) as [number, number]
    const coco = {
      images: [{ id: 7, file_name: 'x/instance-000001.jpg' }],
      categories: [{ id: 3, name: 'CAR' }],
      annotations: [{ id: 1, image_id: 7, category_id: 3, bbox: [1, 2, 30, 40], score: 0.25 }],
    }
    expect(await upload(coco)).toMatchObject({ task_count: 1, prediction_count: 1, unmatched_count: 0 })
    expect((await setsOf(a))[0]?.predictions).toMatchObject([{ class_id: 1, score: 0.25 }])
    expect(await upload({ tasks: [{ task_id: b, predictions: [box(1)] }] })).toMatchObject({ prediction_count: 1 })
    expect(await keysOf(b)).toHaveLength(1)
  })

  test('keypoints, by order in results and by name in instances, where the class has a skeleton', async () => {
    const skeleton = { points: [{ id: 5, name: 'head', x: 0, y: 0 }, { id: 2, name: 'tail', x: 1, y: 1 }], edges: [] } // biome-ignore format: short
    const classes = TWO_CLASSES.classes.map((c) =>
      c.id === 1 ? { ...c, geometries: ['skeleton' as const], skeleton } : { ...c, geometries: ['box' as const] },
    )
    const other = await server.project({ schema: { classes, global_attributes: [] } })
    const at = { project_id: other.project_id }
    const { api } = other.manager
    const [task_id] = (await other.tasks(1)) as [number]
    const send = (value: unknown, model: string) =>
      api.upload_predictions({ ...at, model, name: 'pose.json' }, { bytes: JSON.stringify(value) } as never)
    const keypoints = [30, 40, 0.93, 50, 60, 0.2]
    const pose = { type: 'skeleton', points: [{ id: 5, x: 30, y: 40, visibility: 2 }, { id: 2, x: 50, y: 60, visibility: 2 }] } // biome-ignore format: short
    // Class 1 has points, class 2 has only boxes
    const results = [1, 2].map((category_id) => ({ image_id: task_id, category_id, keypoints, score: 0.5 }))
    expect((await send(results, 'results')).left_out).toEqual([])
    const category = { id: 3, name: 'CAR', keypoints: ['Tail', 'head'] }
    const annotations = [{ image_id: 1, category_id: 3, keypoints: [50, 60, 2, 30, 40, 2], score: 0.5 }]
    await send({ images: [{ id: 1, file_name: 'image-000001.jpg' }], categories: [category], annotations }, 'instances')
    const { sets } = await api.get_task_predictions({ ...at, task_id })
    expect(sets.map((s) => s.predictions.map((x) => x.shape))).toEqual([
      [pose],
      [pose, { type: 'box', x: 30, y: 40, width: 20, height: 20 }],
    ])
    const bad = [[1, 2], Array(603).fill(1), ['x', 1, 1, 1, 1, 1]].map((k) => ({
      image_id: task_id,
      category_id: 1,
      keypoints: k,
    }))
    expect((await send(bad, 'bad')).left_out.map((l) => l.reason)).toEqual([
      'result 1: 2 numbers are no keypoints',
      'result 2: 603 numbers are no keypoints',
      'result 3: keypoint 1 is not a place',
    ])
  })

  test('other files are refused with a sentence', async () => {
    for (const [value, code] of [
      ['{', 'unsupported_media'],
      [{ a: 1 }, 'unsupported_media'],
      ['"text"', 'unsupported_media'],
      [{ tasks: [{ task_id: 1, predictions: [{}] }] }, 'invalid_input'],
      [{ annotations: [] }, 'unsupported_media'],
    ] as const)
      expect([value, await codeOf(upload(value))]).toEqual([value, code])
  })
})

describe('looked at by a person', () => {
  const key = async (task_id: number) => (await keysOf(task_id))[0] as string
  const accepted = (id: string, prediction_id: string) => ({ ...object(id), prediction_id })

  async function offered() {
    const [task_id] = (await p.tasks(1, { stage_id: p.stage('label') })) as [number]
    await put(task_id, [box(1), box(50)])
    await arrange(server, p.project_id, new Map([[task_id, { assignee_id: labeler.id }]]))
    const held = await openIt(labeler.api, p.project_id, task_id)
    const save = (document: AnnotationDocument) => labeler.api.save_document({ ...held, document })
    return { task_id, held, save, keys: await keysOf(task_id) }
  }

  test('the labeler sees those of their own task only', async () => {
    const { task_id } = await offered()
    expect((await labeler.api.get_task_predictions({ ...at(), task_id })).sets).toHaveLength(1)
    const [others] = (await p.tasks(1, { stage_id: p.stage('label') })) as [number]
    expect(await codeOf(labeler.api.get_task_predictions({ ...at(), task_id: others }))).toBe('not_found')
  })

  test('an accepted one is an object, counted, and remembers what it was; rejected ones stay rejected', async () => {
    const { task_id, held, save, keys } = await offered()
    const [first = '', second = ''] = keys
    await save({ objects: [accepted('a', first)], global_attributes: {}, rejected_predictions: [second] })
    expect((await rowOf(server, p.project_id, task_id)).object_count).toBe(1)
    // Sent again by the model, opened again by the person.
    await put(task_id, [box(1), box(50)])
    await labeler.api.release_task(held)
    const { document } = await labeler.api.open_task({ ...at(), task_id, session_id: held.session_id })
    expect(document.rejected_predictions).toEqual([second])
    expect(document.objects).toMatchObject([{ id: 'a', prediction_id: first, author_id: labeler.id }])
  })

  test('where an object came from is told once, of a set of this project', async () => {
    const { task_id, save } = await offered()
    const real = await key(task_id)
    const elsewhere = await server.project()
    const [far] = (await elsewhere.tasks(1)) as [number]
    const { set_id } = await elsewhere.manager.api.put_predictions({
      project_id: elsewhere.project_id,
      model: 'far',
      tasks: [{ task_id: far, predictions: [] }],
    })
    await save({ objects: [object('a'), accepted('b', `${set_id}-x`), accepted('c', real)], global_attributes: {} })
    await save({ objects: [accepted('a', real), object('c')], global_attributes: {} })
    const { document } = await labeler.api.get_task({ ...at(), task_id })
    expect(document.objects.map((o) => [o.id, o.prediction_id])).toEqual([['a', undefined], ['c', real]]) // biome-ignore format: a list
  })

  test('a save that does not speak of rejected ones leaves them as they are', async () => {
    const { task_id, save, keys } = await offered()
    await save({ objects: [], global_attributes: {}, rejected_predictions: keys })
    await save({ objects: [object('a')], global_attributes: {} })
    expect((await labeler.api.get_task({ ...at(), task_id })).document.rejected_predictions).toEqual(keys)
    await save({ objects: [object('a')], global_attributes: {}, rejected_predictions: [] })
    expect((await labeler.api.get_task({ ...at(), task_id })).document.rejected_predictions).toBeUndefined()
  })

  test('removing annotations leaves the predictions, all of them to be looked at again', async () => {
    const { task_id, held, save, keys } = await offered()
    await save({
      objects: [accepted('a', keys[0] as string)],
      global_attributes: {},
      rejected_predictions: [keys[1] as string],
    })
    await labeler.api.release_task(held)
    const operation = await operate(
      p.manager.api,
      p.project_id,
      'change-status',
      { stage_id: p.stage('prepare'), remove_annotations: true },
      [task_id],
    )
    expect((await labeler.api.get_task({ ...at(), task_id })).document).toEqual({ objects: [], global_attributes: {} })
    expect(await keysOf(task_id)).toEqual(keys)
    await p.manager.api.undo_operation({ ...at(), operation_id: operation.id })
    expect((await labeler.api.get_task({ ...at(), task_id })).document.rejected_predictions).toEqual([keys[1]])
  })

  test('a claimed task comes with what was rejected before', async () => {
    const fresh = await server.project()
    const person = await fresh.member('labeler', 'claimer')
    const [task_id] = (await fresh.tasks(1, { stage_id: fresh.stage('label') })) as [number]
    const id = { project_id: fresh.project_id }
    await fresh.manager.api.put_predictions({ ...id, model: 'm', tasks: [{ task_id, predictions: [box(1)] }] })
    const claim = async () => (await person.api.claim_task({ ...id, kind: 'label', session_id: 'session-1234' })).opened
    const held = await claim()
    const rejected_predictions = ['1-abc']
    await person.api.save_document({
      ...id,
      task_id,
      session_id: 'session-1234',
      generation: held?.generation as number,
      document: { objects: [], global_attributes: {}, rejected_predictions },
    })
    expect((await claim())?.document.rejected_predictions).toEqual(rejected_predictions)
  })

  test('a class that has predictions is not taken away', async () => {
    const other = await server.project()
    const id = { project_id: other.project_id }
    const [task_id] = (await other.tasks(1)) as [number]
    await other.manager.api.put_predictions({ ...id, model: 'm', tasks: [{ task_id, predictions: [box(1)] }] })
    const { version, schema } = await other.manager.api.get_label_schema(id)
    const without = { ...schema, classes: schema.classes.filter((c) => c.id !== 1) }
    expect(await codeOf(other.manager.api.put_label_schema({ ...id, version, schema: without }))).toBe('class_in_use')
  })
})
