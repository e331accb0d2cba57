// Annotations over HTTP: upload, report, Confirm. The database is real, the tasks have no image files unless said.
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiError } from '../../contract/client.ts'
import { documentProblem } from '../../model/annotation.ts'
import type { LabelClass, LabelSchema } from '../../model/label-schema.ts'
import { exported } from '../exports/test-archives.ts'
import type { ProjectScope } from '../handler.ts'
import { picture } from '../images/test-images.ts'
import { purgeExpired, purgeImportedDocuments } from '../jobs/purge-queries.ts'
import { importAnnotations } from '../operations/import-annotations.ts'
import { requireUnused } from '../projects/schema-change.ts'
import { type TestProject, type TestServer, TWO_CLASSES, testServer } from '../testing.ts'
import { takeAnnotationFile } from './annotation-import.ts'
import { type ImportRow, importById } from './queries.ts'
import { APART_BYTES } from './read-apart.ts'
import { zip } from './test-zips.ts'

let server: TestServer
beforeAll(async () => {
  // So small that five tasks are already a large operation: it goes on in the background, two tasks a step.
  server = await testServer({ PIXLHUB_SMALL_OPERATION: '4', PIXLHUB_STEP: '2' })
})
afterAll(() => server.close())

type Box = [string, number, number, number, number]
const voc = (filename: string, boxes: Box[], size = '<size><width>640</width><height>480</height></size>') =>
  `<annotation><filename>${filename}</filename>${size}${boxes.map(([name, x0, y0, x1, y1]) => `<object><name>${name}</name><bndbox><xmin>${x0}</xmin><ymin>${y0}</ymin><xmax>${x1}</xmax><ymax>${y1}</ymax></bndbox></object>`).join('')}</annotation>`

async function open(
  project: TestProject,
  format: 'voc' | 'coco' | 'yolo' | 'yolo_obb',
  files: Record<string, string | Buffer>,
) {
  const { api } = project.manager
  const at = {
    project_id: project.project_id,
    import_id: (await api.create_import({ project_id: project.project_id, kind: 'annotations', format })).id,
  }
  const upload = (name: string, bytes: string | Buffer) =>
    api.upload_file({ ...at, name }, { bytes: Buffer.from(bytes as string) })
  for (const [name, bytes] of Object.entries(files)) await upload(name, bytes)
  return {
    ...at,
    upload,
    finish: () => api.finish_import(at),
    confirm: (unknown_classes: 'create' | 'leave_out' = 'create') => api.confirm_import({ ...at, unknown_classes }),
    items: async () => (await api.list_import_items(at)).items,
  }
}

const documentOf = (p: TestProject, task_id: number) => p.manager.api.get_task({ project_id: p.project_id, task_id })
const revisionsOf = (p: TestProject) =>
  server.app.db.selectFrom('annotation_revision').selectAll().where('project_id', '=', p.project_id).execute()
async function settled(p: TestProject, run: ImportRow) {
  const at = { project_id: p.project_id, operation_id: run.operation_id as number }
  await expect.poll(async () => (await p.manager.api.get_operation(at)).state, { timeout: 20_000 }).toBe('done')
  return p.manager.api.get_operation(at)
}
async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (e: unknown) => e,
  )
  return error instanceof ApiError ? error.code : error
}

