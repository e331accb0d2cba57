// One minimally valid input for every endpoint, for the permission matrix. Writes that would spoil the world for
// the next cell are valid but stale: they are refused after rights were checked.
import { randomUUID } from 'node:crypto'
import type { Input } from '../../contract/endpoint.ts'
import type { EndpointName, Endpoints } from '../../contract/endpoints.ts'
import { NO_FILTER } from '../../model/filter.ts'
import type { LabelSchema } from '../../model/label-schema.ts'
import type { ViewContent } from '../../model/task-view.ts'
import { setOf } from '../predictions/queries.ts'
import { freezeTaskFile } from '../selections/queries.ts'
import { orderOf } from '../tasks/filter-queries.ts'
import { insertView } from '../views/queries.ts'
import { insertInvitation } from './invitation-queries.ts'
import { newMember, type Piece, storeImage, type World } from './permission-world.ts'
import { hashOfSecret, newSecret } from './secrets.ts'
import { insertToken } from './session-queries.ts'

/** `person_id`: who calls; of no-one the owner's, for ids that have to exist. */
export type Cell = { world: World; person_id: number; piece: Piece }
type Inputs = { [N in EndpointName]: (cell: Cell) => Input<Endpoints[N]> | Promise<Input<Endpoints[N]>> }

const NO_CLASSES: LabelSchema = { classes: [], global_attributes: [] }
const PASSWORD = 'correct horse battery'
const STALE = 999_999

const organization = ({ world }: Cell) => ({ organization_id: world.organization_id })
const project = ({ world }: Cell) => ({ project_id: world.project_id })
const task = (cell: Cell) => ({ ...project(cell), task_id: cell.piece.task_id })
const asset = (cell: Cell) => ({ ...project(cell), asset_id: cell.piece.asset_id })
const operation = (cell: Cell) => ({ ...project(cell), operation_id: cell.world.operation_id })
const staleHolder = (cell: Cell) => ({ ...task(cell), session_id: 'matrix-session', generation: STALE })
const selection = (cell: Cell) => ({ ids: [cell.piece.task_id] })
const priority = (cell: Cell) => ({
  ...project(cell),
  name: 'set-priority',
  params: { priority: 1 },
  selection: selection(cell),
})
const somebody = async (cell: Cell) => ({ person_id: await newMember(cell.world) })

async function invitation({ world }: Cell, ofProject: boolean) {
  const token = newSecret()
  const roles = ofProject
    ? { project_id: world.project_id, project_role: 'labeler' as const }
    : { project_id: null, project_role: null }
  const { id } = await insertInvitation(world.app.db, {
    ...roles,
    organization_id: world.organization_id,
    organization_role: 'member',
    email: null,
    token_hash: hashOfSecret(token),
    created_by_id: world.persons.owner,
    expires_at: new Date(Date.now() + 60_000).toISOString(),
  })
  return { token, invitation_id: id }
}

async function importRun(cell: Cell) {
  const { project_id } = project(cell)
  const values = {
    project_id,
    kind: 'images' as const,
    state: 'running' as const,
    format: null,
    batch_id: null,
    total: null,
    report: null,
    operation_id: null,
    error: null,
    actor_id: null,
    finished_at: null,
  }
  const { id } = await cell.world.app.db
    .insertInto('import_run')
    .values(values)
    .returning('id')
    .executeTakeFirstOrThrow()
  return { project_id, import_id: id }
}

async function splitRun(cell: Cell) {
  const { project_id } = project(cell)
  const { db } = cell.world.app
  const values = {
    project_id,
    name: 'set-split',
    params: '{}',
    selection: JSON.stringify(selection(cell)),
    key: null,
    actor_id: null,
    actor_kind: 'system' as const,
    state: 'done' as const,
    total: 1,
    undoes_id: null,
    undone_by_id: null,
    error: null,
    finished_at: null,
  }
  const { id } = await db.insertInto('operation').values(values).returning('id').executeTakeFirstOrThrow()
  await db.insertInto('split_run').values({ project_id, operation_id: id, report: '{}' }).execute()
  return { project_id, operation_id: id }
}

