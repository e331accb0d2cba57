// The whole road on real images: in, annotated, split, out, and in again. Runs where the data folder lies beside the
// repository, and says so when it does not.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { zip } from '../imports/test-zips.ts'
import { type TestProject, type TestServer, testServer } from '../testing.ts'
import { exported } from './test-archives.ts'

const DATA = new URL('../../../../shared/data/', import.meta.url)
const isThere = existsSync(DATA)
if (!isThere)
  console.warn('real-data.test.ts: ../shared/data is not here, so the tests on BCCD and raccoon are passed over.')

type Schema = NonNullable<Parameters<TestServer['project']>[0]>['schema']
const EMPTY: Schema = { classes: [], global_attributes: [] }

async function folder(path: string): Promise<Record<string, Buffer>> {
  const at = new URL(path, DATA)
  const names = (await readdir(at)).sort()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(new URL(`${path}${name}`, DATA))] as const)),
  )
}

/** Objects by class, counted by a pattern and not by the parser under test; those with equal corners apart. */
function counted(files: Record<string, Buffer>) {
  const classes: Record<string, number> = {}
  let flat = 0
  for (const xml of Object.values(files))
    for (const [, name, x0, y0, x1, y1] of xml
      .toString('utf8')
      .matchAll(
        /<object>\s*<name>([^<]*)<\/name>[\s\S]*?<xmin>([^<]*)<\/xmin>\s*<ymin>([^<]*)<\/ymin>\s*<xmax>([^<]*)<\/xmax>\s*<ymax>([^<]*)<\/ymax>/g,
      )) {
      if (x0 === x1 || y0 === y1) flat++
      else classes[name as string] = (classes[name as string] ?? 0) + 1
    }
  return { classes, flat, total: Object.values(classes).reduce((a, b) => a + b, 0) }
}

/** Names of images whose bytes an earlier one has: four of raccoon are the same photograph under another name. */
function repeatedNames(pictures: Record<string, Buffer>): string[] {
  const seen = new Set<string>()
  return Object.entries(pictures).flatMap(([name, bytes]) => {
    const hash = createHash('sha256').update(bytes).digest('hex')
    if (seen.has(hash)) return [name]
    seen.add(hash)
    return []
  })
}

async function upload(
  p: TestProject,
  kind: 'images' | 'annotations',
  bytes: Buffer,
  format?: 'voc' | 'coco',
  name = 'all.zip',
) {
  const at = { project_id: p.project_id }
  const { api } = p.manager
  const { id: import_id } = await api.create_import({ ...at, kind, ...(format ? { format } : {}) })
  await api.upload_file({ ...at, import_id, name }, { bytes })
  const finished = await api.finish_import({ ...at, import_id })
  if (kind === 'images') return finished
  const confirmed = await api.confirm_import({ ...at, import_id, unknown_classes: 'create' })
  const operation = { ...at, operation_id: confirmed.operation_id as number }
  await expect.poll(async () => (await api.get_operation(operation)).state, { timeout: 60_000 }).toBe('done')
  return finished
}

type Coco = {
  images: { id: number; file_name: string; width: number; height: number }[]
  categories: { id: number; name: string }[]
  annotations: { image_id: number; category_id: number; bbox: number[] }[]
}
const countsOf = (coco: Coco) => {
  const nameOf = new Map(coco.categories.map((c) => [c.id, c.name]))
  const classes: Record<string, number> = {}
  for (const a of coco.annotations)
    classes[nameOf.get(a.category_id) as string] = (classes[nameOf.get(a.category_id) as string] ?? 0) + 1
  return classes
}
/** What is said of each image, without the ids of one database. */
const contentOf = (coco: Coco) => {
  const nameOf = new Map(coco.categories.map((c) => [c.id, c.name]))
  const of = (id: number) =>
    coco.annotations
      .filter((a) => a.image_id === id)
      .map(({ id: _, image_id: __, category_id, ...a }: Coco['annotations'][number] & { id?: number }) => ({
        ...a,
        class: nameOf.get(category_id),
      }))
  return Object.fromEntries(
    coco.images.map((i) => [i.file_name, { width: i.width, height: i.height, objects: of(i.id) }]),
  )
}

