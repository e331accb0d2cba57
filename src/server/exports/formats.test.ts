// Formats without a server: a source of tasks in memory, an archive that keeps its texts.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SHAPE_TYPES, type Shape } from '../../model/shapes/index.ts'
import { maskOfSpans } from '../../model/shapes/mask.ts'
import { countsOf, spansOf } from '../../model/shapes/rle.ts'
import { coco as cocoImport } from '../imports/coco.ts'
import type { ParsedImage } from '../imports/format.ts'
import { objectsFor } from '../imports/task-document.ts'
import { coco } from './coco.ts'
import { box, classes, object, run, task } from './test-source.ts'
import { yolo } from './yolo.ts'

/** Four pixels high, in tight bounds. */
const maskOf = (counts: number[]): Shape => {
  const spans = [...spansOf([0, ...counts], 4)].map(({ x, from, to }) => ({ x: x + 30, from: from + 50, to: to + 50 }))
  return maskOfSpans(spans) as Shape
}

describe('COCO', () => {
  test('without any split is one file, categories in schema order, ids running', async () => {
    const tasks = [1, 2, 3].map((id) =>
      task(id, 'unassigned', [object(2, box(id, 1, 2, 3)), object(7, box(0, 0, 640, 480))]),
    )
    const { texts } = await run(coco, tasks)
    expect([...texts.keys()]).toEqual(['annotations/instances.json'])
    const json = JSON.parse(texts.get('annotations/instances.json') as string)
    expect(json.categories.map((c: { id: number; name: string }) => [c.id, c.name])).toEqual(
      classes.map((c) => [c.id, c.name]),
    )
    expect(json.images[0]).toEqual({ id: 1, file_name: '1.jpg', width: 640, height: 480 })
    expect(json.annotations.map((a: { id: number }) => a.id)).toEqual([1, 2, 3, 4, 5, 6])
    expect(json.annotations[0]).toEqual({
      id: 1,
      image_id: 1,
      category_id: 2,
      bbox: [1, 1, 2, 3],
      segmentation: [],
      area: 6,
      iscrowd: 0,
    })
  })

  test('goes through the objects once, and hands them on in pieces however much a task holds', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => object(2, box(i, 1, 2, 3)))
    const { texts, walks, longest } = await run(coco, [
      task(1, 'train', many),
      task(2, 'train', []),
      task(3, 'test', []),
    ])
    expect(walks).toEqual(['train', 'test'])
    const text = texts.get('annotations/instances_train.json') as string
    expect(JSON.parse(text).annotations).toHaveLength(20_000)
    expect(longest).toBeLessThan(text.length / 2)
  })

  test('with splits is a file for each, tasks without one apart', async () => {
    const { texts, tally } = await run(coco, [
      task(1, 'train', []),
      task(2, 'test', [object(2, box(1, 1, 2, 2))]),
      task(3, 'unassigned', []),
    ])
    expect([...texts.keys()]).toEqual([
      'annotations/instances_train.json',
      'annotations/instances_test.json',
      'annotations/instances_unassigned.json',
    ])
    expect(tally.splits(classes).map((s) => [s.split, s.images, s.objects])).toEqual([
      ['train', 1, 0],
      ['test', 1, 1],
      ['unassigned', 1, 0],
    ])
  })

  test('writes polygons with their area and bounds; lines and points are counted as left out', async () => {
    const shapes: Shape[] = [
      {
        type: 'polygon',
        points: [
          [0, 0],
          [4, 0],
          [4, 4],
        ],
      },
      {
        type: 'polyline',
        points: [
          [0, 0],
          [4, 0],
        ],
      },
      { type: 'point', x: 1, y: 1 },
    ]
    const { texts, tally } = await run(coco, [
      task(
        1,
        'unassigned',
        shapes.map((s) => object(2, s)),
      ),
    ])
    const { annotations } = JSON.parse(texts.get('annotations/instances.json') as string)
    expect(annotations).toEqual([
      {
        id: 1,
        image_id: 1,
        category_id: 2,
        bbox: [0, 0, 4, 4],
        segmentation: [[0, 0, 4, 0, 4, 4]],
        area: 8,
        iscrowd: 0,
      },
    ])
    expect(tally.leftOut()).toEqual([
      { reason: 'polyline objects, which this format has no form for', count: 1 },
      { reason: 'point objects, which this format has no form for', count: 1 },
    ])
  })

  test('a skeleton goes out as keypoints: names and lines with the class, 0 for what is not labelled', async () => {
    const points = [
      { id: 5, x: 10, y: 20, visibility: 2 },
      { id: 3, x: 99, y: 99, visibility: 0 },
      { id: 8, x: 30, y: 60, visibility: 1 },
    ]
    const { texts } = await run(coco, [task(1, 'unassigned', [object(2, { type: 'skeleton', points })])])
    const { annotations, categories } = JSON.parse(texts.get('annotations/instances.json') as string)
    expect(categories[1]).toMatchObject({ keypoints: ['nose', 'eye', 'ear'], skeleton: [[1, 2], [3, 1]] }) // biome-ignore format: short
    expect(annotations).toMatchObject([
      {
        bbox: [10, 20, 20, 40],
        segmentation: [],
        area: 800,
        num_keypoints: 2,
        keypoints: [30, 60, 1, 10, 20, 2, 0, 0, 0],
      },
    ])
  })

  test('a polygon with a hole goes out as run lengths, and comes back as the polygon', async () => {
    const holed = {
      type: 'polygon',
      points: [[0, 0], [10, 0], [10, 10], [0, 10]],
      rings: [[[2, 2], [4, 2], [4, 4], [2, 4]]],
    } as Shape // biome-ignore format: short
    const { texts } = await run(coco, [task(1, 'unassigned', [object(2, holed)])])
    const text = texts.get('annotations/instances.json') as string
    const [annotation] = JSON.parse(text).annotations
    expect(annotation).toMatchObject({ area: 96, bbox: [0, 0, 10, 10], iscrowd: 0, segmentation: { size: [480, 640] } })
    expect(
      (countsOf(annotation.segmentation.counts) as number[]).filter((_, i) => i % 2 === 1).reduce((a, b) => a + b),
    ).toBe(96)
    expect(cocoImport.parse('x.json', Buffer.from(text))[0]?.objects[0]?.shape).toEqual(holed)
  })

  test('law: what comes back is what went out', async () => {
    // Thousandths of a pixel: areas of 1e-200 vanish in any arithmetic and are no objects.
    const number = (max: number, min = 0) => fc.integer({ min: min * 1000, max: max * 1000 }).map((n) => n / 1000)
    const boxes = fc.tuple(number(600), number(400), number(40, 0.001), number(80, 0.001)).map((b) => box(...b))
    const polygons = fc
      .array(fc.tuple(number(640), number(480)), { minLength: 3, maxLength: 8 })
      .filter((points) => new Set(points.map(String)).size === points.length && area(points) > 0)
      .map((points): Shape => ({ type: 'polygon', points }))
    const turns = fc.integer({ min: 1, max: 179 }).map((angle) => ({ angle }))
    const turned = fc.tuple(boxes, turns).map(([b, turn]): Shape => ({ ...b, ...turn }) as Shape)
    const ellipses = boxes.map((b): Shape => ({ ...b, type: 'ellipse' }) as Shape)
    const ring = (x: number) => [[x, 0], [x + 9, 0], [x + 9, 9]] // biome-ignore format: short
    const parts = polygons.map((p): Shape => ({ ...p, rings: [ring(700), ring(720)] }) as Shape)
    const masks = fc
      .array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 9 })
      .map((counts) => maskOf(counts))
    const shapes = fc.tuple(fc.constantFrom(7, 2, 4), fc.oneof(boxes, polygons, turned, ellipses, parts, masks))
    // Each with a labelled point: one of which nothing is labelled is only its box.
    const skeletons = fc
      .tuple(
        ...[8, 5, 3].map((id) =>
          fc.record({ id: fc.constant(id), x: number(640), y: number(480), visibility: fc.nat(2) }),
        ),
      )
      .filter((points) => points.some((p) => p.visibility > 0))
      .map((points): [number, Shape] => [2, { type: 'skeleton', points }])
    const objects = fc.array(fc.oneof(shapes, skeletons), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(fc.array(objects, { minLength: 1, maxLength: 5 }), async (documents) => {
        const tasks = documents.map((d, i) =>
          task(
            i + 1,
            'unassigned',
            d.map(([c, s]) => object(c, s)),
          ),
        )
        const { texts } = await run(coco, tasks)
        const parsed = cocoImport.parse(
          'instances.json',
          Buffer.from(texts.get('annotations/instances.json') as string),
        )
        const back = parsed.map((p) => ({ name: p.names[0], objects: taken(p), left_out: p.left_out }))
        const out = tasks.map((t) => ({
          name: t.path,
          objects: t.objects.map((o) => [o.class_id, o.shape]),
          left_out: [],
        }))
        // JSON knows no minus zero.
        expect(placeless(back)).toEqual(placeless(out))
      }),
      { numRuns: 200 },
    )
  })
})

