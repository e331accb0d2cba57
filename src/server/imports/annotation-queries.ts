// SQL of annotation imports: parsed files that wait, the report, and what the operation applies.
import { sql } from 'kysely'
import type { AnnotationReport } from '../../contract/assets.ts'
import type { StageKind } from '../../model/workflow.ts'
import { ids, listsOf } from '../db/array.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import type { ImportItem } from './queries.ts'
import type { NumberedImage, StoredImage } from './task-document.ts'

export type AnnotationItemDraft = {
  name: string
  outcome: 'read' | 'rejected'
  reason: string | null
  document: StoredImage | Pick<StoredImage, 'source' | 'upload'>
}

/** @returns the items as they are listed, in the order of the drafts */
export async function insertAnnotationItems(
  db: Queryable,
  project_id: number,
  import_id: number,
  drafts: readonly AnnotationItemDraft[],
): Promise<ImportItem[]> {
  if (drafts.length === 0) return []
  const list = listsOf(drafts)
  const { rows } = await sql<ImportItem>`
    insert into import_item (project_id, import_id, name, outcome, reason, document)
    select ${project_id}::int8, ${import_id}::int8, p.name, p.outcome, p.reason, cast(p.document as jsonb)
    from unnest(
      ${list((d) => d.name, 'text')}, ${list((d) => d.outcome, 'text')}, ${list((d) => d.reason, 'text')},
      ${list((d) => JSON.stringify(d.document), 'text')}
    ) with ordinality as p(name, outcome, reason, document, position)
    order by p.position
    returning number, name, outcome, reason, task_id, asset_id`.execute(db)
  return rows.sort((a, b) => a.number - b.number)
}

/** Removes what an earlier upload of the same path left: the last one counts. @returns how many items */
export async function dropSuperseded(db: Queryable, project_id: number, import_id: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from import_item i using (
      select number, document ->> 'upload' as upload, last_value(document ->> 'upload') over (
        partition by document ->> 'source' order by number rows between unbounded preceding and unbounded following) as latest
      from import_item where project_id = ${project_id} and import_id = ${import_id} and document is not null
    ) u
    where i.project_id = ${project_id} and i.import_id = ${import_id} and i.number = u.number and u.upload <> u.latest`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}

/** The next tasks, by id, that an import has files for. */
export async function nextMatchedTasks(
  db: Queryable,
  project_id: number,
  import_id: number,
  after: number,
  limit: number,
): Promise<number[]> {
  const { rows } = await sql<{ task_id: number }>`
    select distinct task_id from import_item
    where project_id = ${project_id} and import_id = ${import_id} and task_id > ${after} and document is not null
    order by task_id limit ${limit}`.execute(db)
  return rows.map((r) => r.task_id)
}

export type MatchedTask = {
  task_id: number
  width: number
  height: number
  object_count: number
  stage_kind: StageKind
  content_hash: string
  files: NumberedImage[]
}

/**
 * What an import holds for these tasks, files in upload order. Two plain statements: without fresh statistics, as after
 * a large upload, the planner joins import_item by nested loops (364 files took 3.3 s).
 */
export async function filesOfTasks(
  db: Queryable,
  project_id: number,
  import_id: number,
  taskIds: readonly number[],
): Promise<Map<number, MatchedTask>> {
  const items = await sql<NumberedImage & { task_id: number }>`
    select i.task_id, i.number, i.name, i.document from unnest(${ids(taskIds)}) as p(id)
    join import_item i on i.project_id = ${project_id} and i.import_id = ${import_id} and i.task_id = p.id and i.document is not null
    order by i.task_id, i.number`.execute(db)
  const tasks = await sql<Omit<MatchedTask, 'files'>>`
    select t.id as task_id, t.width, t.height, t.object_count, s.kind as stage_kind, a.content_hash
    from unnest(${ids(taskIds)}) as p(id)
    join task t on t.project_id = ${project_id} and t.id = p.id
    join stage s on s.project_id = t.project_id and s.id = t.stage_id
    join asset a on a.project_id = t.project_id and a.id = t.asset_id`.execute(db)
  const byId = new Map<number, MatchedTask>(
    tasks.rows.sort((a, b) => a.task_id - b.task_id).map((t) => [t.task_id, { ...t, files: [] }]),
  )
  for (const { task_id, ...file } of items.rows) byId.get(task_id)?.files.push(file)
  return new Map([...byId].filter(([, task]) => task.files.length > 0))
}

/** After many new rows the planner's picture is stale; the embedded database never looks by itself. */
export async function analyzeItems(db: Queryable): Promise<void> {
  await sql`analyze import_item`.execute(db)
}

export async function writeOrientations(
  db: Queryable,
  project_id: number,
  import_id: number,
  found: readonly { number: number; orientation: number }[],
): Promise<void> {
  if (found.length === 0) return
  const list = listsOf(found)
  await sql`
    update import_item i set document = jsonb_set(i.document, '{orientation}', to_jsonb(p.orientation))
    from unnest(${list((f) => f.number, 'int8')}, ${list((f) => f.orientation, 'int4')}) as p(number, orientation)
    where i.project_id = ${project_id} and i.import_id = ${import_id} and i.number = p.number`.execute(db)
}

export async function countFiles(
  db: Queryable,
  project_id: number,
  import_id: number,
): Promise<{ read: number; rejected: number }> {
  const { rows } = await sql<{ read: number; rejected: number }>`
    select count(distinct document ->> 'source') filter (where outcome <> 'rejected') as read, count(*) filter (where outcome = 'rejected') as rejected
    from import_item where project_id = ${project_id} and import_id = ${import_id}`.execute(db)
  return rows[0] ?? { read: 0, rejected: 0 }
}

export async function countItems(db: Queryable, project_id: number, import_id: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from import_item where project_id = ${project_id} and import_id = ${import_id}`.execute(db)
  return rows[0]?.n ?? 0
}