describe('an import of annotations', () => {
  test('reports first and applies nothing before Confirm', async () => {
    // Given three tasks, and files with a known class, two unknown ones, a box without area and one that reaches out
    const p = await server.project()
    const [first, second] = await p.tasks(3)
    const run = await open(p, 'voc', {
      'a/image-000001.xml': voc('image-000001.jpg', [
        ['truck', 1, 2, 11, 22],
        ['Car', 5, 5, 5, 5],
        ['car', 630, 470, 650, 490],
      ]),
      'a/image-000002.xml': voc('IMAGE-000002.png', [
        ['bus', 0, 0, 640, 480],
        ['truck', 1, 1, 2, 2],
      ]),
      'a/other.xml': voc('other.jpg', [['car', 1, 1, 2, 2]]),
      'a/broken.xml': '<annotation>',
    })
    // When all files are sent
    const { state, report, rejected_count } = await run.finish()
    // Then the report says what Confirm would do
    expect({ state, rejected_count }).toEqual({ state: 'reported', rejected_count: 1 })
    expect(report).toEqual({
      files: 3,
      matched_tasks: 2,
      objects: 4,
      unmatched: ['a/other.xml'],
      unmatched_count: 1,
      not_in_prepare_count: 0,
      ambiguous: [],
      ambiguous_count: 0,
      replaced_count: 0,
      unknown_classes: [
        { name: 'truck', objects: 2, geometries: ['box'] },
        { name: 'bus', objects: 1, geometries: ['box'] },
      ],
      known_classes: [{ name: 'car', objects: 1, geometries: ['box'] }],
      disallowed_geometries: [],
      left_out: [{ name: 'a/image-000001.xml', reason: 'object 2 (Car): zero area: (5, 5) – (5, 5)' }],
      left_out_count: 1,
      adjusted: [{ name: 'a/image-000001.xml', reason: '1 object clipped to the image' }],
      adjusted_count: 1,
    })
    expect((await run.items()).map((i) => [i.name, i.outcome, i.task_id])).toEqual([
      ['a/image-000001.xml', 'matched', first],
      ['a/image-000002.xml', 'matched', second],
      ['a/other.xml', 'unmatched', null],
      ['a/broken.xml', 'rejected', null],
    ])
    // and nothing has changed
    expect(await revisionsOf(p)).toEqual([])
    expect((await p.manager.api.get_label_schema({ project_id: p.project_id })).schema.classes).toHaveLength(2)

    // When it is confirmed
    const confirmed = await run.confirm('create')
    // Then classes stand behind the others in order of appearance, and objects are on the tasks
    expect(confirmed).toMatchObject({ state: 'done', finished_at: expect.any(String) })
    expect(await settled(p, confirmed)).toMatchObject({ name: 'import-annotations', applied: 2, refused: 0 })
    const { schema } = await p.manager.api.get_label_schema({ project_id: p.project_id })
    expect(schema.classes.map((c) => [c.id, c.name])).toEqual([
      [1, 'car'],
      [2, 'person'],
      [3, 'truck'],
      [4, 'bus'],
    ])
    const { task, document } = await documentOf(p, first as number)
    expect(task).toMatchObject({ object_count: 2, class_counts: { 3: 1, 1: 1 } })
    expect(document.objects.map((o) => [o.class_id, o.shape, o.author_id])).toEqual([
      [3, { type: 'box', x: 1, y: 2, width: 10, height: 20 }, null],
      [1, { type: 'box', x: 630, y: 470, width: 10, height: 10 }, null],
    ])
    const { events } = await p.manager.api.get_task_history({ project_id: p.project_id, task_id: first as number })
    expect(events[0]).toMatchObject({
      kind: 'annotations_imported',
      before: { object_count: 0 },
      after: { object_count: 2 },
    })
  })

  test('may leave unknown classes out, and geometries that a class does not allow', async () => {
    const p = await server.project({
      schema: {
        classes: [
          {
            id: 5,
            name: 'car',
            color: '#e5484d',
            hotkey: null,
            geometries: ['polygon'],
            attributes: [],
            is_removed: false,
          },
        ],
        global_attributes: [],
      },
    })
    const [first] = await p.tasks(1)
    const coco = {
      images: [{ id: 1, file_name: 'image-000001.jpg', width: 640, height: 480 }],
      categories: [
        { id: 1, name: 'car' },
        { id: 2, name: 'bus' },
      ],
      annotations: [
        { id: 1, image_id: 1, category_id: 1, bbox: [1, 1, 5, 5] },
        { id: 2, image_id: 1, category_id: 1, segmentation: [[1, 1, 9, 1, 9, 9]] },
        { id: 3, image_id: 1, category_id: 2, bbox: [1, 1, 5, 5] },
      ],
    }
    const run = await open(p, 'coco', { 'instances.json': JSON.stringify(coco) })
    const { report } = await run.finish()
    expect(report?.disallowed_geometries).toEqual([{ name: 'car', geometry: 'box', objects: 1 }])
    await settled(p, await run.confirm('leave_out'))
    const { document } = await documentOf(p, first as number)
    expect(document.objects.map((o) => o.shape.type)).toEqual(['polygon'])
    expect((await p.manager.api.get_label_schema({ project_id: p.project_id })).schema.classes).toHaveLength(1)
  })

  test('touches only tasks in Prepare, replaces what they have, and can be undone', async () => {
    // Given one task with objects in Prepare, and one in Label
    const p = await server.project()
    const [first, second] = await p.tasks(2)
    const before = await open(p, 'voc', { 'image-000001.xml': voc('image-000001.jpg', [['car', 1, 1, 9, 9]]) })
    await before.finish()
    await settled(p, await before.confirm())
    const api = p.manager.api
    await api.run_operation({
      project_id: p.project_id,
      name: 'change-status',
      params: { stage_id: p.stage('label') },
      selection: { ids: [second as number] },
      key: 'release-one-task',
    })
    // When both get annotations
    const run = await open(p, 'voc', {
      '1.xml': voc('image-000001.jpg', [
        ['person', 1, 1, 3, 3],
        ['person', 2, 2, 4, 4],
      ]),
      '2.xml': voc('image-000002.jpg', [['unicorn', 1, 1, 3, 3]]),
    })
    const { report } = await run.finish()
    expect(report).toMatchObject({
      matched_tasks: 2,
      not_in_prepare_count: 1,
      replaced_count: 1,
      objects: 2,
      unknown_classes: [],
    })
    const operation = await settled(p, await run.confirm())
    // Then only the first one has them
    expect(operation).toMatchObject({ applied: 1, refused: 1, is_undoable: true })
    const { results } = await api.list_operation_results({ project_id: p.project_id, operation_id: operation.id })
    expect(results.map((r) => [r.task_id, r.outcome, r.reason])).toEqual([
      [first, 'applied', null],
      [second, 'refused', 'not_in_prepare'],
    ])
    expect((await documentOf(p, first as number)).task).toMatchObject({ object_count: 2, class_counts: { 2: 2 } })
    expect((await documentOf(p, second as number)).task.object_count).toBe(0)
    // and undo brings the earlier object back
    await api.undo_operation({ project_id: p.project_id, operation_id: operation.id })
    expect((await documentOf(p, first as number)).task).toMatchObject({ object_count: 1, class_counts: { 1: 1 } })
  })

  test('is applied once, in the background when it is large, however often it is confirmed', async () => {
    const p = await server.project()
    const tasks = await p.tasks(7)
    const files = tasks.map((_, i) => [`${i}.xml`, voc(`image-00000${i + 1}.jpg`, [['car', 1, 1, 9, 9]])] as const)
    const run = await open(p, 'voc', { 'all.zip': await zip(Object.fromEntries(files)) })
    await run.finish()
    const answers = await Promise.allSettled([run.confirm(), run.confirm(), run.confirm()])
    const fulfilled = answers.filter((a) => a.status === 'fulfilled')
    expect(fulfilled).toHaveLength(1)
    expect(await settled(p, (fulfilled[0] as PromiseFulfilledResult<ImportRow>).value)).toMatchObject({
      total: 7,
      applied: 7,
    })
    expect(await failureOf(run.confirm())).toBe('already_finished')
    const revisions = await revisionsOf(p)
    expect(revisions.map((r) => r.task_id).sort((a, b) => a - b)).toEqual(tasks)
    expect(new Set(revisions.map((r) => r.kind))).toEqual(new Set(['imported']))
    const timelines = await Promise.all(tasks.map((task_id) => p.manager.api.get_task_audit({ ...p, task_id })))
    const events = timelines.flatMap((t) => t.events).filter((e) => e.kind === 'annotations_imported')
    expect(events).toHaveLength(7)
  })

  test('takes the last upload of a path, and adds up different files about one image', async () => {
    const p = await server.project()
    const [first] = await p.tasks(1)
    const run = await open(p, 'voc', {
      'x/1.xml': voc('image-000001.jpg', [
        ['car', 1, 1, 9, 9],
        ['car', 2, 2, 9, 9],
      ]),
    })
    await run.upload('x/1.xml', voc('image-000001.jpg', [['car', 3, 3, 9, 9]]))
    await run.upload(
      'y/1.xml',
      voc('image-000001.jpg', [
        ['person', 1, 1, 9, 9],
        ['car', 3, 3, 9, 9],
      ]),
    )
    expect((await run.finish()).report).toMatchObject({ files: 2, matched_tasks: 1, objects: 2, adjusted_count: 1 })
    await settled(p, await run.confirm())
    expect((await documentOf(p, first as number)).task).toMatchObject({ object_count: 2, class_counts: { 1: 1, 2: 1 } })
  })

  test('tells files of the same name apart by folder, and says where it cannot', async () => {
    const p = await server.project()
    const { api } = p.manager
    const { id: import_id } = await api.create_import({ project_id: p.project_id, kind: 'images' })
    for (const [i, name] of ['day1/a.png', 'day2/a.png'].entries())
      await api.upload_file({ project_id: p.project_id, import_id, name }, { bytes: await picture('png', { seed: i }) })
    const run = await open(p, 'voc', {
      'day2/a.xml': voc('a.png', [['car', 1, 1, 9, 9]]),
      'day3/a.xml': voc('a.png', [['car', 1, 1, 9, 9]]),
    })
    expect((await run.finish()).report).toMatchObject({
      matched_tasks: 1,
      ambiguous: ['day3/a.xml'],
      ambiguous_count: 1,
      unmatched_count: 0,
    })
  })

  test('turns boxes upright that were drawn on the stored pixels of a turned photograph', async () => {
    // Given a photograph stored 64 × 48 and shown 48 × 64
    const p = await server.project()
    const { api } = p.manager
    const { id: import_id } = await api.create_import({ project_id: p.project_id, kind: 'images' })
    const { items } = await api.upload_file(
      { project_id: p.project_id, import_id, name: 'turned.jpg' },
      { bytes: await picture('jpeg', { orientation: 6 }) },
    )
    const run = await open(p, 'voc', {
      'turned.xml': voc('turned.jpg', [['car', 0, 0, 10, 20]], '<size><width>64</width><height>48</height></size>'),
    })
    expect((await run.finish()).report?.adjusted).toEqual([
      { name: 'turned.xml', reason: 'turned upright (EXIF orientation 6)' },
    ])
    await settled(p, await run.confirm())
    const { document } = await documentOf(p, items[0]?.task_id as number)
    expect(document.objects[0]?.shape).toEqual({ type: 'box', x: 28, y: 0, width: 20, height: 10 })
  })
})

