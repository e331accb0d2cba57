// YOLO as Ultralytics has it (docs.ultralytics.com/datasets): a zip with data.yaml and one text file per image in labels/, a
// line for each object: class, then numbers that are parts of the image. Four are a box; six and more the outline of a
// polygon, or with `kpt_shape` in data.yaml a box and keypoints. Eight could be a polygon or a turned box (OBB), and no
// file says which: that is a format of its own.
import { Failure } from '../../model/failure.ts'
import { MAX_POINTS } from '../../model/shapes/geometry.ts'
import { ringArea } from '../../model/shapes/polygon.ts'
import type { Skeleton } from '../../model/shapes/skeleton.ts'
import { folderAndName, plainPath, textOf } from './file-text.ts'
import { pointsOfRing } from './flat-ring.ts'
import type { AnnotationFormat, ParsedImage, ParsedObject } from './format.ts'
import { readData, type YoloData } from './yolo-data.ts'

const MIB = 1024 * 1024

type Found = Pick<ParsedObject, 'shape' | 'is_turned_box' | 'score'>
/** The object of a line's numbers, or why there is none. */
type Reading = (numbers: readonly number[], number: number) => Found | string

const format = (name: string, title: string, readingOf: (data: YoloData) => Reading): AnnotationFormat => ({
  name,
  title,
  extensions: ['.txt'],
  folders: /(^|\/)(labels|obj_[a-z]+_data)\//i,
  // 32 MiB of outlines take about 3 s.
  max_bytes: 32 * MIB,
  parse(file) {
    throw new Failure('unsupported_media', `${file}: send a zip that holds data.yaml and the folder labels.`)
  },
  beside: {
    what: 'data.yaml or classes.txt',
    paths: [/(^|\/)data\.ya?ml$/i, /\.ya?ml$/i, /(^|\/)(classes\.txt|obj\.names)$/i],
    read(file, bytes) {
      const data = readData(file, bytes)
      const reading = readingOf(data)
      return (name, label) => [readLabels(name, textOf(name, label), data, reading)]
    },
  },
})

export const yolo = format('yolo', 'YOLO', ({ keypoints }) => (keypoints ? poseReading(keypoints) : readOutline))
export const yoloObb = format('yolo_obb', 'YOLO OBB', () => readCorners)

function readLabels(name: string, text: string, data: YoloData, reading: Reading): ParsedImage {
  const image: ParsedImage = {
    ...placeOf(name),
    width: null,
    height: null,
    is_relative: true,
    objects: [],
    left_out: [],
  }
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const [first = '', ...rest] = line.trim().split(/\s+/)
    const number = Number(first)
    const class_name = data.names.get(number)
    const at = `line ${i + 1}${class_name === undefined ? '' : ` (${class_name.slice(0, 100)})`}`
    const numbers = rest.map(Number)
    if (class_name === undefined) image.left_out.push(`${at}: there is no class ${first.slice(0, 20)}`)
    else if (!numbers.every((n) => Math.abs(n) <= FARTHEST))
      image.left_out.push(`${at}: not all of it are parts of the image, 0…1`)
    else {
      const found = reading(numbers, number)
      if (typeof found === 'string') image.left_out.push(`${at}: ${found}`)
      else image.objects.push({ class_name, class_rank: number, ...found })
    }
  }
  const used = new Set(image.objects.filter((o) => o.shape.type === 'skeleton').map((o) => o.class_rank as number))
  const lists = [...used].flatMap((number) => data.keypoints?.lists.get(number) ?? [])
  return lists.length > 0 ? { ...image, keypoints: lists } : image
}

/** What stands out of the image is cut later; what is this far away is no part of it but pixels. */
const FARTHEST = 10

/** `set/labels/train/day 1/a.txt`: the image has the name without extension, and lies in images/ where it is not moved. */
function placeOf(name: string): Pick<ParsedImage, 'names' | 'folders'> {
  const { folder, name: own } = folderAndName(plainPath(name))
  const parts = folder.split('/')
  const cut = parts.findLastIndex((part) => part.toLowerCase() === 'labels')
  const below = parts.slice(cut + 1)
  const folders = [[...parts.slice(0, Math.max(0, cut)), 'images', ...below], below, below.slice(1)].map((p) =>
    p.join('/'),
  )
  return { names: [own], folders: [...new Set(folders)].filter((f) => f !== '') }
}

const readOutline: Reading = (numbers) => {
  if (numbers.length === 4 || numbers.length === 5) return boxOf(numbers)
  if (numbers.length < 6 || numbers.length % 2 !== 0)
    return `${numbers.length} numbers are neither a box nor an outline`
  return outlineOf(numbers)
}

const readCorners: Reading = (numbers) => {
  if (numbers.length !== 8 && numbers.length !== 9) return `${numbers.length} numbers are not four corners`
  const found = outlineOf(numbers.slice(0, 8))
  return typeof found === 'string' ? found : { ...found, is_turned_box: true, ...scoreOf(numbers[8]) }
}

/** Without any labelled point an object is its box. */
function poseReading({ count, dimensions, lists }: NonNullable<YoloData['keypoints']>): Reading {
  return (numbers, number) => {
    if (numbers.length === 4) return boxOf(numbers)
    if (numbers.length !== 4 + count * dimensions)
      return `${numbers.length} numbers do not fit ${count} keypoints of ${dimensions} numbers`
    const points: Skeleton['points'] = []
    for (let i = 0; i < (lists.get(number)?.names.length ?? 0); i++) {
      const [x, y, v] = numbers.slice(4 + i * dimensions) as [number, number, number]
      const visibility = dimensions === 3 ? v : x < 0 || y < 0 || (x === 0 && y === 0) ? 0 : 2
      if (visibility !== 0 && visibility !== 1 && visibility !== 2)
        return `the visibility of keypoint ${i + 1} is not 0, 1 or 2`
      if (visibility > 0) points.push({ id: i + 1, x, y, visibility })
    }
    return points.length > 0 ? { shape: { type: 'skeleton', points } } : boxOf(numbers)
  }
}

/** Models write how sure they are behind the numbers. */
const scoreOf = (score: number | undefined) => (score === undefined ? {} : { score })

function boxOf([x, y, width, height, score]: readonly number[]): Found | string {
  const [cx, cy, w, h] = [x, y, width, height] as [number, number, number, number]
  if (w < 0 || h < 0) return 'a negative size'
  if (w === 0 || h === 0) return 'zero area'
  return { shape: { type: 'box', x: cx - w / 2, y: cy - h / 2, width: w, height: h }, ...scoreOf(score) }
}

function outlineOf(numbers: readonly number[]): Found | string {
  if (numbers.length / 2 > MAX_POINTS) return `more than ${MAX_POINTS.toLocaleString('en')} points`
  const points = pointsOfRing(numbers)
  return ringArea(points) === 0 ? 'zero area' : { shape: { type: 'polygon', points } }
}
