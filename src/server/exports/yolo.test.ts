// YOLO by hand: what stands in a line of each variant, and what comes back through the import.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse as yaml } from 'yaml'
import type { LabelClass } from '../../model/label-schema.ts'
import { SHAPE_TYPES, type Shape, shapeArea } from '../../model/shapes/index.ts'
import { maskOfSpans } from '../../model/shapes/mask.ts'
import { fitToImage } from '../imports/fit-to-image.ts'
import type { AnnotationFormat } from '../imports/format.ts'
import { objectsFor } from '../imports/task-document.ts'
import { yolo as yoloIn, yoloObb as yoloObbIn } from '../imports/yolo.ts'
import type { ExportFormat } from './format.ts'
import { box, cls, object, run, task } from './test-source.ts'
import { yolo, yoloObb, yoloPose, yoloSegment } from './yolo.ts'

const image = { width: 640, height: 480 }
const point = (id: number, x: number, y: number, visibility = 2) => ({ id, x, y, visibility })
const skeleton = (...points: ReturnType<typeof point>[]): Shape => ({ type: 'skeleton', points })
const polygon = (points: [number, number][], ...rings: [number, number][][]): Shape =>
  rings.length > 0 ? { type: 'polygon', points, rings } : { type: 'polygon', points }
const square = (x: number, y: number, size: number): [number, number][] => [[x, y], [x + size, y], [x + size, y + size], [x, y + size]] // biome-ignore format: short

/** The numbers of each line, and what was counted. */
async function written(format: ExportFormat, ...shapes: Shape[]) {
  const { texts, tally } = await run(format, [task(1, 'train', shapes.map((s) => object(2, s)))]) // biome-ignore format: short
  const lines = (texts.get('labels/train/1.txt') as string).split('\n').slice(0, -1)
  return {
    lines: lines.map((line) => line.split(' ').map(Number)),
    left_out: tally.leftOut().map((l) => [l.count, l.reason]),
    simplified: tally.simplified().map((l) => [l.count, l.reason]),
  }
}

describe('YOLO detection', () => {
  test('has what lies in the image, and says which shapes are only their boxes', async () => {
    const found = await written(
      yolo,
      { type: 'ellipse', x: -64, y: 48, width: 128, height: 96 },
      { type: 'box', x: 64, y: 48, width: 64, height: 48, angle: 90 },
      skeleton(point(8, 5, 5), point(5, 5, 9)),
    )
    // The ellipse is cut at x = 0: 64 × 96 around (32, 96). The turned box is 48 × 64 around (96, 72).
    expect(found.lines).toEqual([
      [1, 0.05, 0.2, 0.1, 0.2],
      [1, 0.15, 0.15, 0.075, 0.13333333],
    ])
    expect(found.simplified).toEqual([
      [1, 'ellipse objects, written as their bounding boxes'],
      [1, 'turned box objects, written as their bounding boxes'],
    ])
    expect(found.left_out).toEqual([[1, 'skeleton objects without area in the image']])
  })
})

describe('YOLO segmentation', () => {
  test('has the outline of a polygon, a box and a mask', async () => {
    const mask = maskOfSpans([{ x: 64, from: 48, to: 96 }, { x: 65, from: 48, to: 72 }]) as Shape // biome-ignore format: short
    const found = await written(yoloSegment, polygon([[0, 0], [64, 0], [64, 48]]), box(320, 240, 64, 48), mask) // biome-ignore format: short
    expect(found.lines).toEqual([
      [1, 0, 0, 0.1, 0, 0.1, 0.1],
      [1, 0.5, 0.5, 0.6, 0.5, 0.6, 0.6, 0.5, 0.6],
      // (64, 48) (66, 48) (66, 72) (65, 72) (65, 96) (64, 96)
      [1, 0.1, 0.1, 0.103125, 0.1, 0.103125, 0.15, 0.1015625, 0.15, 0.1015625, 0.2, 0.1, 0.2],
    ])
    expect(found.simplified).toEqual([
      [1, 'box objects, written as outlines'],
      [1, 'mask objects, written as outlines'],
    ])
  })

  test('leads by a seam into a hole, and around it the other way', async () => {
    const found = await written(yoloSegment, polygon(square(0, 0, 48), square(16, 12, 12)))
    // (0, 0) → (16, 12) (16, 24) (28, 24) (28, 12) (16, 12) → (0, 0), then on along the outline
    const points = [[0, 0], [16, 12], [16, 24], [28, 24], [28, 12], [16, 12], [0, 0], [48, 0], [48, 48], [0, 48]] // biome-ignore format: short
    expect(found.lines).toEqual([
      [1, ...points.flatMap(([x, y]) => [rounded((x as number) / 640), rounded((y as number) / 480)])],
    ])
    expect(found.simplified).toEqual([[1, 'polygon objects of several rings, written as one outline with seams']])
  })

  test('cuts what stands out of the image, and counts what has no outline', async () => {
    const shapes = [polygon([[-64, 0], [64, 0], [64, 48], [-64, 48]]), skeleton(point(8, 1, 1)), { type: 'point', x: 1, y: 1 }] as Shape[] // biome-ignore format: short
    const found = await written(yoloSegment, ...shapes, polygon(square(700, 0, 9)))
    expect(found.lines.map((l) => [...l.slice(1)].sort())).toEqual([[0, 0, 0, 0, 0.1, 0.1, 0.1, 0.1]])
    expect(found.left_out).toEqual([
      [1, 'point objects, which this format has no form for'],
      [1, 'skeleton objects, which this format has no form for'],
      [1, 'polygon objects without area in the image'],
    ])
  })
})

