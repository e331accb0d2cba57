// YOLO as Ultralytics reads it (docs.ultralytics.com/datasets): one text file per image with a line for each object, beginning
// with the number of its class, from 0 in schema order. What the line says of the object is the variant: yolo-lines.ts.
import {
  type ExportedTask,
  type ExportFormat,
  type ExportSource,
  type ExportSplit,
  sayable,
  type Tally,
  writeImages,
} from './format.ts'
import { dataYaml, keypointsYaml, mostPoints } from './yolo-data.ts'
import { boxOf, cornersOf, keypointsOf, type Line, outlineOfObject } from './yolo-lines.ts'

/** Ultralytics calls the validation set `val`. */
const FOLDERS: Record<ExportSplit, string> = {
  train: 'train',
  validation: 'val',
  test: 'test',
  unassigned: 'unassigned',
}

const LAYOUT = [
  'data.yaml; labels/train, labels/val, labels/test and images/ with the same folders; tasks without a split in unassigned/.',
  'An image without objects has an empty label file.',
]

type Variant = Pick<ExportFormat, 'name' | 'title' | 'omits'> & {
  /** A line of README.txt about what stands in a line. */
  says: string
  lineOf: (source: ExportSource) => Line
  yaml?: (source: ExportSource) => string[]
}

const variant = ({ says, lineOf, yaml, ...format }: Variant): ExportFormat => ({
  ...format,
  unique_by: 'stem',
  layout: [...LAYOUT, says],
  async write(source, archive, tally) {
    await archive.text('data.yaml', [dataYaml(source, yaml?.(source) ?? [])])
    const numberOf = new Map(source.classes.map((c, i) => [c.id, i]))
    const line = lineOf(source)
    for (const split of source.splits.keys()) {
      for await (const page of source.pages(split))
        for (const task of page) {
          const said = linesOf(task, line, format.omits, tally)
          tally.task(split, said)
          const text = said.map(({ class_id, numbers }) => `${numberOf.get(class_id)} ${numbers}\n`).join('')
          await archive.text(`labels/${FOLDERS[split]}/${task.path.replace(/\.[^./]*$/, '')}.txt`, [text])
        }
      if (source.with_images) await writeImages(source, archive, tally, split, `images/${FOLDERS[split]}`)
    }
  },
})

function linesOf(task: ExportedTask, line: Line, omits: ExportFormat['omits'], tally: Tally) {
  return sayable(task, omits, tally).flatMap((object) => {
    const numbers = line(object, task, tally)
    if (numbers) return [{ class_id: object.class_id, numbers: numbers.map(decimals).join(' ') }]
    tally.leaveOut(`${object.shape.type} objects without area in the image`)
    return []
  })
}

/** Eight decimals tell apart less than a thousandth of a pixel of a 65,535 px image. A whole number is a visibility. */
const decimals = (n: number | { visibility: number }): string =>
  typeof n === 'object' ? `${n.visibility}` : n.toFixed(8).replace(/^-(0\.0+)$/, '$1')

export const yolo = variant({
  name: 'yolo',
  title: 'YOLO detection (Ultralytics)',
  omits: ['polyline', 'point'],
  says: 'A line: class, then x and y of the centre, width and height of the bounding box, as parts of the image.',
  lineOf: () => boxOf,
})

export const yoloSegment = variant({
  name: 'yolo_segment',
  title: 'YOLO segmentation (Ultralytics)',
  omits: ['polyline', 'point', 'skeleton'],
  says: 'A line: class, then x and y of each point of the outline, as parts of the image. Parts and holes are joined by seams without area.',
  lineOf: () => outlineOfObject,
})

export const yoloObb = variant({
  name: 'yolo_obb',
  title: 'YOLO oriented boxes (Ultralytics OBB)',
  omits: ['polyline', 'point', 'skeleton'],
  says: 'A line: class, then x and y of the four corners, clockwise, as parts of the image; a corner may lie a little outside of it.',
  lineOf: () => cornersOf,
})

export const yoloPose = variant({
  name: 'yolo_pose',
  title: 'YOLO pose (Ultralytics)',
  omits: ['box', 'polygon', 'polyline', 'point', 'ellipse', 'mask'],
  says: 'A line: class, the box around the labelled points, then x, y and visibility (0 not labelled, 1 hidden, 2 seen) of each point.',
  lineOf: ({ classes }) => keypointsOf(new Map(classes.map((c) => [c.id, c.skeleton])), mostPoints(classes)),
  yaml: ({ classes }) => keypointsYaml(classes),
})
