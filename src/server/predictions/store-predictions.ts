// Predictions onto tasks: found by id or name, judged one by one, written in steps. Broken off in the middle and sent again,
// the result is the same.
import type { PredictionReport } from '../../contract/predictions.ts'
import { Failure } from '../../model/failure.ts'
import type { App, Caller, ProjectScope } from '../handler.ts'
import { folderAndName, plainPath, stemOf } from '../imports/file-text.ts'
import { TaskNames } from '../imports/match-names.ts'
import { tasksNamed, tasksWithStem } from '../imports/match-queries.ts'
import type { PredictedImage } from '../imports/prediction-file.ts'
import { holdLabelSchema, labelSchemaOf, type VersionedSchema } from '../projects/schema-queries.ts'
import { type Judged, judge } from './judge-predictions.ts'
import * as rows from './queries.ts'

/** One statement writes this many tasks, and about this many bytes. */
const STEP_TASKS = 500
const STEP_BYTES = 4 * 1024 * 1024
/** Names that a list of the report holds. */
const LISTED = 200

export async function storePredictions(
  app: App,
  project: ProjectScope,
  caller: Caller,
  { model, version = '' }: { model: string; version?: string | undefined },
  images: readonly PredictedImage[],
): Promise<PredictionReport> {
  const project_id = project.row.id
  let judgedBy = await labelSchemaOf(app.db, project_id)
  const tally = newTally()
  const byTask = await matched(app, project_id, images, tally)
  const known = await rows.imagesOfTasks(app.db, project_id, [...byTask.keys()])
  const person_id = caller.person_id
  const set_id = await rows.setOf(app.db, project_id, { model: model.trim(), version: version.trim(), person_id })
  let step: JudgedTask[] = []
  let weight = 0
  const write = async () => {
    const written = await app.db.transaction().execute(async (tx) => {
      const held = await holdLabelSchema(tx, project_id)
      // A class or a shape may have been taken away since the step before.
      if (held.version !== judgedBy.version) step = step.map(({ task, parts }) => judged(task, parts, held))
      judgedBy = held
      return rows.replacePredictions(tx, project_id, set_id, step.map(rowOf))
    })
    if (!written) throw new Failure('not_found', 'This prediction set was deleted meanwhile. Send it again.')
    for (const { task, left_out, items, adjusted } of step) {
      for (const reason of left_out) tally.leaveOut(task.name, reason)
      tally.add(items.length, adjusted)
    }
    step = []
    weight = 0
  }
  // In the order of ids: two that write at once never wait for each other in a circle.
  for (const [task_id, parts] of [...byTask].sort(([a], [b]) => a - b)) {
    const task = known.get(task_id)
    if (!task) {
      tally.unmatch(`task ${task_id}`, 'There is no such task in this project.')
      continue
    }
    const next = judged(task, parts, judgedBy)
    step.push(next)
    weight += next.text.length
    if (step.length >= STEP_TASKS || weight >= STEP_BYTES) await write()
  }
  if (step.length > 0) await write()
  return { set_id, ...tally.counts }
}

type JudgedTask = Judged & { task: rows.TaskImage; parts: PredictedImage[]; text: string }

function judged(task: rows.TaskImage, parts: PredictedImage[], { schema }: VersionedSchema): JudgedTask {
  const found = judge(parts, task, schema)
  return { ...found, task, parts, text: JSON.stringify(found.items) }
}

const rowOf = ({ task, items, text }: JudgedTask): rows.PredictedTask => ({
  task_id: task.id,
  items: text,
  item_count: items.length,
  class_ids: [...new Set(items.map((p) => p.class_id))],
})

type Tally = ReturnType<typeof newTally>

function newTally() {
  const counts = {
    task_count: 0,
    prediction_count: 0,
    adjusted_count: 0,
    left_out: [] as { name: string; reason: string }[],
    left_out_count: 0,
    unmatched: [] as { name: string; reason: string }[],
    unmatched_count: 0,
  }
  return {
    counts,
    add(predictions: number, adjusted: number) {
      counts.task_count++
      counts.prediction_count += predictions
      counts.adjusted_count += adjusted
    },
    leaveOut(name: string, reason: string) {
      if (++counts.left_out_count <= LISTED) counts.left_out.push({ name, reason })
    },
    unmatch(name: string, reason: string) {
      if (++counts.unmatched_count <= LISTED) counts.unmatched.push({ name, reason })
    },
  }
}

/** Several parts about one task add up. Names are looked up all at once: by index, then the rest in one reading. */
async function matched(
  app: App,
  project_id: number,
  images: readonly PredictedImage[],
  tally: Tally,
): Promise<Map<number, PredictedImage[]>> {
  const byTask = new Map<number, PredictedImage[]>()
  const put = (task_id: number, image: PredictedImage) => {
    const parts = byTask.get(task_id)
    if (parts) parts.push(image)
    else byTask.set(task_id, [image])
  }
  const named = images.flatMap((image) =>
    image.task_id === undefined ? [{ image, place: folderAndName(plainPath(image.name ?? '')) }] : [],
  )
  const names = new TaskNames()
  const exact = await tasksNamed(
    app.db,
    project_id,
    named.map(({ place }) => place.name),
  )
  names.add(exact)
  const found = new Set(exact.map((t) => t.name))
  const missed = new Set(named.filter(({ place }) => !found.has(place.name)).map(({ place }) => stemOf(place.name)))
  names.add(await tasksWithStem(app.db, project_id, [...missed]))
  for (const image of images) if (image.task_id !== undefined) put(image.task_id, image)
  for (const { image, place } of named) {
    const match = names.match({ names: place.name ? [place.name] : [], folders: place.folder ? [place.folder] : [] })
    const name = image.name || 'without an image'
    if (match.outcome === 'matched') {
      put(match.task_id, image)
      continue
    }
    for (const reason of image.left_out) tally.leaveOut(name, reason)
    if (!image.name && image.predictions.length === 0) continue
    if (match.outcome === 'ambiguous')
      tally.unmatch(name, 'Several tasks have this name, and the folder does not tell which.')
    else tally.unmatch(name, 'No task has this name.')
  }
  return byTask
}
