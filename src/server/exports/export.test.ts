// Exports over HTTP: what is frozen, what is in the zip, what breaks.
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiError } from '../../contract/client.ts'
import { picture } from '../images/test-images.ts'
import { zip } from '../imports/test-zips.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { downloaded, everything, exported } from './test-archives.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

/** A project with image files, and annotations by file name: [class, x0, y0, x1, y1]. */
async function filled(
  images: Record<string, Buffer>,
  boxes: Record<string, [string, number, number, number, number][]> = {},
): Promise<TestProject & { ids: number[] }> {
  const p = await server.project()
  const { api } = p.manager
  const at = { project_id: p.project_id }
  const { id } = await api.create_import({ ...at, kind: 'images' })
  const { items } = await api.upload_file({ ...at, import_id: id, name: 'all.zip' }, { bytes: await zip(images) })
  const annotations = Object.entries(boxes).map(([name, list]) => [
    `${name}.xml`,
    `<annotation><filename>${name}</filename>${list.map(([c, x0, y0, x1, y1]) => `<object><name>${c}</name><bndbox><xmin>${x0}</xmin><ymin>${y0}</ymin><xmax>${x1}</xmax><ymax>${y1}</ymax></bndbox></object>`).join('')}</annotation>`,
  ])
  const run = await api.create_import({ ...at, kind: 'annotations', format: 'voc' })
  await api.upload_file(
    { ...at, import_id: run.id, name: 'a.zip' },
    { bytes: await zip(Object.fromEntries(annotations)) },
  )
  await api.finish_import({ ...at, import_id: run.id })
  await api.confirm_import({ ...at, import_id: run.id, unknown_classes: 'create' })
  return { ...p, ids: items.map((i) => i.task_id as number) }
}
let key = 1
const operate = (p: TestProject, name: string, params: object, ids: number[]) =>
  p.manager.api.run_operation({
    project_id: p.project_id,
    name,
    params,
    selection: { ids },
    key: `export-test-${key++}`,
  })
async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (e: unknown) => e,
  )
  return error instanceof ApiError ? error.code : error
}