/** Keeps an import as it is until this transaction ends; uploads to it wait. @returns false if it was closed */
export async function lockRunning(tx: Tx, project_id: number, import_id: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from import_run where project_id = ${project_id} and id = ${import_id} and state = 'running' for update`.execute(
    tx,
  )
  return rows.length > 0
}

export async function writeReport(
  tx: Tx,
  project_id: number,
  import_id: number,
  report: AnnotationReport,
  rejected: number,
): Promise<void> {
  await sql`
    update import_run set state = 'reported', report = ${JSON.stringify(report)}, rejected_count = ${rejected}, active_at = now()
    where project_id = ${project_id} and id = ${import_id}`.execute(tx)
}

/** Raises the counter. Last in the transaction, because parallel uploads of one import meet here. @returns false if the import has ended */
export async function countRejected(tx: Tx, project_id: number, import_id: number, by: number): Promise<boolean> {
  const { rows } = await sql`
    update import_run set rejected_count = rejected_count + ${by}::int4, active_at = now()
    where project_id = ${project_id} and id = ${import_id} and state = 'running' returning id`.execute(tx)
  return rows.length > 0
}

/** Tasks of the project that an import has files for and that are still there. */
export async function confirmedTasks(db: Queryable, project_id: number, import_id: number): Promise<number[]> {
  const { rows } = await sql<{ task_id: number }>`
    select distinct i.task_id from import_item i join task t on t.project_id = i.project_id and t.id = i.task_id
    where i.project_id = ${project_id} and i.import_id = ${import_id} and i.document is not null order by i.task_id`.execute(
    db,
  )
  return rows.map((r) => r.task_id)
}

/** Takes a reported import for one operation, in that operation's own transaction. @returns false if it is taken or not reported */
export async function claimReported(tx: Queryable, project_id: number, import_id: number): Promise<boolean> {
  const { rows } = await sql`
    update import_run i set state = 'done', finished_at = now(), operation_id = (
      select max(o.id) from operation o where o.project_id = i.project_id and o.name = 'import-annotations' and (o.params ->> 'import_id')::int8 = i.id)
    where i.project_id = ${project_id} and i.id = ${import_id} and i.kind = 'annotations' and i.state = 'reported' returning i.id`.execute(
    tx,
  )
  return rows.length > 0
}

/** Ids for revisions that are not written yet. */
export async function reserveRevisionIds(db: Queryable, count: number): Promise<number[]> {
  const { rows } = await sql<{
    id: number
  }>`select nextval('annotation_revision_id') as id from generate_series(1, ${count}::int4)`.execute(db)
  return rows.map((r) => r.id)
}

export type ImportedRevision = {
  task_id: number
  id: number
  stage_id: number
  /** The revision it replaces: its global values and rejected predictions stay. */
  replaces_id: number | null
  objects: string
  object_count: number
  class_counts: string
}

export async function insertImportedRevisions(
  tx: Tx,
  project_id: number,
  at: string,
  revisions: readonly ImportedRevision[],
): Promise<void> {
  if (revisions.length === 0) return
  const list = listsOf(revisions)
  await sql`
    insert into annotation_revision (project_id, task_id, id, kind, author_id, stage_id, objects, global_attributes, rejected_predictions, object_count, class_counts, created_at)
    select ${project_id}::int8, p.task_id, p.id, 'imported', null, p.stage_id, cast(p.objects as json), coalesce(r.global_attributes, '{}'), coalesce(r.rejected_predictions, '[]'),
           p.object_count, cast(p.class_counts as jsonb), ${at}::timestamptz
    from unnest(
      ${list((r) => r.task_id, 'int8')}, ${list((r) => r.id, 'int8')}, ${list((r) => r.stage_id, 'int4')},
      ${list((r) => r.replaces_id, 'int8')}, ${list((r) => r.objects, 'text')},
      ${list((r) => r.object_count, 'int4')}, ${list((r) => r.class_counts, 'text')}
    ) as p(task_id, id, stage_id, replaces_id, objects, object_count, class_counts)
    left join annotation_revision r on r.project_id = ${project_id} and r.task_id = p.task_id and r.id = p.replaces_id`.execute(
    tx,
  )
}
