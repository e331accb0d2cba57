// COCO instances: one JSON file for many images (cocodataset.org/#format-data). A box is [x, y, width, height] from the
// top left corner. Two ways to say more are understood: `shape`, as our own export writes it where COCO has no form, and
// `attributes.rotation`, as CVAT writes it: degrees clockwise about the middle of the bbox.
import { Type } from 'typebox'
import { Failure } from '../../model/failure.ts'
import { BoxSchema } from '../../model/shapes/box.ts'
import { EllipseSchema } from '../../model/shapes/ellipse.ts'
import { withAngle } from '../../model/shapes/frame.ts'
import { boundsOf, MAX_POINTS, type XY } from '../../model/shapes/geometry.ts'
import { isMaskSize, MOST_TEXT, maskOfSpans } from '../../model/shapes/mask.ts'
import {
  MAX_RINGS,
  type Polygon,
  PolygonSchema,
  polygonOf,
  polygonRings,
  ringArea,
} from '../../model/shapes/polygon.ts'
import { unitedRings } from '../../model/shapes/polygon-boolean.ts'
import { countsOf, joinedSpans, spansOf } from '../../model/shapes/rle.ts'
import { inputProblem } from '../input.ts'
import { folderAndName, plainLine, plainPath, textOf } from './file-text.ts'
import type { AnnotationFormat, ParsedImage, ParsedObject } from './format.ts'

const MIB = 1024 * 1024
const MAX_COORDINATE = 10_000_000
const OWN = Type.Union([BoxSchema, EllipseSchema, PolygonSchema])

export const coco: AnnotationFormat = {
  name: 'coco',
  title: 'COCO instances',
  extensions: ['.json'],
  max_bytes: 200 * MIB,
  parse(name, bytes) {
    const root = jsonOf(name, bytes)
    if (!isRecord(root)) throw new Failure('unsupported_media', `${name}: this is not a COCO file, it holds no object.`)
    return readInstances(name, root)
  },
}

/** @throws Failure unsupported_media */
export function readInstances(name: string, root: Json): ParsedImage[] {
  const classes = readClasses(name, root.categories)
  const images = readImages(name, root.images)
  const stray: ParsedImage = { names: [], folders: [], width: null, height: null, objects: [], left_out: [] }
  for (const [i, annotation] of listIn(name, root, 'annotations').entries()) {
    const image = images.get(idOf(annotation, 'image_id')) ?? stray
    const at = `annotation ${plainLine(String(idOf(annotation, 'id') ?? `number ${i + 1}`), 40)}`
    if (image === stray) stray.left_out.push(`${at}: its image_id is not among the images of the file`)
    else readAnnotation(annotation, classes, image, at)
  }
  return [...images.values(), ...(stray.left_out.length > 0 ? [stray] : [])]
}

export type Json = { [key: string]: unknown }
type ClassEntry = { name: string; rank: number }
export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isNumber = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= MAX_COORDINATE

/** Ids are numbers in COCO; some tools write texts. */
export function idOf(value: unknown, key: string): string | number | undefined {
  const id = isRecord(value) ? value[key] : undefined
  return typeof id === 'number' || typeof id === 'string' ? id : undefined
}

/** @throws Failure unsupported_media */
export function jsonOf(name: string, bytes: Uint8Array): unknown {
  const text = textOf(name, bytes)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Failure('unsupported_media', `${name}: damaged JSON: ${plainLine((error as Error).message, 200)}`)
  }
}

function listIn(name: string, root: Json, key: string): unknown[] {
  const value = root[key]
  if (!Array.isArray(value))
    throw new Failure('unsupported_media', `${name}: this is not a COCO instances file, it has no list “${key}”.`)
  return value
}

/** id → class, ranked by id: the order in which new classes are made. */
function readClasses(name: string, value: unknown): Map<string | number, ClassEntry> {
  if (!Array.isArray(value))
    throw new Failure('unsupported_media', `${name}: this is not a COCO instances file, it has no list “categories”.`)
  const entries: { id: string | number; name: string }[] = []
  for (const category of value) {
    const id = idOf(category, 'id')
    if (id === undefined || !isRecord(category) || typeof category.name !== 'string')
      throw new Failure('unsupported_media', `${name}: a category has no id or no name.`)
    entries.push({ id, name: plainLine(category.name, 1000) })
  }
  const number = (id: string | number) => (Number.isFinite(Number(id)) ? Number(id) : Number.MAX_SAFE_INTEGER)
  entries.sort((a, b) => number(a.id) - number(b.id))
  const classes = new Map(entries.map((e, rank) => [e.id, { name: e.name, rank }]))
  if (classes.size !== entries.length)
    throw new Failure('unsupported_media', `${name}: two categories have the same id.`)
  return classes
}

function readImages(name: string, value: unknown): Map<string | number | undefined, ParsedImage> {
  if (!Array.isArray(value))
    throw new Failure('unsupported_media', `${name}: this is not a COCO instances file, it has no list “images”.`)
  const images = new Map<string | number | undefined, ParsedImage>()
  for (const image of value) {
    const id = idOf(image, 'id')
    if (id === undefined || !isRecord(image) || typeof image.file_name !== 'string')
      throw new Failure('unsupported_media', `${name}: an image has no id or no file_name.`)
    if (images.has(id))
      throw new Failure('unsupported_media', `${name}: two images have the id ${plainLine(String(id), 40)}.`)
    const place = folderAndName(plainPath(image.file_name))
    const pixels = (n: unknown) => (isNumber(n) && n > 0 ? Math.round(n) : null)
    images.set(id, {
      names: place.name ? [place.name] : [],
      folders: place.folder ? [place.folder] : [],
      width: pixels(image.width),
      height: pixels(image.height),
      objects: [],
      left_out: [],
    })
  }
  return images
}

