// Handlers of the imports part of contract/assets.ts.
import { Failure } from '../../model/failure.ts'
import type { App, Caller, Handlers } from '../handler.ts'
import { THUMBNAIL_JOB } from '../images/thumbnail.ts'
import { annotationImportHandlers } from './annotation-handlers.ts'
import { finishAnnotationImport, takeAnnotationFile } from './annotation-import.ts'
import { takeImageFile } from './image-sources.ts'
import {
  analyzeTasks,
  batchByName,
  closeImport,
  type ImportRow,
  importById,
  importsOf,
  insertImport,
  itemsOf,
  knownHashes,
} from './queries.ts'

/** From this many new tasks on, the planner is told. */
const MANY = 1000
const ITEMS_PAGE = 200

export const importHandlers = {
  ...annotationImportHandlers,

  async create_import({ app, project, caller }, { kind, source = '', total, batch_name, priority, format }) {
    if (kind === 'annotations' && !format)
      throw new Failure('invalid_input', 'body.format: say which format the annotation files have.')
    if (kind === 'images' && format) throw new Failure('invalid_input', 'body.format: only for annotations.')
    if (kind === 'annotations' && (batch_name !== undefined || priority !== undefined))
      throw new Failure(
        'invalid_input',
        'body.batch_name and body.priority: only for images. Annotations go onto tasks that are here.',
      )
    const project_id = project.row.id
    const id = await app.db.transaction().execute(async (tx) => {
      const batch_id = batch_name === undefined ? null : await batchByName(tx, project_id, batch_name.trim())
      const run = {
        kind,
        source,
        format: format ?? null,
        total: total ?? null,
        batch_id,
        priority: priority ?? 0,
        actor_id: caller.person_id,
      }
      return insertImport(tx, project_id, run)
    })
    return requireImport(app, project_id, id)
  },

  async find_known_assets({ app, project }, { hashes }) {
    return { known: await knownHashes(app.db, project.row.id, [...new Set(hashes)]) }
  },

  async upload_file({ app, project, caller, bytes }, { import_id, name }) {
    const run = await requireImport(app, project.row.id, import_id)
    requireOpen(run)
    const items =
      run.kind === 'annotations'
        ? await takeAnnotationFile(app, project, run, name, bytes)
        : await takeImageFile(app, { project, run, actor: actorOf(caller) }, name, bytes)
    if (run.kind === 'images') app.background.wake(THUMBNAIL_JOB)
    return { items, import: await requireImport(app, project.row.id, import_id) }
  },

  async finish_import({ app, project }, { import_id }) {
    const run = await requireImport(app, project.row.id, import_id)
    requireOpen(run)
    if (run.kind === 'annotations') await finishAnnotationImport(app, project, run)
    else if (!(await closeImport(app.db, project.row.id, import_id, 'done'))) throw notOpen(run)
    else if (run.created_count >= MANY) await analyzeTasks(app.db)
    return requireImport(app, project.row.id, import_id)
  },

  async cancel_import({ app, project }, { import_id }) {
    const run = await requireImport(app, project.row.id, import_id)
    if (!(await closeImport(app.db, project.row.id, import_id, 'cancelled'))) throw notOpen(run)
    return requireImport(app, project.row.id, import_id)
  },

  async list_imports({ app, project }) {
    return importsOf(app.db, project.row.id)
  },

  async get_import({ app, project }, { import_id }) {
    return requireImport(app, project.row.id, import_id)
  },

  async list_import_items({ app, project }, { import_id, outcome, after = 0, limit = ITEMS_PAGE }) {
    await requireImport(app, project.row.id, import_id)
    const found = await itemsOf(app.db, project.row.id, import_id, {
      ...(outcome ? { outcome } : {}),
      after,
      limit: limit + 1,
    })
    const items = found.slice(0, limit)
    return { items, next_after: found.length > limit ? (items.at(-1)?.number ?? null) : null }
  },
} satisfies Partial<Handlers>

const actorOf = (caller: Caller) => ({ person_id: caller.person_id, kind: caller.kind })

async function requireImport(app: App, project_id: number, import_id: number): Promise<ImportRow> {
  const run = await importById(app.db, project_id, import_id)
  if (!run) throw new Failure('not_found', `There is no import ${import_id} in this project.`)
  return run
}

function requireOpen(run: ImportRow): void {
  if (run.state !== 'running') throw notOpen(run)
}

const notOpen = (run: ImportRow) =>
  new Failure('already_finished', `Import ${run.id} is ${run.state}. Begin a new one.`)