describe.skipIf(!isThere).each([
  {
    name: 'bccd',
    images: 'bccd/BCCD/JPEGImages/',
    annotations: 'bccd/BCCD/Annotations/',
    files: 364,
    repeated: 0,
    objects: 4886,
    flat: ['BloodImage_00338.xml', 'BloodImage_00343.xml'],
  },
  {
    name: 'raccoon',
    images: 'raccoon/images/',
    annotations: 'raccoon/annotations/',
    files: 200,
    repeated: 4,
    objects: 213,
    flat: [],
  },
])('$name', ({ images, annotations, files, repeated, objects, flat }) => {
  const tasks = files - repeated
  let server: TestServer
  let p: TestProject
  let pictures: Record<string, Buffer>
  let truth: ReturnType<typeof counted>
  beforeAll(async () => {
    server = await testServer()
    p = await server.project({ schema: EMPTY })
    pictures = await folder(images)
  })
  afterAll(() => server.close())

  test('all images and all objects with an area go in; the report lists the others', { timeout: 300_000 }, async () => {
    expect(await upload(p, 'images', await zip(pictures))).toMatchObject({
      created_count: tasks,
      rejected_count: 0,
      duplicate_count: repeated,
    })
    const xml = await folder(annotations)
    const orphans = repeatedNames(pictures).map((name) => name.replace('.jpg', '.xml'))
    expect(orphans).toHaveLength(repeated)
    truth = counted(Object.fromEntries(Object.entries(xml).filter(([name]) => !orphans.includes(name))))
    expect(truth).toMatchObject({ total: objects, flat: flat.length })
    const run = await upload(p, 'annotations', await zip(xml), 'voc')
    const { report } = run
    expect(report).toMatchObject({
      files,
      matched_tasks: tasks,
      objects,
      unmatched: orphans,
      unmatched_count: repeated,
      ambiguous_count: 0,
      adjusted_count: 0,
    })
    expect(report?.left_out.map((l) => l.name)).toEqual(flat)
    expect(report?.left_out.every((l) => /zero area/.test(l.reason))).toBe(true)
    expect(Object.fromEntries(report?.unknown_classes.map((c) => [c.name, c.objects]) ?? [])).toEqual(truth.classes)
    const { items } = await p.manager.api.list_import_items({
      project_id: p.project_id,
      import_id: run.id,
      outcome: 'unmatched',
    })
    expect(items.filter((i) => /same file as “raccoon-\d+.jpg”/.test(i.reason ?? ''))).toHaveLength(repeated)
    const summary = await p.manager.api.get_task_summary({ project_id: p.project_id })
    expect(summary).toMatchObject({ total: tasks, objects })
  })

  test('the COCO export holds the same counts, and what comes back through a second project is the same', {
    timeout: 300_000,
  }, async () => {
    const { json, run } = await exported(server, p, 'coco')
    expect(run).toMatchObject({ task_count: tasks, object_count: objects })
    const coco = json('annotations/instances.json') as Coco
    expect(coco.images).toHaveLength(tasks)
    expect(countsOf(coco)).toEqual(truth.classes)
    const second = await server.project({ schema: EMPTY })
    await upload(second, 'images', await zip(pictures))
    const { report } = await upload(second, 'annotations', Buffer.from(JSON.stringify(coco)), 'coco', 'instances.json')
    expect(report).toMatchObject({
      matched_tasks: tasks,
      objects,
      unmatched_count: 0,
      left_out_count: 0,
      adjusted_count: 0,
    })
    const back = (await exported(server, second, 'coco')).json('annotations/instances.json') as Coco
    expect(contentOf(back)).toEqual(contentOf(coco))
    expect(back.categories.map((c) => c.name)).toEqual(coco.categories.map((c) => c.name))
  })

  test('after Auto split, COCO and YOLO hold every image once, in its split', { timeout: 300_000 }, async () => {
    const { api } = p.manager
    const operation = await api.run_operation({
      project_id: p.project_id,
      name: 'set-split',
      params: { kind: 'auto', percents: { train: 80, validation: 10, test: 10 }, seed: 'blood' },
      selection: { filter: { conditions: [] }, all: true },
      key: `auto-split-${p.project_id}`,
    })
    expect(operation.applied).toBe(tasks)
    const { splits } = await api.get_task_summary({ project_id: p.project_id })
    const coco = await exported(server, p, 'coco', { with_images: true })
    const sizes = ['train', 'validation', 'test'].map(
      (s) => (coco.json(`annotations/instances_${s}.json`) as Coco).images.length,
    )
    expect(sizes).toEqual([splits.train, splits.validation, splits.test])
    expect(coco.json('export.json')).toMatchObject({ objects, left_out: [] })
    for (const image of (coco.json('annotations/instances_test.json') as Coco).images)
      expect(coco.files.get(`images/test/${image.file_name}`)?.equals(pictures[image.file_name] as Buffer)).toBe(true)
    const yolo = await exported(server, p, 'yolo', { with_images: true })
    const lines = [...yolo.files]
      .filter(([path]) => path.startsWith('labels/'))
      .flatMap(([, bytes]) => bytes.toString().split('\n').filter(Boolean))
    expect(lines).toHaveLength(objects)
    expect([...yolo.files.keys()].filter((f) => f.startsWith('images/train/'))).toHaveLength(splits.train)
    expect([...yolo.files.keys()].filter((f) => f.startsWith('labels/'))).toHaveLength(tasks)
    for (const line of lines) expect(line).toMatch(/^\d+( [01]\.\d{8}){4}$/)
  })
})
