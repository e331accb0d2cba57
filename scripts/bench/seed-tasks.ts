// A project with many tasks, spread as real ones are: stages, people, batches, splits, skips, names. Set-based, in
// steps; the same on both databases, since every value comes from a hash of the task's number.
import { type RawBuilder, sql } from 'kysely'
import { array, ids } from '../../src/server/db/array.ts'
import type { Database, Tx } from '../../src/server/db/connect.ts'
import { SEEDED_WORK } from './seed-work.ts'

export type Crowd = { labeler_ids: readonly number[]; reviewer_ids: readonly number[] }
export type SeededTasks = {
  project_id: number
  tasks: number
  /** Ids are `first_id` … `first_id + tasks - 1`. */
  first_id: number
  /** Offered last and left out of the large changes: others claim and save these meanwhile. */
  kept_ids: number[]
  batch_ids: readonly number[]
}

const STAGES = [
  { id: 1, position: 1, kind: 'prepare', name: 'Prepare' },
  { id: 2, position: 2, kind: 'label', name: 'Label' },
  { id: 3, position: 3, kind: 'review', name: 'Review' },
  { id: 4, position: 4, kind: 'completed', name: 'Completed' },
] as const
const CLASSES = ['Car', 'Person', 'Traffic sign', 'Horse']
const BATCHES = 50
/** Rows a statement inserts: bounds the memory of one statement. */
const STEP = 50_000
const KEPT = 500

export async function insertProject(db: Database, organization_id: number, name: string): Promise<number> {
  const { id: project_id } = await db
    .insertInto('project')
    .values({ organization_id, name })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('stage')
    .values(STAGES.map((s) => ({ project_id, ...s })))
    .execute()
  const classes = CLASSES.map((class_name, i) => ({
    id: i + 1,
    name: class_name,
    color: '#3e63dd',
    hotkey: null,
    geometries: ['box'],
    attributes: [],
    is_removed: false,
  }))
  await db
    .insertInto('label_schema')
    .values({ project_id, document: JSON.stringify({ classes, global_attributes: [] }) })
    .execute()
  return project_id
}

/** Label 45 %, Prepare and Completed 20 % each, Review 15 %; a third assigned; 1 % skipped; objects on 30 %. */
export async function insertTasks(
  db: Database,
  project_id: number,
  tasks: number,
  crowd: Crowd,
  is_embedded: boolean,
): Promise<SeededTasks> {
  const batches = await sql<{ id: number }>`
    insert into batch (project_id, name) select ${project_id}::int8, 'Drive ' || n from generate_series(1, ${BATCHES}::int4) n returning id`.execute(
    db,
  )
  const base = {
    asset: await reserve(db, 'asset_id', tasks),
    task: await reserve(db, 'task_id', tasks),
    revision: await reserve(db, 'annotation_revision_id', tasks),
  }
  const kept = Math.min(KEPT, Math.floor(tasks / 100))
  const world: World = { project_id, tasks, kept, base, batch_ids: batches.rows.map((r) => r.id), ...crowd }
  let next = 1
  const worker = async () => {
    while (next <= tasks) {
      const from = next
      next += STEP
      await db.transaction().execute((tx) => insertStep(tx, world, from, Math.min(tasks, from + STEP - 1)))
    }
  }
  await Promise.all(Array.from({ length: is_embedded ? 1 : 2 }, worker))
  return {
    project_id,
    tasks,
    first_id: base.task + 1,
    batch_ids: world.batch_ids,
    kept_ids: Array.from({ length: kept }, (_, i) => base.task + 1 + i),
  }
}

type World = Crowd & {
  project_id: number
  tasks: number
  kept: number
  base: { asset: number; task: number; revision: number }
  batch_ids: readonly number[]
}

/** Takes `count` numbers of a sequence. @returns the number before the first */
async function reserve(db: Database, sequence: string, count: number): Promise<number> {
  const { rows } = await sql<{ first: number }>`select nextval(${sequence}::regclass) as first`.execute(db)
  const first = rows[0]?.first as number
  await sql`select setval(${sequence}::regclass, ${first + count}::int8)`.execute(db)
  return first
}

