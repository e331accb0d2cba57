// A frozen export as a zip: what the format writes, then a README.txt and an export.json that say what is in it.
import type { Readable } from 'node:stream'
import type { LabelClass, LabelSchema } from '../../model/label-schema.ts'
import type { App, ProjectScope } from '../handler.ts'
import { labelSchemaOf } from '../projects/schema-queries.ts'
import { archivePath } from './archive-paths.ts'
import {
  EXPORT_SPLITS,
  type ExportArchive,
  type ExportedImage,
  type ExportFormat,
  type ExportSource,
  type ExportSplit,
  splitOf,
  Tally,
} from './format.ts'
import { EXPORTS } from './index.ts'
import { type ExportRow, exportTotals, type FrozenImage, imagesOfExport, pageOfExport } from './queries.ts'
import { zipStream } from './zip-writer.ts'

/** In memory at once. In objects, a byte of what is stored is ten or more. */
const PAGE = { tasks: 500, bytes: 4 * 1024 * 1024 }

export async function openExport(app: App, project: ProjectScope, row: ExportRow): Promise<Readable> {
  const format = EXPORTS[row.format]
  const tally = new Tally()
  const source = await sourceOf(app, project, row, tally)
  return zipStream(new Date(row.created_at), async (archive) => {
    await format.write(source, archive, tally)
    await writeManifest(archive, format, row, source, tally)
  })
}

async function sourceOf(app: App, project: ProjectScope, row: ExportRow, tally: Tally): Promise<ExportSource> {
  const project_id = project.row.id
  const { schema } = await labelSchemaOf(app.db, project_id)
  const totals = await exportTotals(app.db, project_id, row.id)
  const counted = new Map([...totals.splits].map(([split, total]) => [splitOf(split), total]))
  const of = { project_id, export_id: row.id }
  const hashOf = new WeakMap<ExportedImage, string>()
  const exported = ({ name, folder, named_by, content_hash, ...image }: FrozenImage, split: ExportSplit) => {
    const { id } = image
    const made: ExportedImage = { ...image, split, path: archivePath({ id, name, folder }, named_by) }
    hashOf.set(made, content_hash)
    return made
  }
  return {
    classes: classesOf(schema, totals.class_ids),
    splits: new Map(EXPORT_SPLITS.flatMap((s) => (counted.has(s) ? [[s, counted.get(s) as number]] : []))),
    with_images: row.with_images,
    created_at: row.created_at,
    project_name: project.row.name,
    images: (split) =>
      walk(async (after) => {
        const page = await imagesOfExport(app.db, { ...of, split }, after, PAGE.tasks)
        return page.map((image) => exported(image, split))
      }),
    pages: (split) =>
      walk(async (after) => {
        const page = await pageOfExport(app.db, { ...of, split }, after, PAGE)
        return page.map(({ objects, ...image }) => {
          if (objects === null)
            tally.leaveOut('tasks whose annotations were removed and purged since the export was made')
          return Object.assign(exported(image, split), { objects: objects ?? [] })
        })
      }),
    async image(task) {
      const hash = hashOf.get(task)
      if (hash === undefined || !(await app.files.has('originals', hash))) return null
      return app.files.read('originals', hash)
    },
  }
}

/** @param next the page behind a task */
async function* walk<T extends { id: number }>(next: (after: number) => Promise<T[]>): AsyncGenerator<T[]> {
  for (let after = 0; ; ) {
    const page = await next(after)
    const last = page.at(-1)
    if (!last) return
    yield page
    after = last.id
  }
}

/** Live classes, and removed ones that objects of the export still have. */
function classesOf(schema: LabelSchema, used: ReadonlySet<number>): LabelClass[] {
  return schema.classes.filter((c) => !c.is_removed || used.has(c.id))
}

async function writeManifest(
  archive: ExportArchive,
  format: ExportFormat,
  row: ExportRow,
  source: ExportSource,
  tally: Tally,
): Promise<void> {
  const splits = tally.splits(source.classes)
  const left_out = tally.leftOut()
  const simplified = tally.simplified()
  const manifest = {
    format: format.name,
    project: source.project_name,
    export_id: row.id,
    created_at: row.created_at,
    with_images: row.with_images,
    tasks: row.task_count,
    objects: splits.reduce((sum, s) => sum + s.objects, 0),
    splits,
    left_out,
    simplified,
  }
  await archive.text('export.json', [`${JSON.stringify(manifest, null, 2)}\n`])
  const lines = [
    `${format.title} export of “${source.project_name}”, made by PixlHub on ${row.created_at}.`,
    '',
    ...format.layout,
    '',
    'Coordinates are those of the upright image: where an image carries an EXIF orientation, apply it before use.',
    'Attributes are not part of this format.',
    '',
    `${manifest.tasks} images, ${manifest.objects} objects`,
    ...splits.map((s) => `  ${s.split}: ${s.images} images, ${s.objects} objects`),
    '',
    left_out.length > 0 ? 'Left out:' : 'Nothing was left out.',
    ...left_out.map(({ reason, count }) => `  ${count} ${reason}`),
    ...(simplified.length > 0 ? ['', 'Written more simply:'] : []),
    ...simplified.map(({ reason, count }) => `  ${count} ${reason}`),
    '',
  ]
  await archive.text('README.txt', [lines.join('\n')])
}
