// SQL of predictions: sets, and what each says about a task.
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { predictionEndpoints } from '../../contract/predictions.ts'
import type { StoredPrediction } from '../../model/prediction.ts'
import { arrayLiteral, ids, listsOf } from '../db/array.ts'
import type { Database, Queryable, Tx } from '../db/connect.ts'

/** Rows that one statement deletes: a step is everyone's wait on the embedded database. */
const STEP = 2000
/** Sets that are shown for a task; older ones are for comparing models, not for labelling. */
const SHOWN_SETS = 20

type Model = { model: string; version: string; person_id: number }

/** The set of a model and version, made if it is not there or going. */
export async function setOf(db: Queryable, project_id: number, { model, version, person_id }: Model): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into prediction_set (project_id, model, version, created_by_id) values (${project_id}, ${model}, ${version}, ${person_id})
    on conflict (project_id, model, version) where not is_going do update set updated_at = now() returning id`.execute(
    db,
  )
  return (rows[0] as { id: number }).id
}

export type PredictedTask = { task_id: number; items: string; item_count: number; class_ids: number[] }

/** Keeps a set from being deleted until this transaction ends. @returns false if it is gone or going */
async function holdSet(tx: Tx, project_id: number, set_id: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from prediction_set where project_id = ${project_id} and id = ${set_id} and not is_going for key share`.execute(
    tx,
  )
  return rows.length > 0
}

/** Replaces what the set says about these tasks. @param tasks by id, each once @returns false if the set is gone */
export async function replacePredictions(
  tx: Tx,
  project_id: number,
  set_id: number,
  tasks: readonly PredictedTask[],
): Promise<boolean> {
  if (!(await holdSet(tx, project_id, set_id))) return false
  const list = listsOf(tasks)
  await sql`
    insert into prediction (project_id, task_id, set_id, items, item_count, class_ids)
    select ${project_id}::int8, p.task_id, ${set_id}::int8, cast(p.items as jsonb), p.item_count, cast(p.class_ids as int8[])
    from unnest(
      ${list((t) => t.task_id, 'int8')}, ${list((t) => t.items, 'text')}, ${list((t) => t.item_count, 'int4')},
      ${list((t) => arrayLiteral(t.class_ids), 'text')}
    ) as p(task_id, items, item_count, class_ids)
    on conflict (project_id, task_id, set_id) do update set
      items = excluded.items, item_count = excluded.item_count, class_ids = excluded.class_ids`.execute(tx)
  return true
}

export type TaskImage = { id: number; name: string; folder: string; width: number; height: number }

/** Of tasks of the project that are not archived. */
export async function imagesOfTasks(
  db: Queryable,
  project_id: number,
  taskIds: readonly number[],
): Promise<Map<number, TaskImage>> {
  const { rows } = await sql<TaskImage>`
    select t.id, t.name, t.folder, t.width, t.height from unnest(${ids(taskIds)}) as p(id)
    join task t on t.project_id = ${project_id} and t.id = p.id and not t.is_archived`.execute(db)
  return new Map(rows.map((t) => [t.id, t]))
}

type PredictionSet = Static<(typeof predictionEndpoints)['list_prediction_sets']['reply']>[number]

export async function predictionSets(db: Queryable, project_id: number): Promise<PredictionSet[]> {
  const { rows } = await sql<PredictionSet>`
    select s.id, s.model, s.version, coalesce(c.tasks, 0) as task_count, coalesce(c.predictions, 0) as prediction_count,
      s.created_at, p.name as created_by_name, s.updated_at, s.is_going
    from prediction_set s left join person p on p.id = s.created_by_id
    left join (
      select set_id, count(*) as tasks, sum(item_count)::int8 as predictions from prediction where project_id = ${project_id} group by set_id) c
      on c.set_id = s.id
    where s.project_id = ${project_id} order by s.id desc`.execute(db)
  return rows
}

/** Newest set first. */
export async function predictionsOfTask(db: Queryable, project_id: number, task_id: number) {
  const { rows } = await sql<{ id: number; model: string; version: string; items: StoredPrediction[] }>`
    select s.id, s.model, s.version, p.items from prediction p
    join prediction_set s on s.project_id = p.project_id and s.id = p.set_id and not s.is_going
    where p.project_id = ${project_id} and p.task_id = ${task_id} order by s.id desc limit ${SHOWN_SETS}`.execute(db)
  return rows
}

/** Those of these sets that are the project's. */
export async function knownSets(db: Queryable, project_id: number, setIds: readonly number[]): Promise<Set<number>> {
  if (setIds.length === 0) return new Set()
  const { rows } = await sql<{ id: number }>`
    select id from prediction_set where project_id = ${project_id} and id = any(${ids(setIds)})`.execute(db)
  return new Set(rows.map((r) => r.id))
}

/**
 * Takes away some of what a set says, and with the last of it the set. It is marked first: what is half gone is offered to nobody,
 * and its model can be sent anew meanwhile. A deletion that broke off goes on by the mark. Waits for whoever writes into the set.
 */
export async function deleteSome(
  tx: Tx,
  project_id: number,
  set_id: number,
): Promise<'more' | 'deleted' | 'not_found'> {
  const { rows } = await sql<{ is_going: boolean }>`
    select is_going from prediction_set where project_id = ${project_id} and id = ${set_id} for update`.execute(tx)
  const [set] = rows
  if (!set) return 'not_found'
  if (!set.is_going)
    await sql`update prediction_set set is_going = true where project_id = ${project_id} and id = ${set_id}`.execute(tx)
  const { numAffectedRows } = await sql`
    delete from prediction p using (
      select task_id from prediction where project_id = ${project_id} and set_id = ${set_id} limit ${STEP}) gone
    where p.project_id = ${project_id} and p.set_id = ${set_id} and p.task_id = gone.task_id`.execute(tx)
  if (Number(numAffectedRows ?? 0) === STEP) return 'more'
  await sql`delete from prediction_set where project_id = ${project_id} and id = ${set_id}`.execute(tx)
  return 'deleted'
}

/** A step of a deletion that broke off. @returns whether there was one */
export async function deleteSomeGoing(db: Database): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ project_id: number; id: number }>`
      select project_id, id from prediction_set where is_going limit 1`.execute(tx)
    const [set] = rows
    if (set) await deleteSome(tx, set.project_id, set.id)
    return set !== undefined
  })
}