describe('a large file', () => {
  const file = {
    categories: [{ id: 1, name: 'car' }],
    images: Array.from({ length: 1200 }, (_, i) => ({ id: i + 1, file_name: `image-${String(i + 1).padStart(6, '0')}.jpg` })),
    annotations: Array.from({ length: 3000 }, (_, i) => ({ id: i + 1, image_id: (i % 1200) + 1, category_id: 1, bbox: [i % 600, 5, 20, 20] })),
  } // biome-ignore format: a file
  const large = (text: string) => text + ' '.repeat(APART_BYTES)

  test('is read in a thread of its own, and comes to the same', async () => {
    const p = await server.project()
    await p.tasks(1200)
    const runs = [JSON.stringify(file), large(JSON.stringify(file))].map((text) =>
      open(p, 'coco', { 'all.json': text }),
    )
    const reports = await Promise.all(runs.map(async (run) => (await (await run).finish()).report))
    expect(reports[0]).toMatchObject({ files: 1, matched_tasks: 1200, objects: 3000 })
    expect(reports[1]).toEqual(reports[0])
    const [small, read] = await Promise.all(runs.map(async (run) => (await run).items()))
    expect(read?.map((item) => item.name)).toEqual(small?.map((item) => item.name))
  })

  test('that is none of its format is refused with the reason; the next one is read', async () => {
    const p = await server.project()
    await p.tasks(1)
    const run = await open(p, 'coco', { 'a.json': large('{"images": []}'), 'b.json': large('{') })
    await run.upload('c.json', large(JSON.stringify({ ...file, images: file.images.slice(0, 1), annotations: [] })))
    expect(await run.items()).toMatchObject([
      { outcome: 'rejected', reason: 'a.json: this is not a COCO instances file, it has no list “categories”.' },
      { outcome: 'rejected', reason: expect.stringContaining('b.json: damaged JSON') },
      { outcome: 'read', name: 'c.json' },
    ])
  })
})