async function exportRun(cell: Cell) {
  const { project_id } = project(cell)
  const values = {
    project_id,
    format: 'coco',
    selection: JSON.stringify(selection(cell)),
    with_images: false,
    task_count: 1,
    actor_id: null,
  }
  const { id } = await cell.world.app.db
    .insertInto('export_run')
    .values(values)
    .returning('id')
    .executeTakeFirstOrThrow()
  await cell.world.app.db
    .insertInto('export_task')
    .values({ project_id, export_id: id, task_id: cell.piece.task_id, revision_id: null, split: null })
    .execute()
  return { project_id, export_id: id }
}

/** Of the caller on a task that is theirs; on another's task it is another's. */
async function storedRevision(cell: Cell, kind: 'draft' | 'saved') {
  const isForeign = cell.piece === cell.world.others && cell.person_id === cell.world.persons.labeler
  const author_id = isForeign ? cell.world.persons.owner : cell.person_id
  const values = {
    ...task(cell),
    kind,
    author_id,
    stage_id: 2,
    session_id: null,
    objects: '[]',
    object_count: 0,
    class_counts: '{}',
    global_attributes: '{}',
  }
  const { id } = await cell.world.app.db
    .insertInto('annotation_revision')
    .values(values)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
const draft = async (cell: Cell) => ({ ...task(cell), draft_id: await storedRevision(cell, 'draft') })
const revision = async (cell: Cell) => ({ ...task(cell), revision_id: await storedRevision(cell, 'saved') })

/** Of the caller. */
async function comment(cell: Cell) {
  const values = { ...task(cell), thread_id: null, author_id: cell.person_id, text: 'Matrix', key: randomUUID() }
  const nothing = { place_x: null, place_y: null, object_id: null, edited_at: null, resolved_at: null, resolved_by_id: null } // biome-ignore format: one row
  const { id } = await cell.world.app.db
    .insertInto('comment')
    .values({ ...values, ...nothing })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { ...task(cell), comment_id: id }
}

async function problem(cell: Cell) {
  const { project_id } = project(cell)
  const { asset_id } = cell.piece
  // One open report of a person and reason.
  const reported_by_id = 1_000_000 + Math.floor(Math.random() * 1_000_000_000)
  const values = { project_id, asset_id, reason: 'other', note: 'Matrix', reported_by_id, reported_at: new Date().toISOString() } // biome-ignore format: one row
  const { id } = await cell.world.app.db
    .insertInto('asset_problem')
    .values({ ...values, resolved_at: null, resolved_by_id: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { ...task(cell), problem_id: id }
}

const VIEW: ViewContent = {
  filter: NO_FILTER,
  sort: null,
  columns: { order: [], hidden: [], pinned: [], widths: {}, density: 'normal' },
}

/** Of the caller. */
async function view(cell: Cell) {
  const { project_id } = project(cell)
  const named = { ...VIEW, name: randomUUID(), is_shared: false }
  const id = await insertView(cell.world.app.db, project_id, cell.person_id, named)
  return { project_id, view_id: id as number }
}

async function taskFile(cell: Cell) {
  const { project_id } = project(cell)
  const wanted = {
    person_id: cell.person_id,
    selection: selection(cell),
    columns: ['name' as const],
    order: orderOf(undefined),
  }
  const { id } = await freezeTaskFile(cell.world.app.db, project_id, wanted)
  return { project_id, file_id: id }
}

/** An image of the project's guide, which its text does not show. */
async function guideImage(cell: Cell) {
  const { project_id } = project(cell)
  const content_hash = await storeImage(cell.world.app)
  const shown = { mime_type: 'image/png', byte_size: 100, width: 8, height: 8 }
  const { id } = await cell.world.app.db
    .insertInto('guide_image')
    .values({ project_id, content_hash, ...shown, created_by_id: cell.world.persons.owner })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { project_id, image_id: id }
}

async function predictionSet(cell: Cell) {
  const { project_id } = project(cell)
  const model = { model: randomUUID(), version: '', person_id: cell.world.persons.owner }
  return { project_id, set_id: await setOf(cell.world.app.db, project_id, model) }
}

async function token(cell: Cell) {
  const { id } = await insertToken(cell.world.app.db, {
    person_id: cell.person_id,
    name: 'matrix',
    token_hash: newSecret(),
    prefix: 'px_',
  })
  return { token_id: id }
}

export const INPUTS: Inputs = {
  get_session: () => ({}),
  set_up: () => ({
    token: newSecret(),
    name: 'Late',
    email: 'late@example.org',
    password: PASSWORD,
    organization_name: 'Late',
  }),
  sign_in: () => ({ email: 'owner@example.org', password: PASSWORD }),
  sign_out: () => ({}),
  change_password: () => ({ current_password: 'not it', new_password: PASSWORD }),
  update_me: () => ({ name: 'Me' }),
  list_tokens: () => ({}),
  create_token: () => ({ name: 'matrix' }),
  delete_token: token,
  list_organization_members: organization,
  set_organization_member: async (c) => ({ ...organization(c), ...(await somebody(c)), role: 'member' as const }),
  remove_organization_member: async (c) => ({ ...organization(c), ...(await somebody(c)) }),
  list_invitations: organization,
  create_invitation: (c) => ({ ...organization(c), organization_role: 'member' as const }),
  delete_invitation: async (c) => ({ ...organization(c), invitation_id: (await invitation(c, false)).invitation_id }),
  get_invitation: async (c) => ({ token: (await invitation(c, false)).token }),
  // Whoever is signed in is told to leave the account out, and so joins nothing.
  accept_invitation: async (c) => ({
    token: (await invitation(c, false)).token,
    account: { name: 'New', email: `${randomUUID()}@example.org`, password: PASSWORD },
  }),
  list_project_members: project,
  set_project_member: async (c) => ({ ...project(c), ...(await somebody(c)), role: 'reviewer' as const }),
  remove_project_member: async (c) => ({ ...project(c), ...(await somebody(c)) }),
  list_project_invitations: project,
  create_project_invitation: (c) => ({ ...project(c), project_role: 'labeler' as const }),
  delete_project_invitation: async (c) => ({ ...project(c), invitation_id: (await invitation(c, true)).invitation_id }),

  list_projects: () => ({}),
  create_project: (c) => ({ ...organization(c), name: 'Matrix' }),
  create_sample_project: organization,
  get_project: project,
  update_project: project,
  get_label_schema: project,
  put_label_schema: (c) => ({ ...project(c), version: STALE, schema: NO_CLASSES }),
  list_batches: project,
  create_batch: (c) => ({ ...project(c), name: randomUUID() }),
  rename_batch: (c) => ({ ...project(c), batch_id: c.world.batch_id, name: randomUUID() }),

  list_assets: project,
  list_metadata_keys: project,
  get_asset_image: asset,
  get_asset_original: asset,
  get_asset_thumbnail: asset,
  get_asset_tile: (c) => ({ ...asset(c), level: 0, column: 0, row: 0 }),
  create_import: (c) => ({ ...project(c), kind: 'images' as const }),
  set_asset_metadata: (c) => ({ ...project(c), assets: [{ name: 'none.png', metadata: { camera: 'left' } }] }),
  find_known_assets: (c) => ({ ...project(c), hashes: ['0'.repeat(64)] }),
  upload_file: async (c) => ({ ...(await importRun(c)), name: 'no-image.jpg' }),
  finish_import: importRun,
  confirm_import: async (c) => ({ ...(await importRun(c)), unknown_classes: 'leave_out' as const }),
  cancel_import: importRun,
  list_imports: project,
  get_import: importRun,
  list_import_items: importRun,
  create_export: (c) => ({ ...project(c), format: 'coco' as const, selection: selection(c), with_images: false }),
  list_exports: project,
  download_export: exportRun,

  list_tasks: project,
  count_tasks: project,
  get_task_facets: project,
  find_task_row: project,
  get_task_summary: project,
  get_task: task,
  get_task_history: task,
  get_task_audit: task,
  get_task_time: task,
  get_queue: project,
  get_upcoming: (c) => ({ ...project(c), kind: 'label' as const }),
  /** Next for nobody. */
  get_upcoming_image: (c) => ({ ...project(c), asset_id: 999_999_999, kind: 'label' as const }),
  list_queue: (c) => ({ ...project(c), kind: 'label' as const }),
  claim_task: (c) => ({ ...project(c), kind: 'label' as const, session_id: 'matrix-session' }),
  open_task: (c) => ({ ...task(c), session_id: 'matrix-session' }),
  heartbeat: (c) => ({ ...staleHolder(c), increments: [] }),
  release_task: staleHolder,
  save_document: (c) => ({ ...staleHolder(c), document: { objects: [], global_attributes: {} } }),
  save_changes: (c) => ({ ...staleHolder(c), base_id: null, changes: { removed: [], put: [] } }),
  submit_task: staleHolder,
  approve_task: staleHolder,
  reject_task: (c) => ({ ...staleHolder(c), comment: 'Draw it tighter.' }),
  skip_task: (c) => ({ ...staleHolder(c), reason: 'ambiguous' as const }),
  get_draft: draft,
  list_drafts: task,
  restore_draft: draft,

  list_comments: task,
  create_comment: (c) => ({ ...task(c), text: 'Draw it tighter.', key: randomUUID() }),
  edit_comment: async (c) => ({ ...(await comment(c)), text: 'Draw it much tighter.' }),
  delete_comment: comment,
  set_thread_resolved: async (c) => ({ ...(await comment(c)), is_resolved: true }),
  list_open_problems: project,
  list_problems: task,
  report_problem: (c) => ({ ...task(c), reason: 'duplicate' as const }),
  resolve_problem: problem,
  list_revisions: task,
  get_revision: revision,

  follow_project: project,
  list_audit: project,
  download_audit: project,
  list_operation_events: operation,

  list_task_views: project,
  create_task_view: (c) => ({ ...project(c), ...VIEW, name: randomUUID(), is_shared: true }),
  update_task_view: async (c) => ({ ...(await view(c)), version: 1, name: randomUUID() }),
  delete_task_view: view,
  set_my_default_view: (c) => ({ ...project(c), view_id: null }),
  clear_my_default_view: project,
  set_role_default_view: (c) => ({ ...project(c), role: 'reviewer' as const, view_id: null }),
  count_selection: (c) => ({ ...project(c), selection: selection(c) }),
  create_task_file: (c) => ({ ...project(c), selection: selection(c), columns: ['name' as const] }),
  get_task_file: taskFile,
  download_task_file: taskFile,

  get_guide: project,
  put_guide: (c) => ({ ...project(c), version: STALE, text: '' }),
  mark_guide_read: (c) => ({ ...project(c), version: 1 }),
  upload_guide_image: project,
  get_guide_image: guideImage,
  delete_guide_image: guideImage,

  list_prediction_sets: project,
  put_predictions: (c) => ({ ...project(c), model: 'Matrix', tasks: [{ task_id: c.piece.task_id, predictions: [] }] }),
  upload_predictions: (c) => ({ ...project(c), model: 'Matrix', name: 'results.json' }),
  delete_prediction_set: predictionSet,
  get_task_predictions: task,

  list_operation_kinds: project,
  preview_operation: priority,
  run_operation: (c) => ({ ...priority(c), key: randomUUID() }),
  list_operations: project,
  get_operation: operation,
  list_operation_results: operation,
  download_operation_results: operation,
  cancel_operation: operation,
  undo_operation: operation,
  list_split_runs: project,
  download_split_run: splitRun,
}
