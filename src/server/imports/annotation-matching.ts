// Which task each parsed file speaks of, and what its objects would be there.
import sharp from 'sharp'
import type { App } from '../handler.ts'
import * as rows from './annotation-queries.ts'
import type { ReportBuilder } from './annotation-report.ts'
import { stemOf } from './file-text.ts'
import { isMeasuredRaw } from './fit-to-image.ts'
import { TaskNames } from './match-names.ts'
import * as matching from './match-queries.ts'
import { mergeOfTask } from './task-document.ts'

/** Items, or tasks with their files, read at once. */
const PAGE = 500

/** Exact names come by index, page by page; the rest are looked for in one reading of all tasks. */
export async function matchItems(
  app: App,
  project_id: number,
  import_id: number,
  builder: ReportBuilder,
): Promise<void> {
  const missed: matching.WaitingItem[] = []
  for await (const page of pages(
    (after) => matching.waitingItems(app.db, project_id, import_id, after, PAGE),
    (item) => item.number,
  )) {
    const names = new TaskNames()
    const tasks = await matching.tasksNamed(
      app.db,
      project_id,
      page.flatMap((item) => item.names.slice(0, 1)),
    )
    names.add(tasks)
    const known = new Set(tasks.map((t) => t.name))
    const found = page.filter((item) => known.has(item.names[0] ?? ''))
    missed.push(...page.filter((item) => !known.has(item.names[0] ?? '')))
    await writeMatches(app, project_id, import_id, builder, names, found)
  }
  const names = new TaskNames()
  names.add(
    await matching.tasksWithStem(app.db, project_id, [...new Set(missed.flatMap((item) => item.names.map(stemOf)))]),
  )
  for (let i = 0; i < missed.length; i += PAGE)
    await writeMatches(app, project_id, import_id, builder, names, missed.slice(i, i + PAGE))
}

async function writeMatches(
  app: App,
  project_id: number,
  import_id: number,
  builder: ReportBuilder,
  names: TaskNames,
  items: readonly matching.WaitingItem[],
): Promise<void> {
  const matches: matching.MatchedItem[] = []
  const missed: matching.WaitingItem[] = []
  for (const item of items) {
    const match = names.match(item)
    if (match.outcome === 'matched')
      matches.push({ number: item.number, outcome: 'matched', reason: null, task_id: match.task_id })
    else if (match.outcome === 'ambiguous') {
      builder.ambiguous(item.name)
      matches.push({
        number: item.number,
        outcome: 'unmatched',
        reason: 'Several tasks have this name, and the folder does not tell which.',
        task_id: null,
      })
    } else missed.push(item)
  }
  const duplicates = await matching.duplicatesNamed(
    app.db,
    project_id,
    missed.flatMap((item) => item.names.slice(0, 1)),
  )
  for (const item of missed) {
    builder.unmatched(item.name)
    if (item.names.length === 0)
      for (const reason of await matching.leftOutOf(app.db, project_id, import_id, item.number))
        builder.leaveOut({ name: item.name, reason })
    const twin = duplicates.get(item.names[0]?.toLowerCase() ?? '')
    matches.push({
      number: item.number,
      outcome: 'unmatched',
      reason: twin ? `Its image was not taken: it is the same file as “${twin}”.` : 'No task has this name.',
      task_id: null,
    })
  }
  await matching.writeMatches(app.db, project_id, import_id, matches)
}

/** Counts, task by task, what Confirm would do. */
export async function weighTasks(
  app: App,
  project_id: number,
  import_id: number,
  builder: ReportBuilder,
): Promise<void> {
  for await (const taskIds of pages(
    (after) => rows.nextMatchedTasks(app.db, project_id, import_id, after, PAGE),
    (id) => id,
  )) {
    const tasks = [...(await rows.filesOfTasks(app.db, project_id, import_id, taskIds)).values()]
    await findOrientations(app, project_id, import_id, tasks)
    for (const task of tasks)
      builder.matched(
        { is_in_prepare: task.stage_kind === 'prepare', object_count: task.object_count },
        mergeOfTask(task.files, task),
      )
  }
}

/** Reads the EXIF orientation where a file measured the image as it is stored, before it is turned upright. */
async function findOrientations(
  app: App,
  project_id: number,
  import_id: number,
  tasks: readonly rows.MatchedTask[],
): Promise<void> {
  const found: { number: number; orientation: number }[] = []
  for (const task of tasks)
    for (const file of task.files) {
      if (!isMeasuredRaw(file.document, task)) continue
      const orientation = await orientationOf(app, task.content_hash)
      file.document.orientation = orientation
      found.push({ number: file.number, orientation })
    }
  await rows.writeOrientations(app.db, project_id, import_id, found)
}

/** 1, upright, where the image says nothing or cannot be read. */
async function orientationOf(app: App, content_hash: string): Promise<number> {
  const metadata = await sharp(app.files.path('originals', content_hash))
    .metadata()
    .catch(() => null)
  return metadata?.orientation ?? 1
}

/** Pages by key until one comes back empty. */
async function* pages<T>(read: (after: number) => Promise<T[]>, keyOf: (row: T) => number): AsyncGenerator<T[]> {
  for (let after = 0; ; ) {
    const page = await read(after)
    if (page.length === 0) return
    yield page
    after = keyOf(page.at(-1) as T)
  }
}