/** Adds the objects of an annotation to its image, or says why there are none. */
function readAnnotation(
  annotation: unknown,
  classes: Map<string | number, ClassEntry>,
  image: ParsedImage,
  at: string,
): void {
  const a = annotation as Json
  const category = classes.get(idOf(a, 'category_id') as number)
  if (!category) return void image.left_out.push(`${at}: its category_id is not among the categories of the file`)
  const label = `${at} (${category.name.slice(0, 100)})`
  if (a.iscrowd === 1 || a.iscrowd === true) return void image.left_out.push(`${label}: a crowd (iscrowd 1)`)
  const score = scoreOf(a)
  for (const shape of shapesOf(a)) {
    if (typeof shape === 'string') image.left_out.push(`${label}: ${shape}`)
    else image.objects.push({ class_name: category.name, shape, class_rank: category.rank, ...score })
  }
}

/** The shapes of an annotation or a result; a text says why there is none. */
export const shapesOf = (a: Json): (Shape | string)[] => readOwn(a.shape) ?? readSegmentation(a)

/** How sure a model is, where it says so. */
const scoreOf = ({ score }: Json) => (typeof score === 'number' ? { score } : {})

type Shape = ParsedObject['shape']

/** The shape that our export wrote beside COCO's fields; null if there is none, or what is there is none of ours. */
function readOwn(shape: unknown): Shape[] | null {
  const isOwn = isRecord(shape) && inputProblem(OWN, shape, 'shape') === null
  return isOwn ? [shape as Shape] : null
}

function readSegmentation(a: Json): (Shape | string)[] {
  if (isRecord(a.segmentation)) return [readMask(a.segmentation)]
  const rings = Array.isArray(a.segmentation) ? a.segmentation.map(readRing) : []
  const problems = rings.filter((ring) => typeof ring === 'string')
  if (rings.length > 0) return [...asOne(rings.filter((ring) => typeof ring !== 'string')), ...problems]
  const box = readBox(a.bbox)
  const rotation = isRecord(a.attributes) ? a.attributes.rotation : 0
  const isTurned = typeof box === 'object' && box.type === 'box' && isNumber(rotation)
  return [isTurned ? withAngle(box, rotation) : box]
}

function readBox(bbox: unknown): Shape | string {
  if (!Array.isArray(bbox)) return 'no bbox and no segmentation'
  if (bbox.length !== 4 || !bbox.every(isNumber)) return 'bbox is not four numbers'
  const [x, y, width, height] = bbox as [number, number, number, number]
  if (width < 0 || height < 0) return `negative size: [${bbox.join(', ')}]`
  if (width === 0 || height === 0) return `zero area: [${bbox.join(', ')}]`
  return { type: 'box', x, y, width, height }
}

/** Run lengths of the whole image, as text or as a list of counts; kept over the bounding box of what they cover. */
function readMask({ size, counts }: Json): Shape | string {
  const [height, width] = Array.isArray(size) ? size : []
  if (!isMaskSize(width, height)) return 'a mask without a usable size'
  const list = typeof counts === 'string' ? countsOf(counts) : counts
  const isCounts = Array.isArray(list) && list.every((n) => Number.isInteger(n) && n >= 0)
  if (!isCounts || list.reduce((all: number, n: number) => all + n, 0) !== width * height)
    return 'a mask whose run lengths do not fit its size'
  const mask = maskOfSpans(joinedSpans(spansOf(list, height)))
  if (!mask) return 'a mask that covers no pixel'
  return mask.counts.length <= MOST_TEXT ? mask : 'a mask of too many pieces'
}

/** A flat list x1, y1, x2, y2, …; a last point equal to the first only closes the ring. */
function readRing(ring: unknown): XY[] | string {
  if (!Array.isArray(ring) || ring.length % 2 !== 0 || !ring.every(isNumber))
    return 'a ring of the segmentation is not a list of x, y numbers'
  if (ring.length / 2 > MAX_POINTS)
    return `a ring of the segmentation has more than ${MAX_POINTS.toLocaleString('en')} points`
  const points: XY[] = []
  for (let i = 0; i < ring.length; i += 2) points.push([ring[i] as number, ring[i + 1] as number])
  const [first, last] = [points[0], points.at(-1)]
  if (points.length > 3 && first && last && first[0] === last[0] && first[1] === last[1]) points.pop()
  if (points.length < 3) return 'a ring of the segmentation has fewer than three points'
  if (ringArea(points) === 0) return 'zero area of a segmentation'
  return points
}

/** More points than this are not united: rings that cross each other everywhere would take minutes. */
const MOST_UNITED = 5000

/** The rings of one annotation are one object. What they cover counts once: rings that overlap are united. */
function asOne(rings: XY[][]): Polygon[] {
  if (rings.length <= 1 || areApart(rings)) return rings.length === 0 ? [] : inParts(rings)
  const one = rings.flat().length <= MOST_UNITED ? unitedRings(rings) : null
  return one ? inParts(polygonRings(one)) : rings.map((ring) => polygonOf([ring]))
}

const inParts = (rings: XY[][]): Polygon[] =>
  rings.length - 1 <= MAX_RINGS ? [polygonOf(rings)] : rings.map((ring) => polygonOf([ring]))

function areApart(rings: readonly XY[][]): boolean {
  const bounds = rings.map(boundsOf).sort((a, b) => a.x - b.x)
  return bounds.every((a, i) => {
    for (const b of bounds.slice(i + 1)) {
      if (b.x >= a.x + a.width) return true
      if (a.y < b.y + b.height && b.y < a.y + a.height) return false
    }
    return true
  })
}
