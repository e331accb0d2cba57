// Writes the decisions of a bulk operation's step: what became of each group of tasks (which is its history and what
// undo needs, at once), and the change itself. Set-based: nothing here is done once per task but by the database.

import { type RawBuilder, sql } from 'kysely'
import { grouped } from '../../model/grouped.ts'
import { Own, type SituationDecision } from '../../model/task.ts'
import { array } from '../db/array.ts'
import type { Tx } from '../db/connect.ts'
import { columnType, type PatchColumn, scalar, ValuesBeside } from './column-values.ts'
import { becomeTaskWriter, enterQueueSql, leaveQueueSql, QUEUE_COLUMNS, type Stamp } from './record.ts'

/** What was decided, and whether some of those tasks may stand in a stage that offers tasks afterwards. */
export type Verdict = { decision: SituationDecision; may_be_offered: boolean }

/** The step's tasks, locked before by this transaction. */
export type StepScope = {
  project_id: number
  operation_id: number
  first_id: number
  last_id: number
  /** Joins: every task `t`, with `s.part` and the number of its verdict, `d.verdict`, from 1. */
  decided: RawBuilder<unknown>
  /** What undo restores of some parts: joins, with the columns as they were saved in `s`, and in `k` what is beside a part. */
  saved: ((parts: readonly number[], beside?: ValuesBeside) => RawBuilder<unknown>) | null
}

type AppliedDecision = Extract<SituationDecision, { outcome: 'applied' }>
/** Tasks of one part that got the same verdict. */
type Group = { part: number; number: number; total: number; verdict: Verdict }
type AppliedGroup = Group & { verdict: Verdict & { decision: AppliedDecision } }

/** Columns of the type `task_before`, in its order, after id, version, event_count and history_floor. */
export const BEFORE_COLUMNS: readonly PatchColumn[] = [
  'stage_id', 'assignee_id', 'stage_assignees', 'is_returned', 'times_returned', 'split', 'split_source', 'is_split_locked',
  'priority', 'batch_id', 'is_skipped', 'skip_reason', 'skip_note', 'skipped_by_id', 'skipped_at', 'skipper_ids', 'queued_at',
  'is_archived', 'duration_ms', 'review_ms', 'duration_floor', 'revision_id', 'object_count', 'class_counts', 'generation',
  'labelled_by_id', 'reviewed_by_id', 'completed_at', 'exported_at',
] // biome-ignore format: one list

/** The columns that a decision changes, `generation` among them if it rises. */
const columnsOf = (d: AppliedDecision): PatchColumn[] => [
  ...(Object.keys(d.patch) as PatchColumn[]),
  ...(d.raises_generation ? (['generation'] as const) : []),
]

/**
 * @returns how many tasks got each verdict, in the order of the verdicts
 * @throws Error if a column is named that changes may not set
 */
export async function recordGroups(
  tx: Tx,
  scope: StepScope,
  stamp: Stamp,
  verdicts: readonly Verdict[],
): Promise<number[]> {
  const groups = await insertGroups(tx, scope, stamp.at, verdicts)
  const totals = verdicts.map(() => 0)
  for (const { number, total } of groups) totals[number - 1] = (totals[number - 1] ?? 0) + total
  const applied = groups.filter((g): g is AppliedGroup => g.verdict.decision.outcome === 'applied')
  if (applied.length === 0) return totals
  await becomeTaskWriter(tx)
  const queued = applied.filter(touchesQueue)
  if (queued.length > 0) await leaveQueueSql(scope, tasksOf(scope, queued)).execute(tx)
  await updateGroups(tx, scope, stamp.at, applied, groups)
  const ended = applied.filter((g) => g.verdict.decision.ends_lease)
  if (ended.length > 0)
    await sql`delete from task_lease l using ${tasksOf(scope, ended)} where l.project_id = ${scope.project_id} and l.task_id = u.id`.execute(
      tx,
    )
  await announceGroups(tx, scope, applied)
  return totals
}

const touchesQueue = (g: AppliedGroup) => columnsOf(g.verdict.decision).some((c) => QUEUE_COLUMNS.has(c))

/** `u(id, place)`: the tasks of groups that are written already, so that ids need not travel. */
const tasksOf = (scope: StepScope, groups: readonly Group[]) =>
  sql`group_tasks(${scope.project_id}, ${scope.operation_id}, ${partsOf(groups)}, ${numbersOf(groups)}) u`