/** Class and shape of what a file says, as objects of the project have them. */
function taken({ objects, keypoints }: ParsedImage) {
  const targets = classes.map((c) => [c.name.toLowerCase(), { ...c, geometries: SHAPE_TYPES }] as const)
  const merged = objects.map((o) => ({
    ...o,
    number: 1,
    keypoints: keypoints?.find((list) => list.class_name === o.class_name),
  }))
  return objectsFor(merged, new Map(targets)).map((o) => [o.class_id, o.shape])
}

/** As text, without the place of a point that is not labelled: it says nothing. */
const placeless = (value: unknown): string =>
  JSON.stringify(value, (_, v) => (v?.visibility === 0 ? { id: v.id, visibility: 0 } : v))

const area = (points: readonly (readonly [number, number])[]) =>
  Math.abs(
    points.reduce(
      (sum, [x, y], i) =>
        sum +
        x * (points[(i + 1) % points.length] as readonly [number, number])[1] -
        (points[(i + 1) % points.length] as readonly [number, number])[0] * y,
      0,
    ),
  )

describe('YOLO', () => {
  test('writes a line for each object, classes numbered in schema order, an empty file where there is none', async () => {
    const polygon: Shape = {
      type: 'polygon',
      points: [
        [64, 48],
        [128, 48],
        [128, 96],
      ],
    }
    const { texts } = await run(yolo, [
      task(1, 'train', [object(2, box(0, 0, 320, 240)), object(7, polygon)]),
      task(2, 'validation', []),
      task(3, 'unassigned', [], 'day 1/a.b.jpg'),
    ])
    expect(texts.get('labels/train/1.txt')).toBe(
      '1 0.25000000 0.25000000 0.50000000 0.50000000\n0 0.15000000 0.15000000 0.10000000 0.10000000\n',
    )
    expect(texts.get('labels/val/2.txt')).toBe('')
    expect(texts.get('labels/unassigned/day 1/a.b.txt')).toBe('')
  })

  test('numbers and quotes class names so that YAML gives them back', async () => {
    const { texts } = await run(yolo, [task(1, 'test', [])])
    expect(texts.get('data.yaml')?.split('\n')).toEqual([
      '# Farm : #1, exported from PixlHub on 2026-11-24T12:00:00.000Z',
      '# Without "path", the folders below are looked for beside this file.',
      'train: images/train',
      'val: images/val',
      'test: images/test',
      '',
      'nc: 3',
      'names:',
      '  0: "zebra"',
      '  1: "ant"',
      '  2: "yes: \\"no\\" # ~ \\\\  é"',
      '',
    ])
  })
})