describe('YOLO oriented boxes', () => {
  test('have the corners clockwise, from the one that is the top left when not turned', async () => {
    const turned: Shape = { type: 'box', x: 100, y: 100, width: 60, height: 20, angle: 90 }
    const found = await written(yoloObb, box(64, 48, 128, 96), turned)
    expect(found.lines).toEqual([
      [1, 0.1, 0.1, 0.3, 0.1, 0.3, 0.3, 0.1, 0.3],
      // (140, 80) (140, 140) (120, 140) (120, 80)
      [1, 0.21875, 0.16666667, 0.21875, 0.29166667, 0.1875, 0.29166667, 0.1875, 0.16666667],
    ])
    expect(found.simplified).toEqual([])
  })

  test('lie around other shapes as tightly as they can', async () => {
    const diamond = polygon([[320, 208], [352, 240], [320, 272], [288, 240]]) // biome-ignore format: short
    const found = await written(yoloObb, diamond, { type: 'ellipse', x: 64, y: 48, width: 128, height: 96 })
    expect(new Set(pairs(found.lines[0]))).toEqual(
      new Set(['0.5 0.43333333', '0.55 0.5', '0.5 0.56666667', '0.45 0.5']),
    )
    expect(found.lines[1]).toEqual([1, 0.1, 0.1, 0.3, 0.1, 0.3, 0.3, 0.1, 0.3])
    expect(found.simplified).toHaveLength(2)
  })

  test('may have a corner outside of the image, but are never more than a reader takes', async () => {
    const far: Shape = { type: 'box', x: 20, y: 40, width: 600, height: 400, angle: 45 }
    const found = await written(yoloObb, { type: 'box', x: 0, y: 100, width: 64, height: 64, angle: 45 }, far)
    expect(Math.min(...(found.lines[0] as number[]))).toBeCloseTo((32 - 32 * Math.SQRT2) / 640, 7)
    expect(found.lines[1]).toEqual([1, 0, 0, 1, 0, 1, 1, 0, 1])
    expect(found.simplified).toEqual([
      [1, 'turned boxes that reach far out of the image, written as upright ones within it'],
    ])
  })
})

describe('YOLO pose', () => {
  test('has the box around the labelled points, then all points in template order', async () => {
    const found = await written(
      yoloPose,
      skeleton(point(5, 128, 96, 1), point(3, 9, 9, 0), point(8, 64, 48)),
      box(1, 1, 9, 9),
    )
    expect(found.lines).toEqual([[1, 0.15, 0.15, 0.1, 0.1, 0.1, 0.1, 2, 0.2, 0.2, 1, 0, 0, 0]])
    expect(found.left_out).toEqual([[1, 'box objects, which this format has no form for']])
  })

  test('counts points outside of the image, and skeletons that have no box', async () => {
    const found = await written(
      yoloPose,
      skeleton(point(8, 64, 48), point(5, 128, 96), point(3, -1, 5)),
      skeleton(point(8, 64, 48), point(5, 0, 0, 0)),
    )
    expect(found.lines).toEqual([[1, 0.15, 0.15, 0.1, 0.1, 0.1, 0.1, 2, 0.2, 0.2, 2, 0, 0, 0]])
    expect(found.simplified).toEqual([[1, 'keypoints outside the image, written as not labelled']])
    expect(found.left_out).toEqual([[1, 'skeleton objects without area in the image']])
  })

  const pose = (id: number, ...names: string[]): LabelClass => ({
    ...cls(id, `class ${id}`),
    skeleton: { points: names.map((name, i) => ({ id: i + 1, name, x: 0, y: 0 })), edges: [] },
  })
  const dataOf = async (...classes: LabelClass[]) => {
    const { texts } = await run(yoloPose, [task(1, 'train', [])], classes)
    return { data: yaml(texts.get('data.yaml') as string), text: texts.get('data.yaml') as string }
  }

  test('says in data.yaml how many points there are, what they are called and how a mirror swaps them', async () => {
    const { data } = await dataOf(cls(1, 'car'), pose(2, 'nose', 'left_eye', 'right_eye', 'tail'))
    expect(data).toEqual({
      train: 'images/train',
      val: 'images/val',
      nc: 2,
      names: { 0: 'car', 1: 'class 2' },
      kpt_shape: [4, 3],
      flip_idx: [0, 2, 1, 3],
      kpt_names: { 1: ['nose', 'left_eye', 'right_eye', 'tail'] },
    })
    expect((await dataOf(pose(2, 'LeftEye', 'RightEye', 'l_ear', 'r_ear', 'paw L', 'paw R'))).data.flip_idx).toEqual([1, 0, 3, 2, 5, 4]) // biome-ignore format: short
  })

  test('leaves flip_idx out where the names do not tell, or two classes disagree', async () => {
    for (const classes of [
      [pose(2, 'nose', 'tail')],
      [pose(2, 'left eye', 'right ear')],
      [pose(2, 'left eye', 'right eye', 'left ear')],
      [pose(2, 'left', 'right', 'nose'), pose(3, 'nose', 'left', 'right')],
    ]) {
      const { data, text } = await dataOf(...classes)
      expect(data.flip_idx).toBeUndefined()
      expect(text).toContain('# No flip_idx')
    }
    // The shorter class is filled up with points that stay where they are.
    expect((await dataOf(pose(2, 'left', 'right', 'nose'), pose(3, 'left', 'right'))).data).toMatchObject({ kpt_shape: [3, 3], flip_idx: [1, 0, 2] }) // biome-ignore format: short
    expect((await dataOf(cls(1, 'car'))).data.kpt_shape).toBeUndefined()
  })
})

