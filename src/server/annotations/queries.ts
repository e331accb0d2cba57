// annotations/: revision documents. Immutable: a save writes a new one and moves the task's pointer.
import { sql } from 'kysely'
import {
  type AnnotationDocument,
  type AnnotationObject,
  type ClassCounts,
  countClasses,
} from '../../model/annotation.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import { runPrepared } from '../db/prepared.ts'
import { prepared, type Statement } from '../db/sequence.ts'

export const EMPTY_DOCUMENT: AnnotationDocument = { objects: [], global_attributes: {} }

type DocumentRow = Required<AnnotationDocument>

/** Without a list of rejected predictions where none is. */
export const documentOfRow = ({
  objects,
  global_attributes,
  rejected_predictions,
}: DocumentRow): AnnotationDocument => ({
  objects,
  global_attributes,
  ...(rejected_predictions.length > 0 ? { rejected_predictions } : {}),
})

export async function documentOf(
  db: Queryable,
  project_id: number,
  task_id: number,
  revision_id: number | null,
): Promise<AnnotationDocument> {
  if (revision_id === null) return EMPTY_DOCUMENT
  const statement = sql<DocumentRow>`
    select objects, global_attributes, rejected_predictions from annotation_revision
    where project_id = ${project_id} and task_id = ${task_id} and id = ${revision_id}`
  const [row] = await runPrepared(db, 'document_of_revision', statement)
  return row ? documentOfRow(row) : EMPTY_DOCUMENT
}

/** Objects are never changed, and most of a document stays from one save to the next. */
const texts = new WeakMap<AnnotationObject, string>()

function textOf(object: AnnotationObject): string {
  const known = texts.get(object)
  if (known !== undefined) return known
  const text = JSON.stringify(object)
  texts.set(object, text)
  return text
}

export type NewRevision = {
  project_id: number
  task_id: number
  kind: 'saved' | 'draft'
  /** null: imported. */
  author_id: number | null
  stage_id: number
  session_id: string
  document: AnnotationDocument
}

type Inserted = { patch: { revision_id: number; object_count: number; class_counts: ClassCounts }; bytes: number }

/** @returns what the task carries of the new revision, and the size of its objects as text */
export async function insertRevision(tx: Tx, r: NewRevision): Promise<Inserted> {
  // As bytes: nobody on the way has to count them again, and the embedded database's thread holds no long text of its own.
  const objects = Buffer.from(`[${r.document.objects.map(textOf).join()}]`)
  const class_counts = countClasses(r.document.objects)
  const object_count = r.document.objects.length
  const statement = sql<{ id: number }>`
    insert into annotation_revision (project_id, task_id, kind, author_id, stage_id, session_id, objects, global_attributes, rejected_predictions, object_count, class_counts)
    values (${r.project_id}, ${r.task_id}, ${r.kind}, ${r.author_id}, ${r.stage_id}, ${r.session_id}, ${objects},
            ${JSON.stringify(r.document.global_attributes)}, ${JSON.stringify(r.document.rejected_predictions ?? [])}, ${object_count}, ${JSON.stringify(class_counts)}) returning id`
  const [row] = await runPrepared(tx, 'insert_revision', statement)
  const { id: revision_id } = row as { id: number }
  return { patch: { revision_id, object_count, class_counts }, bytes: objects.length }
}

type OfSession = { project_id: number; task_id: number; session_id: string; author_id: number }

/**
 * Drops what a newer save of the same editing session supersedes. A bulk operation in between raises the
 * generation and so ends the session: no revision that an undo needs is ever dropped here. Nor is one on which a step was
 * taken: a program may name all its sessions alike.
 */
export const dropSuperseded = (r: OfSession, keep_id: number): Statement =>
  prepared(
    'drop_superseded_revisions',
    sql`
    delete from annotation_revision where project_id = ${r.project_id} and task_id = ${r.task_id} and kind = 'saved'
      and session_id = ${r.session_id} and author_id = ${r.author_id} and id < ${keep_id}
      and not exists (select 1 from export_task x where x.project_id = annotation_revision.project_id
        and x.task_id = annotation_revision.task_id and x.revision_id = annotation_revision.id)
      and not exists (select 1 from task_event e where e.project_id = annotation_revision.project_id and e.task_id = annotation_revision.task_id
        and e.kind in ('submitted', 'approved', 'rejected') and e.after -> 'revision_id' = to_jsonb(annotation_revision.id))`,
  )

