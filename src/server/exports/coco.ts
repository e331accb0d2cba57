// COCO instances (cocodataset.org/#format-data): one JSON file, or one for each split. Category ids are the class ids,
// in schema order. A box has an empty segmentation, so that reading it back gives a box and not a polygon. What COCO has
// no form for stands as an outline that every reader understands, and beside it as `shape`, which our import takes.
import type { AnnotationObject } from '../../model/annotation.ts'
import type { LabelClass } from '../../model/label-schema.ts'
import { angleOf } from '../../model/shapes/frame.ts'
import { type Shape, shapeArea, shapeBounds } from '../../model/shapes/index.ts'
import { maskSpans } from '../../model/shapes/mask.ts'
import { outlineOf } from '../../model/shapes/outline.ts'
import { type Polygon, polygonArea, polygonRings, ringArea } from '../../model/shapes/polygon.ts'
import { polygonSpans } from '../../model/shapes/polygon-spans.ts'
import { countsOfSpans, countsText, type Span } from '../../model/shapes/rle.ts'
import type { Skeleton, SkeletonTemplate } from '../../model/shapes/skeleton.ts'
import {
  type ExportedTask,
  type ExportFormat,
  type ExportSource,
  type ExportSplit,
  sayable,
  type Tally,
  writeImages,
} from './format.ts'

export const coco: ExportFormat = {
  name: 'coco',
  title: 'COCO instances',
  unique_by: 'name',
  omits: ['polyline', 'point'],
  layout: [
    'annotations/instances.json, or instances_train.json, instances_validation.json, instances_test.json and',
    'instances_unassigned.json when tasks have splits; images in images/, or images/<split>/. file_name is the path below that folder.',
  ],
  async write(source, archive, tally) {
    const isSplit = [...source.splits.keys()].some((s) => s !== 'unassigned')
    const ids = { annotation: 0 }
    for (const split of filesOf(source)) {
      const name = isSplit ? `instances_${split}.json` : 'instances.json'
      await archive.text(`annotations/${name}`, instances(source, split, ids, tally))
    }
    if (!source.with_images) return
    for (const split of source.splits.keys())
      await writeImages(source, archive, tally, split, isSplit ? `images/${split}` : 'images')
  },
}

/** An export is never without a file, even if it holds no task. */
const filesOf = (source: ExportSource): ExportSplit[] =>
  source.splits.size > 0 ? [...source.splits.keys()] : ['unassigned']

/** Two walks, because the lists of images and annotations stand apart. */
async function* instances(
  source: ExportSource,
  split: ExportSplit,
  ids: { annotation: number },
  tally: Tally,
): AsyncGenerator<string> {
  const info = { description: source.project_name, date_created: source.created_at, contributor: 'PixlHub' }
  yield `{"info":${JSON.stringify(info)},\n"licenses":[],\n"categories":[`
  yield source.classes.map((c) => JSON.stringify(category(c))).join(',\n')
  yield '],\n"images":['
  yield* lines(source.images(split), ({ id, path, width, height }) => [
    JSON.stringify({ id, file_name: path, width, height }),
  ])
  yield '],\n"annotations":['
  const classes = new Map(source.classes.map((c) => [c.id, c]))
  yield* lines(source.pages(split), function* (task) {
    const objects = sayable(task, coco.omits, tally)
    tally.task(split, objects)
    for (const o of objects)
      yield JSON.stringify(annotation(o, ++ids.annotation, task, classes.get(o.class_id)?.skeleton))
  })
  yield ']}\n'
}

/** Characters that are handed on at once: the lines of a page may be longer than any text can be. */
const PIECE = 1_000_000

async function* lines<T>(pages: AsyncIterable<T[]>, of: (task: T) => Iterable<string>): AsyncGenerator<string> {
  let [text, separator] = ['', '']
  for await (const page of pages)
    for (const task of page)
      for (const line of of(task)) {
        text += separator + line
        separator = ',\n'
        if (text.length < PIECE) continue
        yield text
        text = ''
      }
  if (text !== '') yield text
}

/** With its points in template order and its lines, counted from 1, as in COCO keypoints. */
function category({ id, name, skeleton }: LabelClass) {
  if (!skeleton) return { id, name, supercategory: '' }
  const number = new Map(skeleton.points.map((p, i) => [p.id, i + 1]))
  const lines = skeleton.edges.map((edge) => edge.map((point) => number.get(point)))
  return { id, name, supercategory: '', keypoints: skeleton.points.map((p) => p.name), skeleton: lines }
}

function annotation(
  { class_id, shape }: AnnotationObject,
  id: number,
  task: ExportedTask,
  template: SkeletonTemplate | undefined,
) {
  const b = shapeBounds(shape)
  return {
    id,
    image_id: task.id,
    category_id: class_id,
    bbox: [b.x, b.y, b.width, b.height],
    segmentation: segmentation(shape, task),
    area: shape.type === 'skeleton' ? b.width * b.height : shapeArea(shape),
    iscrowd: 0,
    ...(shape.type === 'skeleton' ? keypoints(shape, template) : {}),
    ...(isPlain(shape) ? {} : { shape }),
  }
}

/** x, y, v of each point of the template. A point that is not labelled is 0, 0, 0. */
function keypoints({ points }: Skeleton, template: SkeletonTemplate | undefined) {
  const labelled = new Map(points.filter((p) => p.visibility > 0).map((p) => [p.id, p]))
  const list = (template?.points ?? []).flatMap(({ id }) => {
    const p = labelled.get(id)
    return p ? [p.x, p.y, p.visibility] : [0, 0, 0]
  })
  return { keypoints: list, num_keypoints: labelled.size }
}

/** Rings, or run lengths of the whole image for what rings cannot say: masks, and polygons with holes. */
function segmentation(shape: Shape, image: { width: number; height: number }) {
  if (isUprightBox(shape) || shape.type === 'skeleton') return []
  if (shape.type === 'mask') return rle(maskSpans(shape), image)
  if (shape.type === 'polygon' && hasHoles(shape)) return rle(polygonSpans(shape, image), image)
  return outlineOf(shape).map((ring) => ring.flat())
}

const rle = (spans: Iterable<Span>, { width, height }: { width: number; height: number }) => ({
  size: [height, width],
  counts: countsText(countsOfSpans(spans, { width, height })),
})

/** Parts add up; where a ring lies in another, they do not. */
const hasHoles = (p: Polygon): boolean => sumOf(polygonRings(p).map(ringArea)) - polygonArea(p) > 1e-6
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0)

/** What the fields of COCO say whole. */
const isPlain = (shape: Shape): boolean =>
  isUprightBox(shape) ||
  shape.type === 'mask' ||
  shape.type === 'skeleton' ||
  (shape.type === 'polygon' && !shape.rings)
const isUprightBox = (shape: Shape): boolean => shape.type === 'box' && angleOf(shape) === 0