describe('finishing while files still come', () => {
  test('a file that arrives wholly only after it is refused, and nothing of it stays', async () => {
    const p = await server.project()
    await p.tasks(2)
    const run = await open(p, 'voc', { 'first.xml': voc('image-000001.jpg', []) })
    const { project_id, import_id } = run
    const opened = (await importById(server.app.db, project_id, import_id)) as ImportRow
    async function* slowly() {
      yield Buffer.from(voc('image-000002.jpg', []))
      await run.finish()
    }
    const scope = { row: { id: project_id } } as ProjectScope
    const taken = takeAnnotationFile(server.app, scope, opened, 'second.xml', Readable.from(slowly()))
    await expect(taken).rejects.toMatchObject({ code: 'already_finished' })
    expect(await run.items()).toHaveLength(1)
  })

  test('each file is in the report, or its sender is told that it came too late', async () => {
    const p = await server.project()
    await p.tasks(40)
    const run = await open(p, 'voc', { 'first.xml': voc('image-000001.jpg', [['car', 1, 1, 9, 9]]) })
    const name = (i: number) => `image-${String(i).padStart(6, '0')}`
    const late = Array.from({ length: 39 }, (_, i) => run.upload(`${name(i + 2)}.xml`, voc(`${name(i + 2)}.jpg`, [])))
    const [{ report }, ...answers] = await Promise.all([run.finish(), ...late.map(failureOf)])
    const taken = answers.filter((failure) => failure === null).length
    expect(new Set(answers)).toEqual(new Set(taken < 39 ? [null, 'already_finished'] : [null]))
    expect(report).toMatchObject({ files: 1 + taken, matched_tasks: 1 + taken })
    expect(await run.items()).toHaveLength(1 + taken)
  })
})

