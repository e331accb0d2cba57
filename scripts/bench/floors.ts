// The same work as plain SQL, on the same database, in the same run.
import { sql } from 'kysely'
import type { Database } from '../../src/server/db/connect.ts'
import { load, percentile } from './measure.ts'

export type Floors = {
  page: number
  page_by_queue: number
  page_filtered: number
  count: number
  claim: number
  change: number
  change_all: number
}

/** @param project_id a project of its own: these statements change it */
export async function floors(db: Database, project_id: number, tasks: number): Promise<Floors> {
  const median = async (count: number, run: (i: number) => Promise<unknown>) =>
    percentile((await load(1, count, (_, i) => run(i))).times, 50)
  return {
    page: await median(30, () =>
      sql`select * from task where project_id = ${project_id} order by id desc limit 100`.execute(db),
    ),
    page_by_queue: await median(5, () =>
      sql`select * from task where project_id = ${project_id} order by queued_at desc nulls last, id desc limit 100`.execute(
        db,
      ),
    ),
    page_filtered: await median(10, () =>
      sql`select * from task where project_id = ${project_id} and stage_id = 4 order by id desc limit 100`.execute(db),
    ),
    count: await median(5, () =>
      sql`select count(*) from task where project_id = ${project_id} and not is_archived`.execute(db),
    ),
    claim: await median(200, (i) => claim(db, project_id, i + 1)),
    change: await change(
      db,
      project_id,
      sql`id in (select id from task where project_id = ${project_id} order by id limit 1000)`,
    ),
    change_all: tasks > 1000 ? await change(db, project_id, sql`true`) : Number.NaN,
  }
}

/** One statement: the next task of the pool becomes a person's. */
const claim = (db: Database, project_id: number, person_id: number) =>
  sql`
  update queue_entry q set assignee_id = ${person_id} from (
    select task_id from queue_entry where project_id = ${project_id} and stage_id = 2 and assignee_id is null
    order by assignee_id, is_returned desc, priority desc, queued_at, task_id limit 1 for update skip locked) n
  where q.project_id = ${project_id} and q.task_id = n.task_id returning q.task_id`.execute(db)

/** One UPDATE of the task rows and one INSERT…SELECT of history. */
async function change(db: Database, project_id: number, which: ReturnType<typeof sql>): Promise<number> {
  const start = performance.now()
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('pixlhub.task_writer', 'record', true)`.execute(tx)
    await sql`
      update task set stage_id = 1, assignee_id = null, stage_assignees = '{}', revision_id = null, object_count = 0, class_counts = '{}',
        duration_ms = 0, history_floor = event_count, event_count = event_count + 1, version = version + 1, generation = generation + 1
      where project_id = ${project_id} and ${which}`.execute(tx)
    await sql`
      insert into task_event (project_id, task_id, number, kind, at, actor_kind, before, after)
      select project_id, id, event_count, 'status_changed', now(), 'system', '{"stage_id": 2}', '{"stage_id": 1}' from task
      where project_id = ${project_id} and ${which}`.execute(tx)
  })
  return performance.now() - start
}