const partsOf = (groups: readonly Group[]) => array(groups.map((g) => g.part), 'int4') // biome-ignore format: one expression
const numbersOf = (groups: readonly Group[]) => array(groups.map((g) => g.number), 'int4') // biome-ignore format: one expression

async function announceGroups(tx: Tx, scope: StepScope, groups: readonly Group[]): Promise<void> {
  await sql`
    insert into task_change (project_id, task_ids)
    select ${scope.project_id}::int8, g.task_ids from unnest(${partsOf(groups)}, ${numbersOf(groups)}) as k(part, number)
    cross join lateral (select task_ids from operation_group where project_id = ${scope.project_id} and operation_id = ${scope.operation_id}
      and part = k.part and number = k.number offset 0) g`.execute(tx)
}

/** One row per group, with the columns as they are before the change. */
async function insertGroups(tx: Tx, scope: StepScope, at: string, verdicts: readonly Verdict[]): Promise<Group[]> {
  const decisions = verdicts.map((v) => v.decision)
  const kept = new Set(decisions.flatMap((d) => (d.outcome === 'applied' ? keptOf(d) : [])))
  const before = BEFORE_COLUMNS.map((c) => (kept.has(c) ? sql`t.${sql.ref(c)}` : sql`null`))
  const applied = array(
    decisions.flatMap((d, i) => (d.outcome === 'applied' ? [i + 1] : [])),
    'int4',
  )
  const texts = (of: (d: SituationDecision) => string | null) => array(decisions.map(of), 'text')
  const { rows } = await sql<{ part: number; number: number; total: number }>`
    insert into operation_group (project_id, operation_id, part, number, outcome, reason, person_id, total, first_id, last_id, at, columns, events, task_ids, before)
    select ${scope.project_id}::int8, ${scope.operation_id}::int8, a.part, a.verdict, m.outcome, m.reason, m.person_id, a.total, a.first_id, a.last_id,
           ${at}::timestamptz, cast(m.columns as text[]), cast(m.events as jsonb), a.task_ids, case when m.outcome = 'applied' then a.before end
    from (
      select x.part, x.verdict, count(*) as total, min(x.id) as first_id, max(x.id) as last_id, array_agg(x.id) as task_ids, array_agg(x.was) as before
      from (
        select s.part, d.verdict, t.id, case when d.verdict = any(${applied}) then cast(row(t.id, t.version, t.event_count, t.history_floor, ${sql.join(before)}) as task_before) end as was
        from ${scope.decided} order by s.part, d.verdict, t.id) x
      group by x.part, x.verdict) a
    join unnest(
      ${array(verdicts.map((_, i) => i + 1), 'int4')}, ${texts((d) => d.outcome)}, ${texts((d) => (d.outcome === 'refused' ? d.reason : null))},
      ${array(decisions.map((d) => (d.outcome === 'refused' ? (d.person_id ?? null) : null)), 'int8')},
      ${texts((d) => (d.outcome === 'applied' ? `{${columnsOf(d).join(',')}}` : '{}'))},
      ${texts((d) => (d.outcome === 'applied' ? JSON.stringify(d.events) : '[]'))}
    ) as m(verdict, outcome, reason, person_id, columns, events) on m.verdict = a.verdict
    returning part, number, total`.execute(tx) // biome-ignore format: a statement
  return rows.map((row) => ({ ...row, verdict: verdicts[row.number - 1] as Verdict }))
}

/** The columns whose values are kept: those that events tell, and all that change. */
function keptOf(decision: AppliedDecision): PatchColumn[] {
  const values = decision.events.flatMap((e) => [
    ...Object.values(e.before ?? {}),
    ...Object.values(e.after ?? {}),
    e.note,
  ])
  const told = values.flatMap((v) => (v instanceof Own && v.from === 'task' ? [v.column as PatchColumn] : []))
  return [...told, ...columnsOf(decision)]
}