test('what nobody goes on with is given up after days without a file, or weeks without Confirm', async () => {
  const p = await server.project()
  await p.tasks(1)
  const file = { 'a.xml': voc('image-000001.jpg', [['car', 1, 1, 9, 9]]) }
  const [busy, idle, fresh, old] = [await open(p, 'voc', file), await open(p, 'voc', file), await open(p, 'voc', file), await open(p, 'voc', file)] // biome-ignore format: a line
  await fresh.finish()
  await old.finish()
  const quietFor = (run: { import_id: number }, days: number) =>
    server.app.db
      .updateTable('import_run')
      .set({ created_at: sql`now() - interval '60 days'`, active_at: sql`now() - make_interval(days => ${days})` })
      .where('id', '=', run.import_id)
      .execute()
  await quietFor(busy, 3)
  await busy.upload('b.xml', file['a.xml'])
  await quietFor(idle, 3)
  await quietFor(fresh, 29)
  await quietFor(old, 31)
  await purgeExpired(server.app.db)
  await purgeImportedDocuments(server.app.db)
  const runs = await Promise.all([busy, idle, fresh, old].map(({ import_id }) => p.manager.api.get_import({ project_id: p.project_id, import_id }))) // biome-ignore format: a line
  expect(runs.map((r) => r.state)).toEqual(['running', 'cancelled', 'reported', 'cancelled'])
  expect(runs.map((r) => r.error)).toEqual([null, 'Given up: it was never finished.', null, 'Given up: it was never confirmed.']) // biome-ignore format: a list
  const { rows } = await sql<{ import_id: number }>`
    select import_id from import_item where project_id = ${p.project_id} and document is not null order by number`.execute(server.app.db) // biome-ignore format: a line
  expect(new Set(rows.map((r) => r.import_id))).toEqual(new Set([busy.import_id, fresh.import_id]))
})

describe('keypoints', () => {
  const person = { id: 3, name: 'person', keypoints: ['nose', 'left_eye', 'right_eye'], skeleton: [[1, 2], [1, 3]] } // biome-ignore format: short
  const dog = { id: 4, name: 'dog', keypoints: ['Nose', 'tail'], skeleton: [] }
  const coco = {
    images: [{ id: 1, file_name: 'image-000001.jpg', width: 640, height: 480 }],
    categories: [person, dog],
    annotations: [
      { id: 1, image_id: 1, category_id: 3, bbox: [10, 20, 20, 10], keypoints: [20, 30, 2, 10, 20, 1, 30, 20, 2] },
      { id: 2, image_id: 1, category_id: 3, bbox: [40, 40, 9, 9], keypoints: [40, 40, 2, 0, 0, 0, 49, 49, 1] },
      { id: 3, image_id: 1, category_id: 4, bbox: [60, 60, 9, 9], keypoints: [60, 60, 2, 69, 69, 2] },
      { id: 4, image_id: 1, category_id: 4, bbox: [70, 70, 9, 9], keypoints: [70, 70, 2, 0, 0, 0] },
    ],
  }
  /** A project whose dogs have a nose, and no person. */
  const withDogs = () =>
    server.project({
      schema: {
        classes: [
          {
            id: 5,
            name: 'dog',
            color: '#e5484d',
            hotkey: null,
            geometries: ['skeleton'],
            skeleton: { points: [{ id: 8, name: 'nose', x: 0, y: 0 }], edges: [] },
            attributes: [],
            is_removed: false,
          },
        ],
        global_attributes: [],
      },
    })

  test('make a class with its points and lines, give another one those that it lacks, and come back as they went in', async () => {
    const p = await withDogs()
    const [task_id] = (await p.tasks(1)) as [number]
    const run = await open(p, 'coco', { 'person.json': JSON.stringify(coco) })
    const { report } = await run.finish()
    expect(report?.disallowed_geometries).toEqual([{ name: 'dog', geometry: 'skeleton', objects: 1 }])
    expect(report?.unknown_classes[0]?.skeleton).toEqual({
      points: [
        { id: 1, name: 'nose', x: 0.5, y: 1 },
        { id: 2, name: 'left_eye', x: 0, y: 0 },
        { id: 3, name: 'right_eye', x: 1, y: 0 },
      ],
      edges: person.skeleton,
    })
    await settled(p, await run.confirm('create'))
    const { schema } = await p.manager.api.get_label_schema({ project_id: p.project_id })
    expect(schema.classes.map((c) => [c.name, c.geometries, c.skeleton?.points.map((q) => [q.id, q.name])])).toEqual([
      ['dog', ['skeleton'], [[8, 'nose'], [9, 'tail']]],
      ['person', ['skeleton'], [[1, 'nose'], [2, 'left_eye'], [3, 'right_eye']]],
    ]) // biome-ignore format: a table
    const { document } = await documentOf(p, task_id)
    expect(document.objects).toHaveLength(4)
    // The labeller finds the point that is not labelled within the object.
    expect(document.objects[1]?.shape).toEqual({
      type: 'skeleton',
      points: [
        { id: 1, x: 40, y: 40, visibility: 2 },
        { id: 2, x: 40, y: 40, visibility: 0 },
        { id: 3, x: 49, y: 49, visibility: 1 },
      ],
    })
    const out = (await exported(server, p, 'coco')).json('annotations/instances.json')
    expect(out.annotations.map((a: { keypoints: number[] }) => a.keypoints)).toEqual(
      coco.annotations.map((a) => a.keypoints),
    )
    // and the editor can save what came in
    const lease = await p.manager.api.get_task({ project_id: p.project_id, task_id })
    expect(documentProblem(lease.document, schema, { width: 640, height: 480 })).toBeNull()
  })

  test('of points that the class lacks are left out, if that is chosen', async () => {
    const p = await withDogs()
    const [task_id] = (await p.tasks(1)) as [number]
    const run = await open(p, 'coco', { 'person.json': JSON.stringify(coco) })
    await run.finish()
    await settled(p, await run.confirm('leave_out'))
    const { document } = await documentOf(p, task_id)
    expect(document.objects.map((o) => o.shape)).toEqual([
      { type: 'skeleton', points: [{ id: 8, x: 70, y: 70, visibility: 2 }] },
    ])
  })
})