/** A number 0 … below - 1 that depends on the task's number `i` only. @param salt another number for another column */
const spread = (salt: number, below: number) =>
  sql`((hashint8extended(i, ${sql.raw(String(salt))}) & 1048575) % ${sql.raw(String(below))})`
const oneOf = (values: RawBuilder<unknown>, count: number, salt: number) => sql`(${values})[1 + ${spread(salt, count)}]`

async function insertStep(tx: Tx, w: World, from: number, to: number): Promise<void> {
  const { project_id, base } = w
  const labeler = oneOf(ids(w.labeler_ids), w.labeler_ids.length, 2)
  const reviewer = oneOf(ids(w.reviewer_ids), w.reviewer_ids.length, 3)
  const name = sql`'frame-' || lpad(i::text, 8, '0') ||
    case when i % 20011 = 0 then '-hailstorm' when i % 3001 = 0 then '-roadworks' when i % 7 = 0 then '-night' else '' end || '.jpg'`
  const folder = sql`'camera-' || (1 + ${spread(4, 8)}) || '/day-' || lpad((1 + i * 40 / ${w.tasks + 1}::int8)::text, 2, '0')`
  await sql`select set_config('pixlhub.task_writer', 'record', true)`.execute(tx)
  await sql`
    insert into asset (project_id, id, name, folder, content_hash, byte_size, mime_type, width, height, metadata, thumbnail_state)
    select ${project_id}::int8, ${base.asset}::int8 + i, ${name}, ${folder}, encode(sha256((${project_id}::int8 || ':' || i)::bytea), 'hex'), 200000, 'image/jpeg', 1920, 1080,
      case when ${spread(30, 5)} = 0 then jsonb_build_object('weather', (array['sun', 'rain', 'snow', 'fog'])[1 + ${spread(31, 4)}], 'drive', ${spread(32, 500)}::text) else '{}' end, 'ready'
    from generate_series(${from}::int8, ${to}::int8) i`.execute(tx)
  await sql`
    insert into task (project_id, id, asset_id, name, folder, width, height, stage_id, assignee_id, stage_assignees, is_returned, times_returned,
      split, split_source, is_split_locked, priority, batch_id, is_skipped, skip_reason, skipped_by_id, skipped_at, skipper_ids, queued_at, is_archived,
      duration_ms, review_ms, revision_id, object_count, class_counts, event_count, generation, version, labelled_by_id, reviewed_by_id,
      completed_at, exported_at, created_at, updated_at)
    select ${project_id}::int8, ${base.task}::int8 + i, ${base.asset}::int8 + i, ${name}, ${folder}, 1920, 1080, stage,
      case when is_assigned then case when stage = 3 then reviewer else labeler end end,
      case when stage >= 3 then jsonb_build_object('2', labeler) when is_assigned then jsonb_build_object('2', labeler) else '{}' end
        || case when is_assigned and stage = 3 then jsonb_build_object('3', reviewer) else '{}' end,
      is_returned, is_returned::int4 + (stage = 4 and ${spread(6, 20)} = 0)::int4,
      split, case when split is not null then case when is_locked then 'manual' else 'auto' end end, is_locked and split is not null,
      case when is_kept then -1000 when ${spread(8, 10)} < 8 then 0 else ${spread(9, 20)}::int4 - 5 end,
      case when not is_kept and ${spread(10, 10)} > 0 then ${oneOf(ids(w.batch_ids), w.batch_ids.length, 11)} end,
      is_skipped, case when is_skipped then (array['ambiguous', 'poor_image_quality', 'other'])[1 + ${spread(12, 3)}] end,
      case when is_skipped then labeler end, case when is_skipped then now() - make_interval(mins => i::int4 % 40000) end,
      case when is_skipped then jsonb_build_array(labeler) else '[]' end,
      case when stage in (2, 3) and not is_skipped then now() - make_interval(secs => ${spread(13, 1_048_573)} * 4.001) end, is_archived,
      case when objects > 0 then (1 + ${spread(14, 900)}) * 1000 else 0 end, case when stage = 4 then (1 + ${spread(15, 90)}) * 1000 else 0 end,
      case when objects > 0 then ${base.revision}::int8 + i end, coalesce(objects, 0),
      case when objects > 0 then (${array(SEEDED_WORK.counts, 'text')})[variant]::jsonb else '{}' end, 3, 3, 3,
      case when stage >= 3 or is_returned then labeler end, case when stage = 4 then reviewer end,
      case when stage = 4 then now() - make_interval(mins => ${spread(16, 60_000)}::int4) end,
      case when stage = 4 and ${spread(17, 20)} = 0 then now() - make_interval(mins => ${spread(18, 9000)}::int4) end,
      now() - interval '90 days' + i * (interval '1 day' * 20 / ${w.tasks}::float8), now() - make_interval(mins => ${spread(19, 90_000)}::int4)
    from generate_series(${from}::int8, ${to}::int8) i
    cross join lateral (select ${labeler} as labeler, ${reviewer} as reviewer, i <= ${w.kept}::int8 as is_kept, ${spread(1, 1000)} as u,
      1 + ${spread(20, SEEDED_WORK.documents.length)} as variant) a
    cross join lateral (select case when is_kept then 2 when u < 200 then 1 when u < 650 then 2 when u < 800 then 3 else 4 end as stage,
      case when ${spread(21, 10)} < 3 then (${array(SEEDED_WORK.totals, 'int4')})[variant] else 0 end as objects,
      case when ${spread(22, 10)} < 7 then case when ${spread(23, 10)} < 8 then 'train' when ${spread(24, 2)} = 0 then 'validation' else 'test' end end as split,
      ${spread(25, 100)} = 0 as is_locked, not is_kept and ${spread(26, 200)} = 0 as is_archived) b
    cross join lateral (select stage = 2 and not is_kept and ${spread(27, 45)} = 0 as is_skipped) c
    cross join lateral (select stage in (2, 3) and not is_kept and not is_skipped and ${spread(28, 100)} < 55 as is_assigned,
      stage = 2 and not is_kept and not is_skipped and ${spread(29, 40)} = 0 as is_returned) d`.execute(tx)
  const range = sql`t.project_id = ${project_id} and t.id between ${base.task + from}::int8 and ${base.task + to}::int8`
  await sql`
    insert into task_event (project_id, task_id, number, kind, at, actor_id, actor_kind, before, after)
    select t.project_id, t.id, n, case n when 1 then 'created' when 2 then 'released' else case when t.stage_id = 4 then 'approved' when t.stage_id = 3 then 'submitted' when t.is_returned then 'rejected' when t.is_skipped then 'skipped' else 'assigned' end end,
      t.created_at + make_interval(hours => n), case when n = 3 then case when t.is_returned then ${reviewer} else coalesce(t.reviewed_by_id, t.labelled_by_id, t.skipped_by_id, t.assignee_id) end end,
      case when n = 3 then 'person' else 'system' end, case when n > 1 then '{"stage_id": 1}'::jsonb end, '{"stage_id": 2}'
    from task t cross join lateral (select t.id - ${base.task}::int8 as i) k cross join generate_series(1, 3) n where ${range}`.execute(
    tx,
  )
  await sql`
    insert into annotation_revision (project_id, task_id, id, kind, author_id, stage_id, objects, object_count, class_counts)
    select t.project_id, t.id, t.revision_id, 'saved', t.labelled_by_id, 2, (${array(SEEDED_WORK.documents, 'text')})[1 + ${spread(20, SEEDED_WORK.documents.length)}]::json,
      t.object_count, t.class_counts
    from task t cross join lateral (select t.id - ${base.task}::int8 as i) k where ${range} and t.revision_id is not null`.execute(
    tx,
  )
  await sql`
    insert into queue_entry (project_id, task_id, stage_id, assignee_id, is_returned, priority, queued_at, labelled_by_id, skipper_ids)
    select t.project_id, t.id, t.stage_id, t.assignee_id, t.is_returned, t.priority, t.queued_at, t.labelled_by_id, t.skipper_ids
    from task t where ${range} and t.queued_at is not null and not t.is_archived`.execute(tx)
}
