// What Auto split reads: the candidates with their keys, and what is set already.
import { type RawBuilder, sql } from 'kysely'
import type { SplitCandidate } from '../../model/split.ts'
import { SPLITS, type Split } from '../../model/task.ts'
import { array, ids } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'

/** Tasks of a target with the asset's content hash as key. Archived ones never take part. */
export async function splitCandidates(
  db: Queryable,
  scope: { project_id: number; target: RawBuilder<boolean> },
  choice: { include_skipped: boolean; only_completed: boolean },
): Promise<Omit<SplitCandidate, 'order'>[]> {
  const { rows } = await sql<Omit<SplitCandidate, 'order'>>`
    select t.id, a.content_hash as key, t.split, t.split_source, t.is_split_locked
    from task t join asset a on a.project_id = t.project_id and a.id = t.asset_id
    join stage s on s.project_id = t.project_id and s.id = t.stage_id
    where ${scope.target} and not t.is_archived
      and (${choice.include_skipped} or not t.is_skipped) and (not ${choice.only_completed}::bool or s.kind = 'completed')`.execute(
    db,
  )
  return rows
}

export async function splitsOfProject(db: Queryable, project_id: number): Promise<Record<Split, number>> {
  const { rows } = await sql<{ split: Split; total: number }>`
    select split, count(*) as total from task where project_id = ${project_id} and split is not null and not is_archived group by split`.execute(
    db,
  )
  const counts = Object.fromEntries(SPLITS.map((s) => [s, 0])) as Record<Split, number>
  for (const row of rows) counts[row.split] = row.total
  return counts
}

/** What was planned here, as the query that a plan is. */
export const planOf = (plan: ReadonlyMap<number, string>) =>
  sql`select task_id, plan from unnest(${ids([...plan.keys()])}, ${array([...plan.values()], 'text')}) as p(task_id, plan)`