describe('a YOLO zip', () => {
  const data = 'train: images/train\nval: images/val\nnames: [car, bus]\n'

  test('has data.yaml somewhere, labels in labels/, and whatever else', async () => {
    const p = await server.project()
    const [first, second] = (await p.tasks(3)) as [number, number]
    const run = await open(p, 'yolo', {
      'set.zip': await zip({
        'set/README.txt': '0 0.5 0.5 0.1 0.1',
        'set/labels/train/image-000001.txt': '0 0.5 0.5 0.1 0.1\n1 0.1 0.1 0.2 0.1 0.2 0.2\n9 0.5 0.5 0.1 0.1\n',
        'set/labels/val/image-000002.txt': '',
        'set/labels/val/nowhere.txt': '0 0.5 0.5 0.1 0.1',
        'set/images/train/image-000001.jpg': 'not looked at',
        'set/extra/other.yaml': 'names: [wrong]',
        'set/data.yaml': data,
      }),
    })
    const { report } = await run.finish()
    expect(report).toMatchObject({ files: 3, matched_tasks: 2, objects: 2, unmatched: ['set/labels/val/nowhere.txt'] })
    expect(report?.left_out).toEqual([
      { name: 'set/labels/train/image-000001.txt', reason: 'line 3: there is no class 9' },
    ])
    expect(report?.unknown_classes).toEqual([{ name: 'bus', objects: 1, geometries: ['polygon'] }])
    await settled(p, await run.confirm())
    expect((await documentOf(p, first)).document.objects.map((o) => [o.class_id, o.shape])).toEqual([
      [1, { type: 'box', x: 288, y: 216, width: 64, height: 48 }],
      [3, { type: 'polygon', points: [[64, 48], [128, 48], [128, 96]] }],
    ]) // biome-ignore format: a table
    expect((await documentOf(p, second)).task.object_count).toBe(0)
  })

  test('comes back as it went out, with its images in folders of the same name', async () => {
    const p = await server.project()
    const { api } = p.manager
    const images = await api.create_import({ project_id: p.project_id, kind: 'images' })
    const upload = async (name: string, seed: number) =>
      api.upload_file(
        { project_id: p.project_id, import_id: images.id, name },
        { bytes: await picture('png', { seed }) },
      )
    for (const [i, name] of ['x/a.png', 'y/a.png'].entries()) await upload(name, i)
    const run = await open(p, 'voc', {
      'x/a.xml': voc('a.png', [['car', 1, 2, 11, 22]], ''),
      'y/a.xml': voc('a.png', [['car', 5, 6, 25, 46]], ''),
    })
    await run.finish()
    await settled(p, await run.confirm())
    const { reply } = await exported(server, p, 'yolo', { with_images: true })
    const second = await server.project()
    const into = { project_id: second.project_id }
    const { id: import_id } = await second.manager.api.create_import({ ...into, kind: 'images' })
    await second.manager.api.upload_file({ ...into, import_id, name: 'all.zip' }, { bytes: reply.rawPayload })
    const back = await open(second, 'yolo', { 'all.zip': reply.rawPayload })
    expect((await back.finish()).report).toMatchObject({
      matched_tasks: 2,
      objects: 2,
      ambiguous_count: 0,
      adjusted_count: 0,
    })
    await settled(second, await back.confirm())
    const again = await exported(server, second, 'yolo')
    const labels = (files: ReadonlyMap<string, Buffer>) =>
      [...files].filter(([path]) => path.startsWith('labels/')).map(([, bytes]) => bytes.toString())
    expect(labels(again.files)).toEqual([
      '0 0.09375000 0.25000000 0.15625000 0.41666667\n',
      '0 0.23437500 0.54166667 0.31250000 0.83333333\n',
    ])
  })

  test.each([
    ['without data.yaml', { 'labels/a.txt': '' }, 'The archive holds no data.yaml or classes.txt'],
    ['without labels', { 'data.yaml': data, 'a.txt': '' }, 'The archive holds no label file that ends in .txt'],
    ['with a damaged data.yaml', { 'data.yaml': 'names: [', 'labels/a.txt': '' }, 'data.yaml: damaged YAML'],
    [
      'with a data.yaml that is no list',
      { 'data.yaml': 'x'.repeat(2 ** 20 + 1), 'labels/a.txt': '' },
      'data.yaml: The file unpacks to',
    ],
  ])('%s is refused as a whole, with the reason', async (_what, files, reason) => {
    const p = await server.project()
    const run = await open(p, 'yolo', { 'set.zip': await zip(files) })
    const items = await run.items()
    expect(items.map((i) => [i.name, i.outcome])).toEqual([['set.zip', 'rejected']])
    expect(items[0]?.reason).toContain(reason)
  })

  test('that is damaged is refused as such; a label file alone needs its zip', async () => {
    const p = await server.project()
    const whole = await zip({ 'data.yaml': data, 'labels/image-000001.txt': '0 0.5 0.5 0.1 0.1' })
    const run = await open(p, 'yolo_obb', { 'cut.zip': whole.subarray(0, -30), 'a.txt': '0 0.5 0.5 0.1 0.1' })
    expect((await run.items()).map((i) => i.reason)).toEqual([
      expect.stringContaining('The archive is damaged'),
      expect.stringContaining('send a zip that holds data.yaml'),
    ])
  })
})

