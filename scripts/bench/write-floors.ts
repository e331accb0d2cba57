// What changing costs as plain SQL under the leanest index design: a copy of the tasks with nothing but its primary key
// and half of each page free, and one history row each. Made for the run and dropped after.
import { type RawBuilder, sql } from 'kysely'
import type { Database, Tx } from '../../src/server/db/connect.ts'
import { load, median } from './measure.ts'
import type { Seeded } from './seed.ts'

export type WriteFloors = {
  /** One claim: queue, task, lease and event in one statement. */
  claim: number
  change_1000: number
  change_tenth: number
  change_all: number
  undo_all: number
  auto_split: number
}

const CLAIMS = 300

/** @returns ms of each */
export async function writeFloors(db: Database, seeded: Seeded, is_embedded: boolean): Promise<WriteFloors> {
  const { project_id, tasks, first_id } = seeded
  await makeTables(db, project_id, is_embedded)
  const from = (start: number, count: number) =>
    sql`f.project_id = ${project_id} and f.id between ${first_id + start} and ${first_id + start + count - 1}`
  const tenth = Math.floor(tasks / 10)
  const thousand = Math.min(1000, tenth)
  try {
    const claims = await load(1, Math.min(CLAIMS, tenth), (_, i) => claim(db, project_id, i + 1))
    const small: number[] = []
    for (let i = 0; i < 5; i++) small.push(await timed(db, change(from(i * thousand, thousand))))
    const change_tenth = await timed(db, change(from(tenth * 5, tenth)))
    await vacuum(db, is_embedded)
    const change_all = await timed(db, change(sql`f.project_id = ${project_id}`))
    const undo_all = await timed(db, undo(project_id))
    await vacuum(db, is_embedded)
    const auto_split = await timed(db, split(project_id, tasks))
    return { claim: median(claims.times), change_1000: median(small), change_tenth, change_all, undo_all, auto_split }
  } finally {
    await sql`drop table if exists floor_task, floor_event, floor_queue, floor_lease`.execute(db)
  }
}

async function makeTables(db: Database, project_id: number, is_embedded: boolean): Promise<void> {
  await sql`create table floor_task (like task including defaults) with (fillfactor = 50)`.execute(db)
  await sql`insert into floor_task select * from task where project_id = ${project_id}`.execute(db)
  await sql`alter table floor_task add primary key (project_id, id)`.execute(db)
  await sql`create table floor_event (like task_event including defaults, primary key (project_id, task_id, number))`.execute(
    db,
  )
  await sql`create table floor_lease (like task_lease including defaults, primary key (project_id, task_id))`.execute(
    db,
  )
  await sql`create table floor_queue (like queue_entry including all)`.execute(db)
  await sql`insert into floor_queue select * from queue_entry where project_id = ${project_id}`.execute(db)
  await vacuum(db, is_embedded)
}

/** As autovacuum would between two changes of everything; the embedded database has none. */
async function vacuum(db: Database, is_embedded: boolean): Promise<void> {
  await sql.raw(is_embedded ? 'analyze floor_task' : 'vacuum (analyze) floor_task').execute(db)
  await sql.raw('analyze floor_queue').execute(db)
}

async function timed(db: Database, work: (tx: Tx) => Promise<void>): Promise<number> {
  const start = performance.now()
  await db.transaction().execute(work)
  return performance.now() - start
}

const claim = (db: Database, project_id: number, person_id: number) =>
  sql`
  with n as (
    select task_id from floor_queue where project_id = ${project_id} and stage_id = 2 and assignee_id is null
    order by assignee_id, is_returned desc, priority desc, queued_at, task_id limit 1 for update skip locked),
  q as (update floor_queue f set assignee_id = ${person_id} from n where f.project_id = ${project_id} and f.task_id = n.task_id),
  t as (
    update floor_task f set assignee_id = ${person_id}, version = version + 1, event_count = event_count + 2, updated_at = now()
    from n where f.project_id = ${project_id} and f.id = n.task_id returning f.id, f.event_count),
  l as (
    insert into floor_lease (project_id, task_id, person_id, session_id, generation, opened_at, expires_at)
    select ${project_id}, id, ${person_id}, 'session', 1, now(), now() + interval '30 minutes' from t)
  insert into floor_event (project_id, task_id, number, kind, at, actor_kind)
  select ${project_id}, t.id, t.event_count - e.back, e.kind, now(), 'person' from t, (values (1, 'assigned'), (0, 'opened')) e(back, kind)`.execute(
    db,
  )

