// Tasks by situation: those that agree in the facts of an operation, counted for a preview or locked for a step.
import { type RawBuilder, sql } from 'kysely'
import { array, ids } from '../db/array.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import type { FactName, Facts } from './operation.ts'
import type { Part } from './part-queries.ts'

/** On `task t`, the step's or selection's `u`, and what was saved, `s`. */
const FACTS: Record<Exclude<FactName, 'saved_columns'>, RawBuilder<unknown>> = {
  id: sql`t.id`,
  stage_id: sql`t.stage_id`,
  assignee_id: sql`t.assignee_id`,
  stage_assignees: sql`t.stage_assignees`,
  labelled_by_id: sql`t.labelled_by_id`,
  is_skipped: sql`t.is_skipped`,
  skipped_by_id: sql`t.skipped_by_id`,
  skipper_ids: sql`t.skipper_ids`,
  split: sql`t.split`,
  split_source: sql`t.split_source`,
  is_split_locked: sql`t.is_split_locked`,
  priority: sql`t.priority`,
  batch_id: sql`t.batch_id`,
  is_archived: sql`t.is_archived`,
  revision_id: sql`t.revision_id`,
  has_annotations: sql`(t.revision_id is not null or t.object_count > 0)`,
  has_history: sql`(t.event_count > t.history_floor)`,
  has_duration: sql`(t.duration_ms > 0 or t.review_ms > 0)`,
  plan: sql`u.plan`,
  is_as_left: sql`(t.version = s.version + 1)`,
  restores_annotations: sql`(t.revision_id is null and s.revision_id is not null)`,
  saved_stage_id: sql`s.stage_id`,
  saved_assignee_id: sql`s.assignee_id`,
}

/** The facts as columns of their own names. `saved_columns` belongs to the part and is added by the caller. */
function columns(facts: readonly FactName[]) {
  const names = [...new Set<FactName>([...facts, 'stage_id'])].filter((f) => f !== 'saved_columns')
  return { names, list: sql.join(names.map((name) => sql`${FACTS[name as keyof typeof FACTS]} as ${sql.ref(name)}`)) }
}

/**
 * What undo restores, of some parts: (id, version, and the columns as they were saved).
 * @param columns those that are needed
 */
export function savedSql(
  scope: Pick<StepTasks, 'project_id' | 'operation_id'>,
  parts: readonly number[],
  undoes_id: number,
  columns: readonly string[],
): RawBuilder<unknown> {
  const { project_id, operation_id } = scope
  const list = sql.join(['id', 'version', ...columns].map((c) => sql`b.${sql.ref(c)}`))
  return sql`(select ${list} from operation_part p
    join operation_group g on g.project_id = p.project_id and g.operation_id = ${undoes_id} and g.part = p.undoes_part and g.number = p.undoes_number
    cross join lateral unnest(g.before) as b
    where p.project_id = ${project_id} and p.operation_id = ${operation_id} and p.number = any(${array(parts, 'int4')}))`
}

/** The tasks of a step. */
export type StepTasks = {
  project_id: number
  operation_id: number
  parts: readonly Part[]
  first_id: number
  last_id: number
}

/** In the statements below: a span beside the ids lets the database read neighbours in one run. */
const inSpan = ({ first_id, last_id }: StepTasks) => sql`t.id between ${first_id} and ${last_id}`

