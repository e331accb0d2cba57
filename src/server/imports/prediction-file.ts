// A file of predictions, in one of three forms that its content tells apart: COCO results (a list), COCO instances with
// scores (`annotations`), and our own (`tasks`, as put_predictions takes them). Pure.
import { type NewPrediction, NewPredictionsSchema, type TaskPredictions } from '../../contract/predictions.ts'
import { Failure } from '../../model/failure.ts'
import { PREDICTIONS_MAX } from '../../model/prediction.ts'
import { MOST_POINTS, type Skeleton } from '../../model/shapes/skeleton.ts'
import { inputProblem } from '../input.ts'
import { idOf, jsonOf, readInstances } from './coco.ts'
import { isNumber, isRecord, type Json, shapesOf } from './coco-shapes.ts'
import { plainLine, plainPath } from './file-text.ts'
import type { ParsedImage } from './format.ts'
import { countedKeypoints, type KeypointList, readKeypoints } from './keypoints.ts'

/** With `keypoints`: a skeleton whose points are named by number, as the file lists them. */
export type Predicted = NewPrediction & { keypoints?: KeypointList | undefined }
/** What a file says about one image; `left_out` has a reason for each prediction that cannot be taken over. */
export type PredictedImage = Omit<TaskPredictions, 'predictions'> & { predictions: Predicted[]; left_out: string[] }

/** Of a prediction whose file gives no score. */
const CERTAIN = 1

/** @throws Failure unsupported_media, invalid_input with a sentence */
export function predictionsOfFile(name: string, bytes: Uint8Array): PredictedImage[] {
  const root = jsonOf(name, bytes)
  if (Array.isArray(root)) return ofResults(root)
  if (isRecord(root) && 'tasks' in root) return ofOwn(name, root)
  if (isRecord(root) && 'annotations' in root) return readInstances(name, root).map(ofInstances)
  throw new Failure(
    'unsupported_media',
    `${name}: these are no predictions. A list of COCO results is expected, or an object with “annotations” or “tasks”.`,
  )
}

function ofOwn(name: string, root: Json): PredictedImage[] {
  // Which model it is the request says.
  const body = { ...root, model: 'model', version: '' }
  const problem = inputProblem(NewPredictionsSchema, body, name)
  if (problem) throw new Failure('invalid_input', problem)
  return (root.tasks as TaskPredictions[]).map((task) => ({ ...task, left_out: [] }))
}

function ofInstances({ names, folders, objects, keypoints, left_out }: ParsedImage): PredictedImage {
  const image: PredictedImage = {
    name: [...folders.slice(0, 1), ...names.slice(0, 1)].join('/'),
    predictions: [],
    left_out,
  }
  for (const [i, { class_name, shape, score }] of objects.entries())
    add(image, `annotation ${i + 1}`, { class_name, shape, ...listOf(class_name, shape, keypoints) }, score ?? CERTAIN)
  return image
}

const listOf = (class_name: string, { type }: NewPrediction['shape'], lists: KeypointList[] = []) =>
  type === 'skeleton' ? { keypoints: lists.find((list) => list.class_name === class_name) } : {}

/** Numbers are ids of our tasks and classes, as our COCO export writes them; texts are names. */
function ofResults(results: readonly unknown[]): PredictedImage[] {
  const images = new Map<string | number, PredictedImage>()
  for (const [i, result] of results.entries()) {
    const [image_id, category] = [idOf(result, 'image_id'), idOf(result, 'category_id')]
    const at = `result ${i + 1}`
    const image = imageOf(images, image_id ?? '')
    const r = result as Json
    if (image_id === undefined) image.left_out.push(`${at}: no image_id`)
    else if (category === undefined) image.left_out.push(`${at}: no category_id`)
    else
      for (const shape of poseOf(r) ?? shapesOf(r))
        if (typeof shape === 'string') image.left_out.push(`${at}: ${shape}`)
        else add(image, at, { ...classOf(category), ...pointed(shape) }, r.score ?? CERTAIN)
  }
  return [...images.values()]
}

/** Of a result the third number of a point says nothing about visibility; most models put a score there. */
function poseOf({ keypoints }: Json): [Skeleton | string] | null {
  if (!Array.isArray(keypoints) || keypoints.length === 0) return null
  if (keypoints.length % 3 !== 0 || keypoints.length > 3 * MOST_POINTS)
    return [`${keypoints.length} numbers are no keypoints`]
  const pose = readKeypoints(
    keypoints.map((n, i) => (i % 3 === 2 ? (n > 0 ? 2 : 0) : n)),
    isNumber,
  )
  return pose === null ? null : [pose]
}

const pointed = (shape: NewPrediction['shape']): Pick<Predicted, 'shape' | 'keypoints'> =>
  shape.type === 'skeleton' ? { shape, keypoints: countedKeypoints('', MOST_POINTS) } : { shape }

function imageOf(images: Map<string | number, PredictedImage>, id: string | number): PredictedImage {
  let image = images.get(id)
  if (!image) {
    const named = typeof id === 'number' ? { task_id: id } : { name: plainPath(plainLine(id, 1000)) }
    image = { ...named, predictions: [], left_out: [] }
    images.set(id, image)
  }
  return image
}

const classOf = (category: string | number) =>
  typeof category === 'number' ? { class_id: category } : { class_name: plainLine(category, 1000) }

function add(image: PredictedImage, at: string, prediction: Omit<Predicted, 'score'>, score: unknown) {
  if (typeof score !== 'number' || !(score >= 0 && score <= 1))
    image.left_out.push(`${at}: the score is not within 0 and 1`)
  else if (image.predictions.length >= PREDICTIONS_MAX)
    image.left_out.push(`${at}: more than ${PREDICTIONS_MAX.toLocaleString('en')} predictions of one image`)
  else image.predictions.push({ ...prediction, score })
}
