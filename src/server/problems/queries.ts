// SQL of problems.
import { sql } from 'kysely'
import type { Problem, ProblemReason } from '../../model/problem.ts'
import type { Queryable, Tx } from '../db/connect.ts'

const MOST = 200
const COLUMNS = sql`p.id, p.reason, p.note, p.reported_by_id, p.reported_at, p.resolved_at, p.resolved_by_id`
/** Of the asset of a task. */
const ofTask = (project_id: number, task_id: number) => sql`p.project_id = ${project_id}
  and p.asset_id = (select t.asset_id from task t where t.project_id = ${project_id} and t.id = ${task_id})`

export type OpenProblem = Problem & { task_id: number; asset_id: number; name: string }

export async function openProblems(
  db: Queryable,
  project_id: number,
): Promise<{ total: number; problems: OpenProblem[] }> {
  const { rows } = await sql<OpenProblem & { total: number }>`
    select ${COLUMNS}, t.id as task_id, t.asset_id, t.name, count(*) over () as total
    from asset_problem p join task t on t.project_id = p.project_id and t.asset_id = p.asset_id
    where p.project_id = ${project_id} and p.resolved_at is null and not t.is_archived
    order by p.reported_at, p.id limit ${MOST}`.execute(db)
  return { total: rows[0]?.total ?? 0, problems: rows.map(({ total: _, ...problem }) => problem) }
}

export async function problemsOf(db: Queryable, project_id: number, task_id: number): Promise<Problem[]> {
  const { rows } = await sql<Problem>`
    select ${COLUMNS} from asset_problem p where ${ofTask(project_id, task_id)}
    order by p.resolved_at is not null, p.reported_at desc, p.id desc limit ${MOST}`.execute(db)
  return rows
}

/** Waits for whoever changes it. */
export async function lockProblem(tx: Tx, project_id: number, task_id: number, id: number): Promise<Problem | null> {
  const { rows } = await sql<Problem>`
    select ${COLUMNS} from asset_problem p where ${ofTask(project_id, task_id)} and p.id = ${id} for update`.execute(tx)
  return rows[0] ?? null
}

export type NewProblem = {
  project_id: number
  asset_id: number
  reason: ProblemReason
  note: string
  reported_by_id: number
  reported_at: string
}

/** @returns null if this person has reported it already */
export async function insertProblem(tx: Tx, p: NewProblem): Promise<Problem | null> {
  const { rows } = await sql<Problem>`
    insert into asset_problem as p (project_id, asset_id, reason, note, reported_by_id, reported_at)
    values (${p.project_id}, ${p.asset_id}, ${p.reason}, ${p.note}, ${p.reported_by_id}, ${p.reported_at})
    on conflict (project_id, asset_id, reported_by_id, reason) where resolved_at is null do nothing
    returning ${COLUMNS}`.execute(tx)
  return rows[0] ?? null
}

export async function resolve(tx: Tx, project_id: number, id: number, person_id: number, at: string): Promise<void> {
  await sql`update asset_problem set resolved_at = ${at}, resolved_by_id = ${person_id}
    where project_id = ${project_id} and id = ${id}`.execute(tx)
}
