// SQL of the live feed: what was committed since the last look, how operations stand, who may still look.
import { sql } from 'kysely'
import { LIVE_IDS_MAX, type LiveOperation } from '../../contract/live.ts'
import type { OrganizationRole, ProjectRole } from '../../model/permission.ts'
import { ids } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'

/**
 * How far a feed has looked. Transactions below `horizon` were finished then; one at or above it may have
 * committed since, so its rows are asked for again, without the `seen` ones (number → xid).
 */
export type Position = { horizon: string; seen: ReadonlyMap<number, string>; at: string }

/** `ids` null: more than are worth naming. */
export type Changes = { ids: number[] | null; position: Position }

type ChangeRow = { number: number; xid: string; task_ids: number[] | null }

/** Where a feed begins: what is not finished now is still to come. */
export async function positionNow(db: Queryable): Promise<Position> {
  const { rows } = await sql<{ horizon: string; at: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon, now() as at`.execute(db)
  const { horizon, at } = rows[0] as { horizon: string; at: string }
  return { horizon, at, seen: new Map() }
}

/**
 * Tasks changed, and leases run out, since `from`. The horizon is of the same statement and so of the same snapshot
 * as the rows: a transaction is in one of the two, whatever the order of commits.
 */
export async function changesSince(db: Queryable, project_id: number, from: Position): Promise<Changes> {
  const { rows } = await sql<{ horizon: string; at: string; changes: ChangeRow[]; ended: number[] }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon, now() as at,
      (select coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'xid', c.xid::text, 'task_ids', c.task_ids)), '[]') from (
        select number, xid, case when cardinality(task_ids) <= ${LIVE_IDS_MAX} then to_jsonb(task_ids) end as task_ids
        from task_change where project_id = ${project_id} and xid >= ${from.horizon}::text::xid8 and number <> all(${ids([...from.seen.keys()])})
        order by xid, number limit ${LIVE_IDS_MAX + 1}) c) as changes,
      (select coalesce(jsonb_agg(l.task_id), '[]') from (
        select task_id from task_lease
        where project_id = ${project_id} and expires_at > ${from.at}::timestamptz and expires_at <= now() limit ${LIVE_IDS_MAX + 1}) l) as ended`.execute(
    db,
  )
  const { horizon, at, changes, ended } = rows[0] as (typeof rows)[0]
  const seen = new Map([...from.seen, ...changes.map((c) => [c.number, c.xid] as const)])
  for (const [number, xid] of seen) if (BigInt(xid) < BigInt(horizon)) seen.delete(number)
  const isNamed = changes.length <= LIVE_IDS_MAX && changes.every((c) => c.task_ids !== null)
  const named = new Set([...changes.flatMap((c) => c.task_ids ?? []), ...ended])
  return { ids: isNamed && named.size <= LIVE_IDS_MAX ? [...named] : null, position: { horizon, at, seen } }
}

/** Tasks changed in the last seconds: what a page that was just read may have missed. */
export async function changesOfLast(db: Queryable, project_id: number, seconds: number): Promise<number[] | null> {
  const { rows } = await sql<{ task_ids: number[] | null }>`
    select case when cardinality(task_ids) <= ${LIVE_IDS_MAX} then to_jsonb(task_ids) end as task_ids
    from (select at, task_ids from task_change where project_id = ${project_id} order by xid desc, number desc limit ${LIVE_IDS_MAX + 1}) c
    where at > now() - make_interval(secs => ${seconds}::float8)`.execute(db)
  const named = new Set(rows.flatMap((r) => r.task_ids ?? []))
  const isNamed = rows.length <= LIVE_IDS_MAX && rows.every((r) => r.task_ids !== null)
  return isNamed && named.size <= LIVE_IDS_MAX ? [...named] : null
}

/** The latest operations, every running one, and the `known` ones: those whose end is still to be told. */
export async function operationsNow(
  db: Queryable,
  project_id: number,
  known: readonly number[],
): Promise<LiveOperation[]> {
  const { rows } = await sql<LiveOperation>`
    select o.id, o.state, o.total, o.applied, o.unchanged, o.refused from operation o
    where o.project_id = ${project_id} and o.id in (
      (select id from operation where project_id = ${project_id} order by id desc limit 20)
      union select id from operation where project_id = ${project_id} and state = 'running'
      union select unnest(${ids(known)}))
    order by o.id desc`.execute(db)
  return rows
}

export type Roles = { organization_role: OrganizationRole; project_role: ProjectRole | null }

/** What these people are to the project now; who left is not in it. */
export async function rolesOfViewers(
  db: Queryable,
  project_id: number,
  person_ids: readonly number[],
): Promise<Map<number, Roles>> {
  const { rows } = await sql<Roles & { person_id: number }>`
    select o.person_id, o.role as organization_role, m.role as project_role
    from project p join organization_member o on o.organization_id = p.organization_id
    left join project_member m on m.project_id = p.id and m.person_id = o.person_id
    where p.id = ${project_id} and o.person_id = any(${ids(person_ids)})`.execute(db)
  return new Map(rows.map(({ person_id, ...roles }) => [person_id, roles]))
}
