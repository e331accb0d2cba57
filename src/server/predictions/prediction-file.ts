// A file of predictions, in one of three forms that its content tells apart: COCO results (a list), COCO instances with
// scores (`annotations`), and our own (`tasks`, as put_predictions takes them). Pure.
import { NewPredictionsSchema, type TaskPredictions } from '../../contract/predictions.ts'
import { Failure } from '../../model/failure.ts'
import { PREDICTIONS_MAX } from '../../model/prediction.ts'
import { idOf, isRecord, type Json, jsonOf, readInstances, shapesOf } from '../imports/coco.ts'
import { plainLine, plainPath } from '../imports/file-text.ts'
import type { ParsedImage } from '../imports/format.ts'
import { inputProblem } from '../input.ts'

/** What a file says about one image; `left_out` has a reason for each prediction that cannot be taken over. */
export type PredictedImage = TaskPredictions & { left_out: string[] }

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

function ofInstances({ names, folders, objects, left_out }: ParsedImage): PredictedImage {
  const image: PredictedImage = {
    name: [...folders.slice(0, 1), ...names.slice(0, 1)].join('/'),
    predictions: [],
    left_out,
  }
  for (const [i, { class_name, shape, score }] of objects.entries())
    add(image, `annotation ${i + 1}`, { class_name }, shape, score ?? CERTAIN)
  return image
}

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
      for (const shape of shapesOf(r))
        if (typeof shape === 'string') image.left_out.push(`${at}: ${shape}`)
        else add(image, at, classOf(category), shape, r.score ?? CERTAIN)
  }
  return [...images.values()]
}

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

type New = TaskPredictions['predictions'][number]

function add(
  image: PredictedImage,
  at: string,
  of: Pick<New, 'class_id' | 'class_name'>,
  shape: New['shape'],
  score: unknown,
) {
  if (typeof score !== 'number' || !(score >= 0 && score <= 1))
    image.left_out.push(`${at}: the score is not within 0 and 1`)
  else if (image.predictions.length >= PREDICTIONS_MAX)
    image.left_out.push(`${at}: more than ${PREDICTIONS_MAX.toLocaleString('en')} predictions of one image`)
  else image.predictions.push({ ...of, shape, score })
}
