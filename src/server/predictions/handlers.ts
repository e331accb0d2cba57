// predictions/: what models say about tasks, apart from annotations. A person's accept or reject is part of the task's
// document (tasks/save-document.ts), not of what is here.
import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { Failure } from '../../model/failure.ts'
import { predictionKey } from '../../model/prediction.ts'
import type { App, Handlers } from '../handler.ts'
import { type PredictedImage, predictionsOfFile } from '../imports/prediction-file.ts'
import { APART_BYTES, readApart } from '../imports/read-apart.ts'
import { type ReceivedFile, receiveUpload } from '../imports/received-file.ts'
import { taskById } from '../tasks/queries.ts'
import * as rows from './queries.ts'
import { storePredictions } from './store-predictions.ts'

export const predictionHandlers = {
  list_prediction_sets: ({ app, project }) => rows.predictionSets(app.db, project.row.id),

  put_predictions: ({ app, project, caller }, { model, version, tasks }) =>
    storePredictions(
      app,
      project,
      caller,
      { model, version },
      tasks.map((task) => ({ ...task, left_out: [] })),
    ),

  async upload_predictions({ app, project, caller, bytes }, { model, version, name }) {
    const file = await received(app, bytes)
    try {
      const tasks = await imagesOf(name, file)
      return await storePredictions(app, project, caller, { model, version }, tasks)
    } finally {
      await app.files.discard(file.path)
    }
  },

  async delete_prediction_set({ app, project }, { set_id }) {
    const step = () => app.db.transaction().execute((tx) => rows.deleteSome(tx, project.row.id, set_id))
    let done = await step()
    if (done === 'not_found') throw new Failure('not_found', `There is no prediction set ${set_id} in this project.`)
    while (done === 'more') done = await step()
  },

  async get_task_predictions({ app }, { project_id, task_id }) {
    if (!(await taskById(app.db, project_id, task_id)))
      throw new Failure('not_found', `There is no task ${task_id} in this project.`)
    const sets = await rows.predictionsOfTask(app.db, project_id, task_id)
    return {
      sets: sets.map(({ items, ...set }) => ({
        ...set,
        predictions: items.map(({ id, class_id, shape, score }) => ({
          key: predictionKey(set.id, id),
          class_id,
          shape,
          score,
        })),
      })),
    }
  },
} satisfies Partial<Handlers>

async function imagesOf(name: string, { path, size }: ReceivedFile): Promise<PredictedImage[]> {
  const read = () => readFile(path)
  if (size <= APART_BYTES) return predictionsOfFile(name, await read())
  const all: PredictedImage[] = []
  for await (const { images } of readApart<PredictedImage>('predictions', name, read)) all.push(...images)
  return all
}

function received({ config, files }: App, bytes: Readable): Promise<ReceivedFile> {
  const { annotation_bytes } = config.limits
  const tooLong = `One file may have ${Math.round(annotation_bytes / 1024 / 1024)} MiB. Split it by images.`
  return receiveUpload(files, bytes, annotation_bytes, tooLong)
}