/** Locks the step's tasks, in id order so that two changes never wait for each other in a circle. @returns how many */
export async function lockStep(tx: Tx, scope: StepTasks): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from (
      select t.id from unnest(${ids(scope.parts.flatMap((p) => p.task_ids))}) as u(id)
      join task t on t.project_id = ${scope.project_id} and t.id = u.id and ${inSpan(scope)} order by t.id for update of t) x`.execute(
    tx,
  )
  return rows[0]?.total ?? 0
}

export type Located = { part: number; facts: Facts; ids: number[] }

/** The step's tasks by situation. After the locks, as a statement of its own: one that waited sees the newest rows. */
export async function situationsOf(
  tx: Tx,
  scope: StepTasks,
  undoes_id: number | null,
  facts: readonly FactName[],
): Promise<Located[]> {
  const { names, list } = columns(facts)
  const keys = sql.join(names.map((name) => sql.ref(`x.${name}`)))
  const { parts } = scope
  const plan = facts.includes('plan') ? sql`, ${array(parts.flatMap((p) => p.plan ?? p.task_ids.map(() => null)), 'text')}` : sql`` // biome-ignore format: one expression
  const planName = facts.includes('plan') ? sql`, plan` : sql``
  const savedColumns = ['stage_id', 'assignee_id', 'revision_id']
  const saved =
    undoes_id === null
      ? sql``
      : sql`join ${savedSql(
          scope,
          parts.map((p) => p.number),
          undoes_id,
          savedColumns,
        )} s on s.id = u.id`
  const { rows } = await sql<Facts & { part: number; task_ids: string }>`
    select x.part, ${keys}, string_agg(x.task_id::text, ',') as task_ids from (
      select u.part, t.id as task_id, ${list}
      from unnest(${ids(parts.flatMap((p) => p.task_ids))}, ${array(parts.flatMap((p) => p.task_ids.map(() => p.number)), 'int4')}${plan}) as u(id, part${planName})
      join task t on t.project_id = ${scope.project_id} and t.id = u.id and ${inSpan(scope)} ${saved}) x
    group by x.part, ${keys}`.execute(tx) // biome-ignore format: a statement
  return rows.map(({ part, task_ids, ...rest }) => ({
    part,
    facts: rest as unknown as Facts,
    ids: task_ids.split(',').map(Number),
  }))
}

/** Who has which of these tasks open now. After the locks: one that waited must see the leases of now. */
export async function liveLeases(
  db: Queryable,
  project_id: number,
  span: { first_id: number; last_id: number },
): Promise<Map<number, number>> {
  const { rows } = await sql<{ task_id: number; person_id: number }>`
    select task_id, person_id from task_lease
    where project_id = ${project_id} and task_id between ${span.first_id} and ${span.last_id} and expires_at > now()`.execute(
    db,
  )
  return new Map(rows.map((r) => [r.task_id, r.person_id]))
}

export type Counted = Facts & {
  total: number
  lease_person_id: number | null
  objects: number
  with_objects: number
  duration_ms: number
  events: number
  assignees: number
  skipped: number
  exported: number
  last_id: number
}

/** The next tasks of a selection by id, counted by situation. @returns none when the selection has ended */
export async function countSituations(
  db: Queryable,
  project_id: number,
  target: RawBuilder<boolean>,
  plan: RawBuilder<unknown> | null,
  facts: readonly FactName[],
  after: number,
  limit: number,
): Promise<Counted[]> {
  const { names, list } = columns(facts)
  const keys = sql.join(names.map((name) => sql.ref(`x.${name}`)))
  const planned = plan ? sql`left join (${plan}) u on u.task_id = t.id` : sql`cross join (select null::text as plan) u`
  const { rows } = await sql<Counted>`
    select ${keys}, x.lease_person_id, count(*) as total, sum(x.object_count)::int8 as objects, count(*) filter (where x.object_count > 0) as with_objects,
      sum(x.duration_ms)::int8 as duration_ms, sum(x.event_total)::int8 as events, count(x.responsible_id) as assignees,
      count(*) filter (where x.skipped) as skipped, count(x.exported_at) as exported, max(x.task_id) as last_id
    from (
      select t.id as task_id, t.object_count, t.duration_ms, t.event_count - t.history_floor as event_total, t.assignee_id as responsible_id,
        t.is_skipped as skipped, t.exported_at, l.person_id as lease_person_id, ${list}
      from (select * from task t where ${target} and t.id > ${after} order by t.id limit ${limit}) t ${planned}
      left join task_lease l on l.project_id = ${project_id} and l.task_id = t.id and l.expires_at > now()) x
    group by ${keys}, x.lease_person_id`.execute(db)
  return rows
}
