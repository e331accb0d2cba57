// split-runs/: runs of Auto split, kept for good. How one is decided is tasks/auto-split.ts; running it is an operation.
// This file: SQL.
import { sql } from 'kysely'
import type { SplitReport } from '../../contract/plan-reports.ts'
import type { SplitRun } from '../../contract/split-runs.ts'
import type { GroupBy } from '../../model/split.ts'
import type { Split } from '../../model/task.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import { groupKey } from '../tasks/split-queries.ts'

/** Keeps what an operation's plan says, once its set is frozen. */
export async function keepSplitRun(
  tx: Tx,
  { project_id, operation_id }: { project_id: number; operation_id: number },
  report: SplitReport,
): Promise<void> {
  await sql`
    insert into split_run (project_id, operation_id, report) values (${project_id}, ${operation_id}, ${JSON.stringify(report)})`.execute(
    tx,
  )
  await sql`
    insert into split_run_part (project_id, operation_id, number, split, task_ids)
    select p.project_id, p.operation_id, p.number, u.plan, array_agg(u.task_id order by u.task_id)
    from operation_part p cross join lateral unnest(p.task_ids, p.plan) as u(task_id, plan)
    where p.project_id = ${project_id} and p.operation_id = ${operation_id} and u.plan is not null
    group by p.project_id, p.operation_id, p.number, u.plan`.execute(tx)
}

export async function splitRunsBefore(
  db: Queryable,
  project_id: number,
  before: number | null,
  limit: number,
): Promise<SplitRun[]> {
  const { rows } = await sql<SplitRun>`
    select o.id as operation_id, o.params, o.selection, o.state, o.total, o.applied, o.unchanged, o.refused, o.undone_by_id, o.created_at, r.report,
      (select p.name from person p where p.id = o.actor_id) as actor_name
    from operation o left join split_run r on r.project_id = o.project_id and r.operation_id = o.id
    where o.project_id = ${project_id} and o.name = 'set-split' and o.params ->> 'kind' = 'auto' and (${before}::int8 is null or o.id < ${before}::int8)
    order by o.id desc limit ${limit}`.execute(db)
  return rows
}

/** Parameters and report of a run whose splits are kept; null if there is none. */
export async function keptSplitRun(
  db: Queryable,
  project_id: number,
  operation_id: number,
): Promise<{
  params: Record<string, unknown> & { group_by?: GroupBy }
  report: SplitReport
  created_at: string
} | null> {
  const { rows } = await sql<{ params: Record<string, unknown>; report: SplitReport; created_at: string }>`
    select o.params, r.report, o.created_at from split_run r join operation o on o.project_id = r.project_id and o.id = r.operation_id
    where r.project_id = ${project_id} and r.operation_id = ${operation_id}`.execute(db)
  return rows[0] ?? null
}

/** `key`: what a task's place in the order is made of, with the seed. `group_key`: of the group that it belongs to now. */
export type SplitRunTask = {
  task_id: number
  name: string
  folder: string
  key: string
  group_key: string | null
  split: Split
}

/** Numbers of the parts that hold any task, in the order of their tasks. */
export async function splitRunParts(db: Queryable, project_id: number, operation_id: number): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    select distinct number from split_run_part where project_id = ${project_id} and operation_id = ${operation_id} order by number`.execute(
    db,
  )
  return rows.map((r) => r.number)
}

/** One part of a run, by task id. */
export async function splitRunPart(
  db: Queryable,
  project_id: number,
  operation_id: number,
  number: number,
  group: GroupBy | null,
): Promise<SplitRunTask[]> {
  const { rows } = await sql<SplitRunTask>`
    select t.id as task_id, t.name, t.folder, a.content_hash as key, ${group ? groupKey(group) : sql`null`} as group_key, x.split
    from (select p.split, unnest(p.task_ids) as id from split_run_part p
          where p.project_id = ${project_id} and p.operation_id = ${operation_id} and p.number = ${number}) x
    join task t on t.project_id = ${project_id} and t.id = x.id
    join asset a on a.project_id = t.project_id and a.id = t.asset_id
    left join batch b on b.project_id = t.project_id and b.id = t.batch_id
    order by t.id`.execute(db)
  return rows
}