/** One INSERT…SELECT of history and one UPDATE: moved to Prepare with all four cleanups. */
const change = (which: RawBuilder<unknown>) => async (tx: Tx) => {
  await sql`
    insert into floor_event (project_id, task_id, number, kind, at, actor_kind, before, after)
    select f.project_id, f.id, f.event_count + 1, 'status_changed', now(), 'person', jsonb_build_object('stage_id', f.stage_id), '{"stage_id": 1}'
    from floor_task f where ${which}`.execute(tx)
  await sql`
    update floor_task f set stage_id = 1, assignee_id = null, stage_assignees = '{}', is_returned = false, times_returned = 0, is_skipped = false,
      skip_reason = null, skip_note = null, skipped_by_id = null, skipped_at = null, queued_at = null, revision_id = null, object_count = 0,
      class_counts = '{}', duration_ms = 0, review_ms = 0, history_floor = event_count, event_count = event_count + 1, version = version + 1,
      generation = generation + 1, updated_at = now()
    where ${which}`.execute(tx)
}

/** The columns as they were, from the tasks that the floor is a copy of, and one history row each. */
const undo = (project_id: number) => async (tx: Tx) => {
  await sql`
    insert into floor_event (project_id, task_id, number, kind, at, actor_kind, before, after)
    select f.project_id, f.id, f.event_count + 1, 'undone', now(), 'person', '{"stage_id": 1}', '{"stage_id": 2}'
    from floor_task f where f.project_id = ${project_id}`.execute(tx)
  await sql`
    update floor_task f set stage_id = t.stage_id, assignee_id = t.assignee_id, stage_assignees = t.stage_assignees, is_returned = t.is_returned,
      times_returned = t.times_returned, is_skipped = t.is_skipped, skip_reason = t.skip_reason, skip_note = t.skip_note,
      skipped_by_id = t.skipped_by_id, skipped_at = t.skipped_at, queued_at = t.queued_at, revision_id = t.revision_id,
      object_count = t.object_count, class_counts = t.class_counts, duration_ms = t.duration_ms, review_ms = t.review_ms,
      history_floor = t.history_floor, event_count = f.event_count + 1, version = f.version + 1, generation = f.generation + 1, updated_at = now()
    from task t where f.project_id = ${project_id} and t.project_id = f.project_id and t.id = f.id`.execute(tx)
}

/** Ordered by SHA-256(seed ‖ content hash) and cut at 80 and 90 %. */
const split = (project_id: number, tasks: number) => async (tx: Tx) => {
  await sql`
    insert into floor_event (project_id, task_id, number, kind, at, actor_kind, before, after)
    select f.project_id, f.id, f.event_count + 1, 'split_set', now(), 'person', jsonb_build_object('split', f.split), '{"split": "train"}'
    from floor_task f where f.project_id = ${project_id}`.execute(tx)
  await sql`
    update floor_task f set split_source = 'auto', version = f.version + 1, event_count = f.event_count + 1, updated_at = now(),
      split = case when p.place <= ${tasks * 0.8}::float8 then 'train' when p.place <= ${tasks * 0.9}::float8 then 'validation' else 'test' end
    from (select x.id, row_number() over (order by sha256(convert_to('bench' || a.content_hash, 'UTF8'))) as place
          from floor_task x join asset a on a.project_id = x.project_id and a.id = x.asset_id where x.project_id = ${project_id}) p
    where f.project_id = ${project_id} and f.id = p.id`.execute(tx)
}
