// YOLO detection as Ultralytics reads it (docs.ultralytics.com/datasets/detect): one text file per image with a line
// `class x y width height` for each object, centre and size as parts of the image, 0…1.
// Every shape goes out as its upright bounding box. Classes are numbered from 0 in schema order.
import { shapeBounds } from '../../model/shapes/index.ts'
import {
  type ExportedTask,
  type ExportFormat,
  type ExportSource,
  type ExportSplit,
  sayable,
  writeImages,
} from './format.ts'

/** Ultralytics calls the validation set `val`. */
const FOLDERS: Record<ExportSplit, string> = {
  train: 'train',
  validation: 'val',
  test: 'test',
  unassigned: 'unassigned',
}

export const yolo: ExportFormat = {
  name: 'yolo',
  title: 'YOLO detection (Ultralytics)',
  unique_by: 'stem',
  omits: ['polyline', 'point'],
  layout: [
    'data.yaml; labels/train, labels/val, labels/test and images/ with the same folders; tasks without a split in unassigned/.',
    'An image without objects has an empty label file. Other shapes than upright boxes are written as their bounding boxes.',
  ],
  async write(source, archive, tally) {
    await archive.text('data.yaml', [dataYaml(source)])
    const numberOf = new Map(source.classes.map((c, i) => [c.id, i]))
    for (const split of source.splits.keys()) {
      for await (const page of source.pages(split))
        for (const task of page) {
          const objects = sayable(task, yolo.omits, tally)
          tally.task(split, objects)
          const text = objects.map((o) => `${numberOf.get(o.class_id)} ${placeOf(o, task)}\n`).join('')
          await archive.text(`labels/${FOLDERS[split]}/${task.path.replace(/\.[^./]*$/, '')}.txt`, [text])
        }
      if (source.with_images) await writeImages(source, archive, tally, split, `images/${FOLDERS[split]}`)
    }
  },
}

/** Centre and size as parts of the image. Eight decimals tell apart less than a thousandth of a pixel of a 65,535 px image. */
function placeOf(object: ExportedTask['objects'][number], image: { width: number; height: number }): string {
  const b = shapeBounds(object.shape)
  const parts = [
    (b.x + b.width / 2) / image.width,
    (b.y + b.height / 2) / image.height,
    b.width / image.width,
    b.height / image.height,
  ]
  return parts.map((n) => Math.min(1, Math.max(0, n)).toFixed(8)).join(' ')
}

/**
 * `path` is left out on purpose: Ultralytics then takes the folder of this file. A `path: .` would mean its own
 * datasets folder, or the folder the training was started in (check_det_dataset in ultralytics/data/utils.py).
 */
function dataYaml(source: ExportSource): string {
  const unassigned = source.splits.get('unassigned') ?? 0
  return [
    `# ${oneLine(source.project_name)}, exported from PixlHub on ${source.created_at}`,
    '# Without "path", the folders below are looked for beside this file.',
    ...(unassigned > 0 ? [`# ${unassigned} images have no split: images/unassigned, labels/unassigned`] : []),
    // Training asks for both of these, also when one of them is empty.
    'train: images/train',
    'val: images/val',
    ...(source.splits.has('test') ? ['test: images/test'] : []),
    '',
    `nc: ${source.classes.length}`,
    source.classes.length > 0 ? 'names:' : 'names: {}',
    ...source.classes.map((c, i) => `  ${i}: ${yamlText(c.name)}`),
    '',
  ].join('\n')
}

const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')

/** A double-quoted YAML scalar. JSON strings are such scalars, but for three characters that YAML takes for line ends. */
function yamlText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0085\u2028\u2029\u007f-\u009f]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
