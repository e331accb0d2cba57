// A frozen export as a zip: what the format writes, then a README.txt and an export.json that say what is in it.
import type { Readable } from 'node:stream'
import type { LabelClass, LabelSchema } from '../../model/label-schema.ts'
import type { App, ProjectScope } from '../handler.ts'
import { labelSchemaOf } from '../projects/schema-queries.ts'
import { archivePath } from './archive-paths.ts'
import {
  EXPORT_SPLITS,
  type ExportArchive,
  type ExportedTask,
  type ExportFormat,
  type ExportSource,
  type ExportSplit,
  splitOf,
  Tally,
} from './format.ts'
import { EXPORTS } from './index.ts'
import { type ExportRow, exportTotals, pageOfExport } from './queries.ts'
import { zipStream } from './zip-writer.ts'

/** Tasks in memory at once. */
const PAGE = 500

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
  const hashOf = new WeakMap<ExportedTask, string>()
  const purged = new Set<number>()
  return {
    classes: classesOf(schema, totals.class_ids),
    splits: new Map(EXPORT_SPLITS.flatMap((s) => (counted.has(s) ? [[s, counted.get(s) as number]] : []))),
    with_images: row.with_images,
    created_at: row.created_at,
    project_name: project.row.name,
    async *pages(split: ExportSplit) {
      for (let after = 0; ; ) {
        const page = await pageOfExport(app.db, project_id, row.id, split, after, PAGE)
        if (page.length === 0) return
        yield page.map(({ name, folder, named_by, content_hash, objects, ...task }) => {
          const exported: ExportedTask = {
            ...task,
            split,
            path: archivePath({ id: task.id, name, folder }, named_by),
            objects: objects ?? [],
          }
          hashOf.set(exported, content_hash)
          if (objects === null && !purged.has(task.id)) {
            purged.add(task.id)
            tally.leaveOut('tasks whose annotations were removed and purged since the export was made')
          }
          return exported
        })
        after = page.at(-1)?.id ?? 0
      }
    },
    async image(task) {
      const hash = hashOf.get(task)
      if (hash === undefined || !(await app.files.has('originals', hash))) return null
      return app.files.read('originals', hash)
    },
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
