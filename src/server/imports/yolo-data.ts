// What stands beside the label files of a YOLO data set: data.yaml as Ultralytics has it, or only the names of the classes,
// one a line (classes.txt of Label Studio and labelImg, obj.names of Darknet and CVAT). Pure.
import { parse } from 'yaml'
import { Failure } from '../../model/failure.ts'
import { MOST_POINTS } from '../../model/shapes/skeleton.ts'
import { isRecord, type Json } from './coco-shapes.ts'
import { plainLine, textOf } from './file-text.ts'
import { countedKeypoints, type KeypointList, keypointList } from './keypoints.ts'

export type YoloData = {
  /** By the number of the class. */
  names: ReadonlyMap<number, string>
  /** Points of each object, and numbers of each point: 2, or 3 with the visibility. Null: no pose. */
  keypoints: { count: number; dimensions: 2 | 3; lists: ReadonlyMap<number, KeypointList> } | null
}

/** As many as model/label-schema.ts allows. */
const MOST_CLASSES = 2000

/** @throws Failure unsupported_media */
export function readData(name: string, bytes: Uint8Array): YoloData {
  const text = textOf(name, bytes)
  if (!/\.ya?ml$/i.test(name))
    return {
      names: namesOf(
        name,
        text.split(/\r?\n/).filter((l) => l.trim()),
      ),
      keypoints: null,
    }
  const root = yamlOf(name, text)
  const names = namesOf(name, root.names)
  return { names, keypoints: keypointsIn(name, root, names) }
}

function yamlOf(name: string, text: string): Json {
  let root: unknown
  try {
    // Aliases are counted by the parser, so that a few lines cannot grow without end.
    root = parse(text, { logLevel: 'error', maxAliasCount: 100 })
  } catch (error) {
    throw new Failure('unsupported_media', `${name}: damaged YAML: ${plainLine((error as Error).message, 200)}`)
  }
  if (!isRecord(root)) throw new Failure('unsupported_media', `${name}: this is no data.yaml of a YOLO data set.`)
  return root
}

/** A list, or names by number. */
function namesOf(name: string, value: unknown): Map<number, string> {
  const entries = Array.isArray(value) ? [...value.entries()] : isRecord(value) ? Object.entries(value) : []
  const names = new Map(entries.map(([number, text]) => [Number(number), plainLine(String(text ?? ''), 1000)]))
  if (names.size === 0) throw new Failure('unsupported_media', `${name}: it has no “names” of classes.`)
  if (names.size > MOST_CLASSES)
    throw new Failure('unsupported_media', `${name}: it has ${names.size} classes; 2,000 are possible.`)
  return names
}

function keypointsIn(name: string, root: Json, names: ReadonlyMap<number, string>): YoloData['keypoints'] {
  if (root.kpt_shape === undefined || root.kpt_shape === null) return null
  const [count, dimensions] = Array.isArray(root.kpt_shape) ? root.kpt_shape : []
  if (!(Number.isInteger(count) && count >= 1 && count <= MOST_POINTS) || (dimensions !== 2 && dimensions !== 3))
    throw new Failure(
      'unsupported_media',
      `${name}: kpt_shape is not [points, 2 or 3], with 1 to ${MOST_POINTS} points.`,
    )
  const lists = [...names].map(([number, className]) => [number, listOf(name, root, number, className, count)] as const)
  return { count, dimensions, lists: new Map(lists) }
}

/** By `kpt_names`, which may name fewer points of a class than there are; else only counted. */
function listOf(
  name: string,
  { kpt_names: given }: Json,
  number: number,
  className: string,
  count: number,
): KeypointList {
  const own: unknown = isRecord(given) ? given[number] : Array.isArray(given) ? given[number] : undefined
  if (!Array.isArray(own) || own.length === 0) return countedKeypoints(className, count)
  const list = keypointList(className, own.slice(0, count), [])
  if (typeof list === 'string') throw new Failure('unsupported_media', `${name}: kpt_names of class ${number} ${list}.`)
  return list
}