describe('law: what comes back is what went out', () => {
  const hundredth = (min: number, max: number) => fc.integer({ min: min * 100, max: max * 100 }).map((n) => n / 100)
  const boxes = fc
    .tuple(hundredth(0, 500), hundredth(0, 380), hundredth(1, 140), hundredth(1, 100))
    .map((b) => box(...b))
  const degrees = fc.integer({ min: -17999, max: 17999 }).filter((n) => n !== 0)
  // So far from the edge that no corner leaves the image.
  const inner = fc.tuple(hundredth(150, 300), hundredth(150, 250), hundredth(20, 100), hundredth(20, 100))
  const turned = fc.tuple(inner, degrees).map(([b, n]): Shape => ({ ...box(...b), angle: n / 100 }) as Shape)
  const polygons = fc
    .uniqueArray(fc.tuple(hundredth(0, 640), hundredth(0, 480)), { minLength: 3, maxLength: 8, selector: String })
    .map((points) => polygon(points as [number, number][]))
    .filter((p) => shapeArea(p) > 0.01)
  const skeletons = fc
    .tuple(...[8, 5, 3].map((id) => fc.record({ id: fc.constant(id), x: hundredth(0, 640), y: hundredth(0, 480), visibility: fc.nat(2) }))) // biome-ignore format: short
    .filter((points) => {
      const labelled = points.filter((p) => p.visibility > 0)
      return new Set(labelled.map((p) => p.x)).size > 1 && new Set(labelled.map((p) => p.y)).size > 1
    })
    .map((points) => skeleton(...points))

  test.each([
    ['detection', yolo, yoloIn, boxes],
    ['segmentation', yoloSegment, yoloIn, polygons],
    ['oriented boxes', yoloObb, yoloObbIn, fc.oneof(boxes, turned)],
    ['pose', yoloPose, yoloIn, skeletons],
  ] as const)('%s', async (_what, out, back, shapes) => {
    await fc.assert(
      fc.asyncProperty(fc.array(shapes as fc.Arbitrary<Shape>, { maxLength: 5 }), async (given) => {
        expect(placeless(await through(out, back, given))).toEqual(placeless(given))
      }),
    )
  })

  test('a polygon with a hole comes back as one ring of the same area', async () => {
    const holed = polygon(square(0, 0, 48), square(16, 12, 12))
    const [shape] = await through(yoloSegment, yoloIn, [holed])
    expect(shape && shapeArea(shape)).toBe(48 * 48 - 12 * 12)
  })

  async function through(out: ExportFormat, back: AnnotationFormat, given: readonly Shape[]): Promise<Shape[]> {
    const { texts, classes } = await run(out, [task(1, 'train', given.map((s) => object(2, s)))]) // biome-ignore format: short
    const bytes = (path: string) => Buffer.from(texts.get(path) as string)
    const parse = back.beside?.read('data.yaml', bytes('data.yaml'))
    const [parsed] = parse?.('labels/train/1.txt', bytes('labels/train/1.txt')) ?? []
    if (!parsed) throw new Error('nothing came back')
    const fitted = fitToImage(parsed, image, 1)
    expect([parsed.left_out, fitted.left_out]).toEqual([[], []])
    const targets = new Map(classes.map((c) => [c.name.toLowerCase(), { ...c, geometries: SHAPE_TYPES }]))
    return objectsFor(fitted.objects.map((o) => ({ ...o, number: 1 })), targets).map((o) => o.shape) // biome-ignore format: short
  }
})

/** As a label file has it. */
const rounded = (n: number): number => Number(n.toFixed(8))
const pairs = (line: number[] = []) => [1, 3, 5, 7].map((i) => `${line[i]} ${line[i + 1]}`)
/** Without the place of a point that is not labelled: it says nothing. */
const placeless = (shapes: readonly Shape[]): Shape[] =>
  JSON.parse(JSON.stringify(shapes, (_, v) => (v?.visibility === 0 ? { id: v.id, visibility: 0 } : v === 0 ? 0 : v)))
