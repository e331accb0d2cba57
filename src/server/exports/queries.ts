// SQL of exports: the frozen set, and its tasks in pages with the revision that each had.
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { ExportSchema } from '../../contract/assets.ts'
import type { AnnotationObject } from '../../model/annotation.ts'
import type { Selection } from '../../model/selection.ts'
import type { Split } from '../../model/task.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import { selectionSql } from '../tasks/filter-queries.ts'
import type { NamedBy } from './archive-paths.ts'
import type { ExportFormat, ExportSplit } from './format.ts'
import { beginFreezing } from './frozen-queries.ts'

export type ExportRow = Static<typeof ExportSchema>
type NewExport = {
  format: string
  selection: Selection
  with_images: boolean
  actor_id: number
  unique_by: ExportFormat['unique_by']
}

const COLUMNS = sql`
  e.id, e.format, e.with_images, e.task_count, e.object_count, e.created_at, (select p.name from person p where p.id = e.actor_id) as actor_name`

export async function exportById(db: Queryable, project_id: number, export_id: number): Promise<ExportRow | null> {
  const { rows } =
    await sql<ExportRow>`select ${COLUMNS} from export_run e where e.project_id = ${project_id} and e.id = ${export_id}`.execute(
      db,
    )
  return rows[0] ?? null
}

export async function exportsOf(db: Queryable, project_id: number): Promise<ExportRow[]> {
  const { rows } =
    await sql<ExportRow>`select ${COLUMNS} from export_run e where e.project_id = ${project_id} order by e.id desc limit 200`.execute(
      db,
    )
  return rows
}

/**
 * Freezes a selection: which tasks, which revision of each, which split, and how its file is told apart. One statement
 * sees one moment, so no task is half in. People go on saving, and what is frozen is kept.
 * @returns the export's id and how many tasks it holds. @throws Failure empty_selection, unknown_field
 */
export async function freezeExport(
  tx: Tx,
  project_id: number,
  draft: NewExport,
): Promise<{ id: number; task_count: number }> {
  await beginFreezing(tx, project_id)
  const { id } = await tx
    .insertInto('export_run')
    .values({
      project_id,
      format: draft.format,
      selection: JSON.stringify(draft.selection),
      with_images: draft.with_images,
      actor_id: draft.actor_id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const file = draft.unique_by === 'stem' ? sql`lower(regexp_replace(t.name, '\\.[^.]*$', ''))` : sql`lower(t.name)`
  await sql`
    insert into export_task (project_id, export_id, task_id, revision_id, split, named_by)
    select ${project_id}::int8, ${id}::int8, n.id, n.revision_id, n.split,
           case when n.same_name = 1 then 'name' when n.same_place = 1 then 'folder' else 'id' end
    from (
      select t.id, t.revision_id, t.split, count(*) over (partition by ${file}) as same_name,
             count(*) over (partition by lower(t.folder), ${file}) as same_place
      from task t where ${selectionSql(project_id, draft.selection)}
    ) n`.execute(tx)
  const { rows } = await sql<{ task_count: number }>`
    update export_run e set task_count = f.tasks, object_count = f.objects
    from (
      select count(*)::int4 as tasks, coalesce(sum(r.object_count), 0)::int4 as objects from export_task x
      left join annotation_revision r on r.project_id = x.project_id and r.task_id = x.task_id and r.id = x.revision_id
      where x.project_id = ${project_id} and x.export_id = ${id}
    ) f
    where e.project_id = ${project_id} and e.id = ${id} returning e.task_count`.execute(tx)
  return { id, task_count: rows[0]?.task_count ?? 0 }
}

/** How many tasks each split holds, and which classes have objects in the export. */
export async function exportTotals(
  db: Queryable,
  project_id: number,
  export_id: number,
): Promise<{ splits: Map<Split | null, number>; class_ids: Set<number> }> {
  const splits = await sql<{ split: Split | null; total: number }>`
    select split, count(*) as total from export_task where project_id = ${project_id} and export_id = ${export_id} group by split`.execute(
    db,
  )
  const classes = await sql<{ class_id: number }>`
    select distinct k.class_id::int8 as class_id from export_task x
    join annotation_revision r on r.project_id = x.project_id and r.task_id = x.task_id and r.id = x.revision_id
    cross join lateral jsonb_object_keys(r.class_counts) as k(class_id)
    where x.project_id = ${project_id} and x.export_id = ${export_id}`.execute(db)
  return {
    splits: new Map(splits.rows.map((r) => [r.split, r.total])),
    class_ids: new Set(classes.rows.map((r) => r.class_id)),
  }
}

export type FrozenImage = {
  id: number
  name: string
  folder: string
  named_by: NamedBy
  width: number
  height: number
  content_hash: string
}
/** Its objects are null when it had annotations that are purged since. */
export type FrozenTask = FrozenImage & { objects: AnnotationObject[] | null }

const IMAGE_COLUMNS = sql`t.id, t.name, t.folder, x.named_by, t.width, t.height, a.content_hash`
const WITH_IMAGE = sql`
  join task t on t.project_id = x.project_id and t.id = x.task_id
  join asset a on a.project_id = t.project_id and a.id = t.asset_id`

/** The part of an export that is walked: a split, by task id. */
export type Part = { project_id: number; export_id: number; split: ExportSplit }
/** As comparisons whose share the planner knows: of others it expects so few rows that it sorts all that is left for each page. */
const isNext = ({ project_id, export_id, split }: Part, after: number) => sql<boolean>`
  x.project_id = ${project_id} and x.export_id = ${export_id} and x.task_id > ${after}
  and ${split === 'unassigned' ? sql`x.split is null` : sql`x.split = ${split}`}`

export async function imagesOfExport(db: Queryable, part: Part, after: number, limit: number): Promise<FrozenImage[]> {
  const { rows } = await sql<FrozenImage>`
    select ${IMAGE_COLUMNS} from export_task x ${WITH_IMAGE} where ${isNext(part, after)} order by x.task_id limit ${limit}`.execute(
    db,
  )
  return rows
}

/**
 * As many tasks as fit, but one at least.
 * @param most.bytes of objects as they are stored, which is known without reading them: compressed, to about a half of the text
 */
export async function pageOfExport(
  db: Queryable,
  part: Part,
  after: number,
  most: { tasks: number; bytes: number },
): Promise<FrozenTask[]> {
  const { rows } = await sql<FrozenTask>`
    select ${IMAGE_COLUMNS}, x.objects from (
      select y.*, sum(y.bytes) over (order by y.task_id) - y.bytes as bytes_before
      from (
        select x.project_id, x.task_id, x.named_by, case when x.revision_id is null then '[]'::json else r.objects end as objects,
               coalesce(pg_column_size(r.objects), 0) as bytes
        from export_task x
        left join annotation_revision r on r.project_id = x.project_id and r.task_id = x.task_id and r.id = x.revision_id
        where ${isNext(part, after)} order by x.task_id limit ${most.tasks}
      ) y
    ) x ${WITH_IMAGE} where x.bytes_before < ${most.bytes} order by x.task_id`.execute(db)
  return rows
}
