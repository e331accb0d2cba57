// Tasks by situation: those that agree in the facts of an operation, counted for a preview or locked for a step.
import { type RawBuilder, sql } from 'kysely'
import type { Queryable, Tx } from '../db/connect.ts'
import type { FactName, Facts } from './operation.ts'
import type { PartHead } from './part-queries.ts'

/** On `task t` and the frozen `s`. */
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
  plan: sql`s.plan`,
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

/** The frozen tasks of some parts as `s`: (part, id, plan), or for an undo (part, and what was saved). */
export function frozenSql(
  project_id: number,
  operation_id: number,
  undoes_id: number | null,
  parts: readonly PartHead[],
) {
  const [from, to] = [parts[0]?.number ?? 0, parts.at(-1)?.number ?? -1]
  const which = sql`p.project_id = ${project_id} and p.operation_id = ${operation_id} and p.number between ${from} and ${to}`
  return undoes_id === null
    ? sql`(select p.number as part, u.id, u.plan from operation_part p cross join lateral unnest(p.task_ids, p.plan) as u(id, plan) where ${which})`
    : sql`(select p.number as part, b.* from operation_part p
        join operation_group g on g.project_id = p.project_id and g.operation_id = ${undoes_id} and g.part = p.undoes_part and g.number = p.undoes_number
        cross join lateral unnest(g.before) as b where ${which})`
}

export type Located = { part: number; facts: Facts; ids: number[] }

/**
 * Locks the tasks of some parts, in id order so that two changes never wait for each other in a circle, and sorts them
 * by situation.
 */
export async function lockSituations(
  tx: Tx,
  project_id: number,
  frozen: RawBuilder<unknown>,
  span: { first_id: number; last_id: number },
  facts: readonly FactName[],
): Promise<Located[]> {
  const { names, list } = columns(facts)
  const keys = sql.join(names.map((name) => sql.ref(`x.${name}`)))
  const { rows } = await sql<Facts & { part: number; task_ids: string }>`
    select x.part, ${keys}, string_agg(x.task_id::text, ',') as task_ids from (
      select s.part, t.id as task_id, ${list} from ${frozen} s
      join task t on t.project_id = ${project_id} and t.id = s.id and t.id between ${span.first_id} and ${span.last_id}
      order by t.id for update of t) x
    group by x.part, ${keys}`.execute(tx)
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
  const planned = plan ? sql`left join (${plan}) s on s.task_id = t.id` : sql`cross join (select null::text as plan) s`
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