describe('bad input', () => {
  test('of a damaged zip is named as such', async () => {
    const p = await server.project()
    const run = await open(p, 'voc', { 'cut.zip': (await zip({ 'a.xml': '<annotation/>' })).subarray(0, -30) })
    expect((await run.items()).map((i) => [i.name, i.reason])).toEqual([
      ['cut.zip', expect.stringContaining('The archive is damaged')],
    ])
  })

  test('of a zip is listed with its reason; the others go in', async () => {
    const p = await server.project()
    await p.tasks(1)
    const run = await open(p, 'voc', {
      'set.zip': await zip({
        'VOC/JPEGImages/image-000001.jpg': 'not looked at',
        'VOC/Annotations/image-000001.xml': voc('image-000001.jpg', [['car', 1, 1, 9, 9]]),
        'VOC/Annotations/laughs.xml':
          '<!DOCTYPE a [<!ENTITY b "ha">]><annotation><filename>&b;</filename></annotation>',
        '__MACOSX/VOC/Annotations/._image-000001.xml': 'leftover',
      }),
      'empty.zip': await zip({ 'readme.md': 'nothing here' }),
      'noise.xml': Buffer.from([0, 1, 2, 255, 254]),
    })
    expect((await run.finish()).report).toMatchObject({ files: 1, matched_tasks: 1 })
    expect((await run.items()).map((i) => [i.name, i.outcome])).toEqual([
      ['VOC/Annotations/image-000001.xml', 'matched'],
      ['VOC/Annotations/laughs.xml', 'rejected'],
      ['empty.zip', 'rejected'],
      ['noise.xml', 'rejected'],
    ])
  })

  test('text in a file that the database cannot hold is cleaned, not answered with an error', async () => {
    const p = await server.project()
    await p.tasks(1)
    const text = JSON.stringify({
      images: [{ id: 1, file_name: 'image-000001.jpg\u0000' }],
      categories: [
        { id: 1, name: 'a\u0000b' },
        { id: 2, name: '' },
        { id: 3, name: '\ud800' },
      ],
      annotations: [1, 2, 3].map((id) => ({ id, image_id: 1, category_id: id, bbox: [1, 1, 2, 2] })),
    })
    const run = await open(p, 'coco', { 'a.json': text })
    const { report } = await run.finish()
    expect(report).toMatchObject({
      matched_tasks: 1,
      unknown_classes: [{ name: 'a b' }, { name: '\ufffd' }],
      left_out_count: 1,
    })
    expect(await settled(p, await run.confirm())).toMatchObject({ applied: 1 })
  })

  test('confirming too early, without matches, or an import of another project or kind is answered with a sentence', async () => {
    const p = await server.project()
    const other = await server.project()
    const run = await open(p, 'voc', { 'x.xml': voc('nowhere.jpg', []) })
    expect(await failureOf(run.confirm())).toBe('invalid_input')
    await run.finish()
    expect(
      await failureOf(
        other.manager.api.confirm_import({
          project_id: other.project_id,
          import_id: run.import_id,
          unknown_classes: 'create',
        }),
      ),
    ).toBe('not_found')
    expect(await run.confirm()).toMatchObject({ state: 'done', operation_id: null })
    const images = await p.manager.api.create_import({ project_id: p.project_id, kind: 'images' })
    expect(
      await failureOf(
        p.manager.api.confirm_import({ project_id: p.project_id, import_id: images.id, unknown_classes: 'create' }),
      ),
    ).toBe('invalid_input')
  })

  test('the operation itself, called past Confirm, applies nothing that is not reported and no class of another project', async () => {
    const p = await server.project()
    const ids = await p.tasks(1)
    const run = await open(p, 'voc', { '1.xml': voc('image-000001.jpg', [['car', 1, 1, 9, 9]]) })
    const call = (params: object, key: string) =>
      p.manager.api.run_operation({
        project_id: p.project_id,
        name: 'import-annotations',
        params,
        selection: { ids },
        key,
      })
    expect(['already_finished', 'invalid_input']).toContain(
      await failureOf(call({ import_id: run.import_id, classes: [] }, 'past-confirm-1')),
    )
    await run.finish()
    expect(
      await failureOf(
        call({ import_id: run.import_id, classes: [{ name: 'car', id: 99, geometries: ['box'] }] }, 'past-confirm-2'),
      ),
    ).toBe('invalid_input')
    expect(await revisionsOf(p)).toEqual([])
  })
})