describe('an export', () => {
  test('is frozen: what changes later is not in it, and it can be downloaded again', async () => {
    const p = await filled(
      { 'a.png': await picture('png'), 'b.png': await picture('png', { seed: 1 }) },
      { 'a.png': [['car', 1, 1, 11, 21]] },
    )
    const first = await exported(server, p, 'coco')
    expect(first.run).toMatchObject({ task_count: 2, object_count: 1 })
    // When a split is set and the objects are removed
    await operate(p, 'set-split', { kind: 'manual', split: 'train' }, p.ids)
    await operate(p, 'change-status', { stage_id: p.stage('prepare'), remove_annotations: true }, p.ids)
    // Then the old export is as it was, byte for byte, and a new one is not
    const again = await downloaded(server, p, first.run.id)
    expect(again.reply.rawPayload.equals(first.reply.rawPayload)).toBe(true)
    expect(again.json('annotations/instances.json').annotations).toHaveLength(1)
    const later = await exported(server, p, 'coco')
    expect([...later.files.keys()]).toEqual(['annotations/instances_train.json', 'export.json', 'README.txt'])
    expect(later.json('annotations/instances_train.json').annotations).toEqual([])
    expect((await p.manager.api.list_exports({ project_id: p.project_id })).map((e) => e.id)).toEqual([
      later.run.id,
      first.run.id,
    ])
  })

  test('marks its tasks as exported, which is no change that undo would trip over', async () => {
    const p = await filled({ 'a.png': await picture('png'), 'b.png': await picture('png', { seed: 1 }) })
    const operation = await operate(p, 'set-priority', { priority: 5 }, p.ids)
    await exported(server, p, 'yolo', { selection: { ids: [p.ids[0] as number] } })
    const { tasks } = await p.manager.api.list_tasks({ project_id: p.project_id, sort: 'id' })
    expect(tasks.map((t) => t.exported_at !== null)).toEqual([true, false])
    const undone = await p.manager.api.undo_operation({ project_id: p.project_id, operation_id: operation.id })
    expect(undone).toMatchObject({ applied: 2, refused: 0 })
  })

  test('tells files of the same name apart: by folder, else by id; a.jpg and a.png in YOLO too', async () => {
    const names = ['x/a.png', 'y/a.png', 'b.png', 'B.PNG', 'x/c.png']
    const images = Object.fromEntries(
      await Promise.all(names.map(async (n, i) => [n, await picture('png', { seed: i })] as const)),
    )
    const p = await filled({ ...images, 'x/c.jpeg': await picture('jpeg') }, { 'b.png': [['car', 1, 1, 2, 2]] })
    const coco = await exported(server, p, 'coco', { with_images: true })
    const paths = coco.json('annotations/instances.json').images.map((i: { file_name: string }) => i.file_name)
    const [, , lower, upper] = p.ids
    expect(paths).toEqual(['x/a.png', 'y/a.png', `b~${lower}.png`, `B~${upper}.PNG`, 'c.png', 'c.jpeg'])
    expect([...coco.files.keys()].filter((f) => f.startsWith('images/'))).toEqual(
      paths.map((f: string) => `images/${f}`),
    )
    expect(coco.files.get('images/c.jpeg')).toEqual(await picture('jpeg'))
    const yolo = await exported(server, p, 'yolo', { with_images: true })
    const labels = [...yolo.files.keys()].filter((f) => f.startsWith('labels/'))
    expect(labels).toHaveLength(6)
    expect(labels.slice(4)).toEqual([`labels/unassigned/x/c~${p.ids[4]}.txt`, `labels/unassigned/x/c~${p.ids[5]}.txt`])
  })

  test('puts splits in folders of their own, and says in export.json and README.txt what is there', async () => {
    const images = Object.fromEntries(
      await Promise.all([0, 1, 2, 3].map(async (i) => [`${i}.png`, await picture('png', { seed: i })] as const)),
    )
    const p = await filled(images, {
      '0.png': [
        ['car', 0, 0, 32, 24],
        ['person', 1, 1, 5, 5],
      ],
      '3.png': [['car', 1, 1, 3, 3]],
    })
    for (const [i, split] of ['train', 'validation', 'test'].entries())
      await operate(p, 'set-split', { kind: 'manual', split }, [p.ids[i] as number])
    const yolo = await exported(server, p, 'yolo', { with_images: true })
    expect([...yolo.files.keys()]).toEqual([
      'data.yaml',
      'labels/train/0.txt',
      'images/train/0.png',
      'labels/val/1.txt',
      'images/val/1.png',
      'labels/test/2.txt',
      'images/test/2.png',
      'labels/unassigned/3.txt',
      'images/unassigned/3.png',
      'export.json',
      'README.txt',
    ])
    expect(yolo.text('labels/train/0.txt').split('\n')[0]).toBe('0 0.25000000 0.25000000 0.50000000 0.50000000')
    const manifest = yolo.json('export.json')
    expect(manifest).toMatchObject({ format: 'yolo', tasks: 4, objects: 3, left_out: [] })
    expect(
      manifest.splits.map((s: { split: string; images: number; objects: number }) => [s.split, s.images, s.objects]),
    ).toEqual([
      ['train', 1, 2],
      ['validation', 1, 0],
      ['test', 1, 0],
      ['unassigned', 1, 1],
    ])
    expect(manifest.splits[0].classes).toEqual([
      { id: 1, name: 'car', objects: 1 },
      { id: 2, name: 'person', objects: 1 },
    ])
    expect(yolo.text('README.txt')).toContain('4 images, 3 objects')
    expect(yolo.reply.headers['content-type']).toBe('application/zip')
    expect(yolo.reply.headers['content-disposition']).toContain(`yolo-${yolo.run.id}.zip`)
  })

  test('names image files that are missing on the server', async () => {
    const p = await filled({ 'a.png': await picture('png', { seed: 90 }), 'b.png': await picture('png', { seed: 91 }) })
    const asset = await server.app.db
      .selectFrom('asset')
      .selectAll()
      .where('project_id', '=', p.project_id)
      .where('name', '=', 'a.png')
      .executeTakeFirstOrThrow()
    await rm(server.app.files.path('originals', asset.content_hash))
    const coco = await exported(server, p, 'coco', { with_images: true })
    expect([...coco.files.keys()].filter((f) => f.startsWith('images/'))).toEqual(['images/b.png'])
    expect(coco.json('export.json').left_out).toEqual([
      { reason: 'image files that are missing on the server', count: 1 },
    ])
  })
})

describe('bad input', () => {
  test('an empty or silent selection, ids of elsewhere, an export of another project', async () => {
    const p = await server.project()
    const other = await server.project()
    const [mine] = await p.tasks(1)
    const create = (selection: object) =>
      failureOf(
        p.manager.api.create_export({
          project_id: p.project_id,
          format: 'coco',
          selection: selection as never,
          with_images: false,
        }),
      )
    expect(await create({ filter: { conditions: [] } })).toBe('empty_selection')
    expect(
      await create({ filter: { conditions: [{ field: 'name', op: 'contains', value: 'nothing like this' }] } }),
    ).toBe('empty_selection')
    expect(await create({ ids: [mine, ...(await other.tasks(1))] })).toBe('not_found')
    expect(await create({ ids: [] })).toBe('invalid_input')
    expect(await p.manager.api.list_exports({ project_id: p.project_id })).toEqual([])
    const theirs = await other.manager.api.create_export({
      project_id: other.project_id,
      format: 'coco',
      selection: everything,
      with_images: false,
    })
    const reply = await server.inject({
      url: `/api/projects/${p.project_id}/exports/${theirs.id}/download`,
      headers: { cookie: `pixlhub_session=${p.manager.cookie}` },
    })
    expect(reply.statusCode).toBe(404)
  })
})