/**
 * Drafts of an editing session since its person last opened the task: what an earlier take-over kept is other work, whatever
 * its session was called.
 */
const draftsOfSession = (r: OfSession) => sql`
  project_id = ${r.project_id} and task_id = ${r.task_id} and kind = 'draft' and session_id = ${r.session_id} and author_id = ${r.author_id}
    and created_at >= (select max(e.at) from task_event e where e.project_id = ${r.project_id} and e.task_id = ${r.task_id}
      and e.kind = 'opened' and e.actor_id = ${r.author_id})`

/** Drops the drafts that a later one of the same session supersedes. */
export const dropSupersededDrafts = (r: OfSession, keep_id: number): Statement =>
  prepared(
    'drop_superseded_drafts',
    sql`delete from annotation_revision where ${draftsOfSession(r)} and id < ${keep_id}`,
  )

/** Whether a late save of this editing session left a draft before. */
export async function hasDraft(tx: Tx, r: OfSession): Promise<boolean> {
  const { rows } = await sql`select 1 from annotation_revision where ${draftsOfSession(r)} limit 1`.execute(tx)
  return rows.length > 0
}

export async function draftsOf(db: Queryable, project_id: number, task_id: number, person_id: number) {
  const statement = sql<{ id: number; object_count: number; created_at: string }>`
    select id, object_count, created_at from annotation_revision
    where project_id = ${project_id} and task_id = ${task_id} and kind = 'draft' and author_id = ${person_id}
      and created_at > now() - interval '30 days' order by id desc limit 20`
  return runPrepared(db, 'drafts_of_person', statement)
}

/** Kinds of what is kept beside a task's own revisions. */
export const BESIDE = sql`('draft', 'copy')`

/** Everybody's, for managers, and the copies of what stood there before one was restored: the newest first. */
export async function draftsOfTask(db: Queryable, project_id: number, task_id: number) {
  const { rows } = await sql<{
    id: number
    author_id: number | null
    author_name: string | null
    is_copy: boolean
    object_count: number
    created_at: string
  }>`
    select r.id, r.author_id, p.name as author_name, r.kind = 'copy' as is_copy, r.object_count, r.created_at
    from annotation_revision r left join person p on p.id = r.author_id
    where r.project_id = ${project_id} and r.task_id = ${task_id} and r.kind in ${BESIDE}
      and r.created_at > now() - interval '30 days' order by r.id desc limit 20`.execute(db)
  return rows
}

export async function dropDraft(tx: Tx, project_id: number, task_id: number, id: number): Promise<void> {
  await sql`
    delete from annotation_revision where project_id = ${project_id} and task_id = ${task_id} and id = ${id} and kind in ${BESIDE}`.execute(
    tx,
  )
}

/** Keeps a copy of a revision where managers find the drafts. Its author is not offered it: it is no work that came too late. */
export async function keepCopy(tx: Tx, project_id: number, task_id: number, revision_id: number): Promise<void> {
  await sql`
    insert into annotation_revision (project_id, task_id, kind, author_id, stage_id, objects, global_attributes, rejected_predictions, object_count, class_counts)
    select project_id, task_id, 'copy', author_id, stage_id, objects, global_attributes, rejected_predictions, object_count, class_counts
    from annotation_revision where project_id = ${project_id} and task_id = ${task_id} and id = ${revision_id}`.execute(
    tx,
  )
}

/** @param author_id null: anybody's, and copies (for managers) @returns with the stage in which it was drawn */
export async function draftById(
  db: Queryable,
  project_id: number,
  task_id: number,
  id: number,
  author_id: number | null,
) {
  const { rows } = await sql<
    DocumentRow & { id: number; author_id: number | null; stage_id: number; created_at: string }
  >`
    select id, author_id, stage_id, objects, global_attributes, rejected_predictions, created_at from annotation_revision
    where project_id = ${project_id} and task_id = ${task_id} and id = ${id} and kind in ${BESIDE}
      and (${author_id}::int8 is null or (kind = 'draft' and author_id = ${author_id}::int8))`.execute(db)
  const [row] = rows
  if (!row) return null
  const { objects: _o, global_attributes: _g, rejected_predictions: _r, ...draft } = row
  return { ...draft, document: documentOfRow(row) }
}