/** One UPDATE of all tasks: what each column becomes is said per group. Those that can be offered then enter the queue. */
async function updateTasks(
  tx: Tx,
  scope: StepScope,
  at: string,
  groups: readonly AppliedGroup[],
  from: (beside: ValuesBeside) => RawBuilder<unknown>,
): Promise<void> {
  if (groups.length === 0) return
  const beside = new ValuesBeside()
  const decisions = groups.map((g) => g.verdict.decision)
  const columns = [...new Set(decisions.flatMap((d) => Object.keys(d.patch) as PatchColumn[]))]
  const sets = columns.map((column) => sql`${sql.ref(column)} = ${valueSql(column, decisions, beside)}`)
  const raised = beside.per('raised', 'int4', decisions.map((d) => (d.raises_generation ? 1 : 0))) // biome-ignore format: one expression
  const told = beside.per('told', 'int4', decisions.map((d) => d.events.length)) // biome-ignore format: one expression
  sets.push(sql`generation = t.generation + ${raised}, version = t.version + 1, updated_at = ${at}::timestamptz, event_count = t.event_count + ${told}`) // biome-ignore format: one expression
  const isEntering = groups.map((g) => g.verdict.may_be_offered && touchesQueue(g))
  const enters = isEntering.some(Boolean) ? beside.per('enters', 'int4', isEntering.map(Number)) : null
  const update = sql`
    update task t set ${sql.join(sets)} from ${from(beside)}
    and t.project_id = ${scope.project_id} and t.id between ${scope.first_id} and ${scope.last_id}`
  if (!enters) await update.execute(tx)
  else
    await sql`
      with updated as (${update} returning ${QUEUE_ROW}, ${enters} as enters)
      ${enterQueueSql(sql`(select * from updated where enters = 1) t`)}`.execute(tx)
}

/**
 * Where all of a part goes back, which is what undo mostly finds, what was saved of it is all there is to join: how many
 * rows that has the planner cannot know.
 */
async function updateGroups(
  tx: Tx,
  scope: StepScope,
  at: string,
  applied: readonly AppliedGroup[],
  all: readonly Group[],
) {
  const { saved } = scope
  if (!saved)
    return updateTasks(tx, scope, at, applied, (k) => sql`${tasksOf(scope, applied)} ${k.join()} where t.id = u.id`)
  const inPart = grouped(all, (g) => g.part)
  const isWhole = (g: AppliedGroup) => inPart.get(g.part)?.length === 1
  const [whole, mixed] = [applied.filter(isWhole), applied.filter((g) => !isWhole(g))]
  await updateTasks(tx, scope, at, whole, (k) => sql`${saved(whole.map((g) => g.part), k)} where t.id = s.id`) // biome-ignore format: a statement
  const parts = [...new Set(mixed.map((g) => g.part))]
  await updateTasks(tx, scope, at, mixed, (k) => sql`
    (select s.* from ${saved(parts)}) s join ${tasksOf(scope, mixed)} on u.id = s.id ${k.join()} where t.id = s.id`) // biome-ignore format: a statement
}

/** What a column becomes: a value, one of the task's own, a saved one, or what it was where a group leaves it alone. */
function valueSql(
  column: PatchColumn,
  decisions: readonly AppliedDecision[],
  beside: ValuesBeside,
): RawBuilder<unknown> {
  const type = columnType(column)
  const values = decisions.map((d) => d.patch[column])
  const chosen = values.map((v) => sourceOf(column, v))
  const sources = [...new Set(chosen)]
  const given = values.map((v, i) => (chosen[i] === GIVEN ? scalar(v, type) : undefined))
  // What stands for a group that is given none is not read.
  const filler = given.find((v) => v !== undefined) ?? null
  const sourceSql = (source: string) =>
    source === GIVEN ? beside.per(column, type, given.map((v) => (v === undefined ? filler : v))) : sql.ref(source) // biome-ignore format: one expression
  const arms = sources.map(sourceSql)
  if (arms.length === 1) return arms[0] as RawBuilder<unknown>
  const how = beside.per(`how_${column}`, 'int4', chosen.map((source) => sources.indexOf(source))) // biome-ignore format: one expression
  return sql`case ${how} ${sql.join(
    arms.map((arm, i) => sql`when ${sql.lit(i)} then ${arm}`),
    sql` `,
  )} end`
}

const QUEUE_ROW = sql.join(['project_id', 'id', ...QUEUE_COLUMNS].map((c) => sql.ref(`t.${c}`)))

const GIVEN = 'given'
const sourceOf = (column: PatchColumn, value: unknown): string => {
  if (value === undefined) return `t.${column}`
  return value instanceof Own ? `${value.from === 'saved' ? 's' : 't'}.${value.column}` : GIVEN
}