describe('while the objects of an import are written', () => {
  const [car, person] = TWO_CLASSES.classes as [LabelClass, LabelClass]
  const only = (...classes: LabelClass[]): LabelSchema => ({ classes, global_attributes: [] })
  const params = { import_id: 1, classes: [{ name: 'car', id: 1, geometries: ['box' as const] }] }

  test('the classes and geometries they go to stay in the label schema', async () => {
    const { project_id } = await server.project()
    await server.app.db.transaction().execute(async (tx) => {
      // Seen by this transaction only: the background work would be done with it at once.
      const running = { name: 'import-annotations', state: 'running' as const, actor_kind: 'system' as const, total: 1 }
      await tx
        .insertInto('operation')
        .values({ ...running, project_id, params: JSON.stringify(params), selection: '{"ids":[1]}' })
        .execute()
      const change = (after: LabelSchema) => requireUnused(tx, project_id, TWO_CLASSES, after)
      await expect(change(only(person))).rejects.toMatchObject({ code: 'class_in_use', fields: { class_ids: [1] } })
      await expect(change(only({ ...car, geometries: ['polygon'] }, person))).rejects.toMatchObject({
        code: 'class_in_use',
      })
      await change(only({ ...car, geometries: ['box'] }))
    })
  })

  test('it does not begin with a class that went meanwhile', async () => {
    const { project, manager } = await server.project()
    const plan = (schema: LabelSchema, version: number) =>
      manager.api
        .put_label_schema({ project_id: project.id, version, schema })
        .then(() =>
          importAnnotations.plan?.(server.app.db, { project_id: project.id, target: sql`true` }, params, {} as never),
        )
    await expect(plan(only({ ...car, geometries: ['polygon'] }), 1)).rejects.toThrow('“car”')
    await expect(plan(only(person), 2)).rejects.toThrow('“car”')
    await expect(plan(only(car), 3)).rejects.toMatchObject({ code: 'already_finished' })
  })
})
