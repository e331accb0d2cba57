// Annotation files into a project, up to the report: taken and parsed one by one, then matched. Nothing is applied here.
// Finishing again gives the same: a crash in the middle leaves an import that can be finished once more.
import type { Readable } from 'node:stream'
import { Failure } from '../../model/failure.ts'
import type { Tx } from '../db/connect.ts'
import type { App, ProjectScope } from '../handler.ts'
import { labelSchemaOf } from '../projects/schema-queries.ts'
import { draftsOfUpload } from './annotation-drafts.ts'
import { matchItems, weighTasks } from './annotation-matching.ts'
import * as rows from './annotation-queries.ts'
import { ReportBuilder } from './annotation-report.ts'
import type { AnnotationFormat } from './format.ts'
import { ANSWERED_ITEMS } from './image-sources.ts'
import { ANNOTATION_IMPORTS } from './index.ts'
import type { ImportItem, ImportRow } from './queries.ts'
import { type ReceivedFile, receiveUpload } from './received-file.ts'

/**
 * Takes one file, or a zip of many. What cannot be read is an item with its reason; the others go in.
 * @param name path relative to what the person picked
 * @returns what became of it, the first ANSWERED_ITEMS items
 * @throws Failure too_large, invalid_input
 */
export async function takeAnnotationFile(
  app: App,
  project: ProjectScope,
  run: ImportRow,
  name: string,
  stream: Readable,
): Promise<ImportItem[]> {
  const format = formatOf(run)
  const file = await receiveFile(app, stream)
  try {
    const answered: ImportItem[] = []
    for await (const drafts of draftsOfUpload(app, format, name, file)) {
      const items = await app.db.transaction().execute((tx) => storeDrafts(tx, project.row.id, run.id, drafts))
      answered.push(...items.slice(0, ANSWERED_ITEMS - answered.length))
    }
    return answered
  } finally {
    await app.files.discard(file.path)
  }
}

/** What came is in the report, or whoever sent it is told that it came too late. @throws Failure already_finished */
async function storeDrafts(
  tx: Tx,
  project_id: number,
  import_id: number,
  drafts: readonly rows.AnnotationItemDraft[],
): Promise<ImportItem[]> {
  const items = await rows.insertAnnotationItems(tx, project_id, import_id, drafts)
  const rejected = items.filter((i) => i.outcome === 'rejected').length
  if (!(await rows.countRejected(tx, project_id, import_id, rejected))) throw closedMeanwhile()
  return items
}

const closedMeanwhile = () =>
  new Failure('already_finished', 'This import was finished or cancelled meanwhile; begin a new one.')

function receiveFile(app: App, stream: Readable): Promise<ReceivedFile> {
  const { upload_bytes } = app.config.limits
  const tooLong = `One upload may have ${Math.round(upload_bytes / 1024 / 1024)} MiB. Split the archive.`
  return receiveUpload(app.files, stream, upload_bytes, tooLong)
}

function formatOf(run: ImportRow): AnnotationFormat {
  const format = ANNOTATION_IMPORTS[run.format as keyof typeof ANNOTATION_IMPORTS]
  if (!format)
    throw new Failure(
      'invalid_input',
      `format: an annotation import needs one of ${Object.keys(ANNOTATION_IMPORTS).join(', ')}.`,
    )
  return format
}

/** Matches what was uploaded and writes the report. @throws Failure already_finished */
export async function finishAnnotationImport(app: App, project: ProjectScope, run: ImportRow): Promise<void> {
  const project_id = project.row.id
  await rows.analyzeItems(app.db)
  // Again if files came while the earlier ones were looked at.
  while (!(await reportOn(app, project_id, run.id)));
}

/** @returns false if the report would leave out files that came meanwhile: then there is none. @throws Failure already_finished */
async function reportOn(app: App, project_id: number, import_id: number): Promise<boolean> {
  const uploaded = await rows.countItems(app.db, project_id, import_id)
  const lookedAt = uploaded - (await rows.dropSuperseded(app.db, project_id, import_id))
  const { schema } = await labelSchemaOf(app.db, project_id)
  const builder = new ReportBuilder(schema)
  await matchItems(app, project_id, import_id, builder)
  await weighTasks(app, project_id, import_id, builder)
  const files = await rows.countFiles(app.db, project_id, import_id)
  return app.db.transaction().execute(async (tx) => {
    if (!(await rows.lockRunning(tx, project_id, import_id))) throw closedMeanwhile()
    if ((await rows.countItems(tx, project_id, import_id)) !== lookedAt) return false
    await rows.writeReport(tx, project_id, import_id, builder.report(files.read), files.rejected)
    return true
  })
}
