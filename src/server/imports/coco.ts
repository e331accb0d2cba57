// COCO instances and keypoints: one JSON file for many images (cocodataset.org/#format-data). Keypoints, where the category
// names them, become a skeleton; else coco-shapes.ts reads what an annotation holds. A crowd is one object.
import { Failure } from '../../model/failure.ts'
import type { Skeleton } from '../../model/shapes/skeleton.ts'
import { isNumber, isRecord, type Json, shapesOf } from './coco-shapes.ts'
import { folderAndName, plainLine, plainPath, textOf } from './file-text.ts'
import type { AnnotationFormat, ParsedImage } from './format.ts'
import { type KeypointList, keypointList, readKeypoints } from './keypoints.ts'

const MIB = 1024 * 1024

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

type ClassEntry = {
  name: string
  rank: number
  /** A text: why the names of its keypoints cannot be used. */
  keypoints: KeypointList | string | null
}

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
  const entries: (Omit<ClassEntry, 'rank'> & { id: string | number })[] = []
  for (const category of value) {
    const id = idOf(category, 'id')
    if (id === undefined || !isRecord(category) || typeof category.name !== 'string')
      throw new Failure('unsupported_media', `${name}: a category has no id or no name.`)
    const className = plainLine(category.name, 1000)
    const { keypoints: names, skeleton } = category
    const keypoints = Array.isArray(names) && names.length > 0 ? keypointList(className, names, skeleton) : null
    entries.push({ id, name: className, keypoints })
  }
  forbidTwoLists(entries)
  const number = (id: string | number) => (Number.isFinite(Number(id)) ? Number(id) : Number.MAX_SAFE_INTEGER)
  entries.sort((a, b) => number(a.id) - number(b.id))
  const classes = new Map(entries.map(({ id, ...entry }, rank) => [id, { ...entry, rank }]))
  if (classes.size !== entries.length)
    throw new Failure('unsupported_media', `${name}: two categories have the same id.`)
  return classes
}

/** Objects tell their points by the name of their class. */
function forbidTwoLists(entries: Omit<ClassEntry, 'rank'>[]): void {
  const first = new Map<string, ClassEntry['keypoints']>()
  for (const entry of entries) {
    if (typeof entry.keypoints !== 'object' || entry.keypoints === null) continue
    const other = first.get(entry.name) ?? entry.keypoints
    first.set(entry.name, other)
    if (JSON.stringify(other) !== JSON.stringify(entry.keypoints))
      entry.keypoints = 'is not that of another category of this name'
  }
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
  const skeleton = skeletonOf(a, category.keypoints)
  const shapes = skeleton ? [skeleton] : shapesOf(a)
  for (const shape of shapes) {
    if (typeof shape === 'string') image.left_out.push(`${label}: ${shape}`)
    else image.objects.push({ class_name: category.name, shape, class_rank: category.rank, ...scoreOf(a) })
  }
  if (typeof skeleton === 'object' && typeof category.keypoints === 'object') noteKeypoints(image, category.keypoints)
  if (shapes.every((shape) => typeof shape === 'string')) return
  for (const what of remarksOn(a, category.keypoints, skeleton !== null)) note(image, what)
}

/** How sure a model is, where it says so. */
const scoreOf = ({ score }: Json) => (typeof score === 'number' ? { score } : {})

/** Null where no keypoint is labelled, or nothing names them: then the other fields say what there is. */
function skeletonOf({ keypoints }: Json, list: ClassEntry['keypoints']): Skeleton | string | null {
  if (list === null || !Array.isArray(keypoints) || keypoints.length === 0) return null
  if (typeof list === 'string') return `the list of keypoints of its category ${list}`
  if (keypoints.length !== 3 * list.names.length)
    return `${keypoints.length} numbers do not fit the ${list.names.length} keypoints of its category`
  return readKeypoints(keypoints, isNumber)
}

function noteKeypoints(image: ParsedImage, list: KeypointList | null): void {
  if (list && !image.keypoints?.includes(list)) image.keypoints = [...(image.keypoints ?? []), list]
}

/** What is taken over otherwise than a reader of COCO may expect. */
function remarksOn(a: Json, list: ClassEntry['keypoints'], isSkeleton: boolean): string[] {
  const hasSegmentation = Array.isArray(a.segmentation) ? a.segmentation.length > 0 : isRecord(a.segmentation)
  const hasKeypoints = typeof a.num_keypoints === 'number' && a.num_keypoints > 0
  return [
    ...(a.iscrowd === 1 || a.iscrowd === true ? ['a crowd (iscrowd 1), taken as one object'] : []),
    ...(isSkeleton && hasSegmentation ? ['keypoints and a segmentation, taken as keypoints'] : []),
    ...(list === null && hasKeypoints ? ['keypoints that the category does not name, passed over'] : []),
  ]
}

/** Counted, so that a thousand crowds are one line. */
function note(image: ParsedImage, what: string): void {
  const adjusted = image.adjusted ?? []
  const at = adjusted.findIndex((line) => line.endsWith(` × ${what}`))
  const count = at < 0 ? 1 : Number.parseInt(adjusted[at] as string, 10) + 1
  image.adjusted = at < 0 ? [...adjusted, `1 × ${what}`] : adjusted.with(at, `${count} × ${what}`)
}
