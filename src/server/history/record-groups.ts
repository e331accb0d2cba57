// Writes the decisions of a bulk operation's step: what became of each group of tasks (which is its history and what
// undo needs, at once), and the change itself. Set-based: nothing here is done once per task but by the database.
import { type RawBuilder, sql } from 'kysely'
import { Own, type SituationDecision, type SituationPatch } from '../../model/task.ts'
import { array, ids } from '../db/array.ts'
import type { Tx } from '../db/connect.ts'
import {
  becomeTaskWriter,
  COLUMN_TYPES,
  castScalar,
  enterQueue,
  leaveQueue,
  QUEUE_COLUMNS,
  type Stamp,
  scalar,
} from './record.ts'

/** Tasks of one part that got the same decision. */
export type Group = {
  part: number
  number: number
  decision: SituationDecision
  ids: readonly number[]
  /** Whether some of them may stand in a stage that offers tasks afterwards. */
  may_be_offered: boolean
}
type AppliedDecision = Extract<SituationDecision, { outcome: 'applied' }>
type AppliedGroup = Group & { decision: AppliedDecision }

/** The step's tasks, locked before by this transaction. */
export type StepScope = {
  project_id: number
  operation_id: number
  /** What undo restores: a query of (id, those columns as they were saved) of the groups' tasks. */
  saved: ((groups: readonly Group[], columns: readonly string[]) => RawBuilder<unknown>) | null
  first_id: number
  last_id: number
}

type Column = keyof SituationPatch & string

/** Columns of the type `task_before`, in its order, after id, version, event_count and history_floor. */
export const BEFORE_COLUMNS: readonly Column[] = [
  'stage_id', 'assignee_id', 'stage_assignees', 'is_returned', 'times_returned', 'split', 'split_source', 'is_split_locked',
  'priority', 'batch_id', 'is_skipped', 'skip_reason', 'skip_note', 'skipped_by_id', 'skipped_at', 'skipper_ids', 'queued_at',
  'is_archived', 'duration_ms', 'review_ms', 'duration_floor', 'revision_id', 'object_count', 'class_counts', 'generation',
  'labelled_by_id', 'reviewed_by_id', 'completed_at', 'exported_at',
] // biome-ignore format: one list

/** The columns that a decision changes, `generation` among them if it rises. */
const columnsOf = (d: AppliedDecision): Column[] => [
  ...(Object.keys(d.patch) as Column[]),
  ...(d.raises_generation ? (['generation'] as const) : []),
]

/** @throws Error if a column is named that changes may not set */
export async function recordGroups(tx: Tx, scope: StepScope, stamp: Stamp, groups: readonly Group[]): Promise<void> {
  const applied = groups.filter((g): g is AppliedGroup => g.decision.outcome === 'applied')
  const others = groups.filter((g) => g.decision.outcome !== 'applied')
  await insertGroups(tx, scope, stamp.at, [...applied, ...others], applied.length)
  if (applied.length === 0) return
  await becomeTaskWriter(tx)
  for (const shape of shapesOf(applied)) await updateShape(tx, scope, stamp.at, shape, groups)
  const ended = applied.filter((g) => g.decision.ends_lease)
  if (ended.length > 0)
    await sql`delete from task_lease l using ${tasksOf(scope, ended)} where l.project_id = ${scope.project_id} and l.task_id = u.id`.execute(
      tx,
    )
  const queued = applied.filter((g) => columnsOf(g.decision).some((c) => QUEUE_COLUMNS.has(c)))
  const idsOf = (groups: readonly Group[]) => groups.flatMap((g) => g.ids).sort((a, b) => a - b)
  await leaveQueue(tx, scope.project_id, idsOf(queued))
  const entering = queued.filter((g) => g.may_be_offered)
  if (entering.length > 0) await enterQueue(tx, scope.project_id, tasksOf(scope, entering))
  await sql`insert into task_change (project_id, task_ids) select ${scope.project_id}::int8, k.task_ids from ${groupsOf(scope, applied)}`.execute(
    tx,
  )
}

/** Values beside each group: a name, a type, and one value per group. */
type Beside = { name: string; type: string; values: readonly (string | number | boolean | null)[] }

/**
 * `k`: (part, number, task_ids, and what stands beside them) of groups that are written already. Their ids need not
 * travel again; each is looked up by its key, since how many there are the planner cannot know.
 */
function groupsOf(scope: StepScope, groups: readonly Group[], beside: readonly Beside[] = []): RawBuilder<unknown> {
  const lists: Beside[] = [
    { name: 'part', type: 'int4', values: groups.map((g) => g.part) },
    { name: 'number', type: 'int4', values: groups.map((g) => g.number) },
    ...beside,
  ]
  const names = sql.join(lists.map((l) => sql.ref(l.name)))
  return sql`(select w.*, g.task_ids from unnest(${sql.join(lists.map((l) => array(l.values, l.type)))}) as w(${names})
    cross join lateral (select task_ids from operation_group where project_id = ${scope.project_id} and operation_id = ${scope.operation_id}
      and part = w.part and number = w.number offset 0) g) k`
}

/** Their tasks, `u(id)`, beside `k`. */
const tasksOf = (scope: StepScope, groups: readonly Group[], beside: readonly Beside[] = []) =>
  sql`${groupsOf(scope, groups, beside)} cross join lateral unnest(k.task_ids) as u(id)`

/** One row per group, with the columns as they are before the change. Groups that apply come first. */
async function insertGroups(tx: Tx, scope: StepScope, at: string, groups: readonly Group[], appliedCount: number) {
  const changed = new Set(groups.flatMap((g) => (g.decision.outcome === 'applied' ? columnsOf(g.decision) : [])))
  const before = BEFORE_COLUMNS.map((c) => (changed.has(c) ? sql`t.${sql.ref(c)}` : sql`null`))
  const texts = (of: (d: SituationDecision) => string | null) =>
    array(
      groups.map((g) => of(g.decision)),
      'text',
    )
  await sql`
    insert into operation_group (project_id, operation_id, part, number, outcome, reason, person_id, total, first_id, last_id, at, columns, events, task_ids, before)
    select ${scope.project_id}::int8, ${scope.operation_id}::int8, m.part, m.number, m.outcome, m.reason, m.person_id, a.total, a.first_id, a.last_id,
           ${at}::timestamptz, cast(m.columns as text[]), cast(m.events as jsonb), a.task_ids, a.before
    from (
      select x.g, count(*) as total, min(x.id) as first_id, max(x.id) as last_id, array_agg(x.id) as task_ids, array_agg(x.was) filter (where x.g <= ${appliedCount}::int4) as before
      from (
        select u.g, t.id, case when u.g <= ${appliedCount}::int4 then cast(row(t.id, t.version, t.event_count, t.history_floor, ${sql.join(before)}) as task_before) end as was
        from ${membersSql(groups)} join task t on t.project_id = ${scope.project_id} and t.id = u.id and t.id between ${scope.first_id} and ${scope.last_id}
        order by u.g, t.id) x
      group by x.g) a
    join unnest(
      ${numbers(groups.length)}, ${array(groups.map((g) => g.part), 'int4')}, ${array(groups.map((g) => g.number), 'int4')}, ${texts((d) => d.outcome)},
      ${texts((d) => (d.outcome === 'refused' ? d.reason : null))},
      ${array(groups.map(({ decision: d }) => (d.outcome === 'refused' ? (d.person_id ?? null) : null)), 'int8')},
      ${texts((d) => (d.outcome === 'applied' ? `{${columnsOf(d).join(',')}}` : '{}'))},
      ${texts((d) => (d.outcome === 'applied' ? JSON.stringify(d.events) : '[]'))}
    ) as m(g, part, number, outcome, reason, person_id, columns, events) on m.g = a.g`.execute(tx) // biome-ignore format: a statement
}

/** (id, g): every task of the groups with the number of its group, from 1. */
const membersSql = (groups: readonly Group[]) =>
  sql`unnest(${ids(groups.flatMap((g) => g.ids))}, ${array(groups.flatMap((g, i) => g.ids.map(() => i + 1)), 'int4')}) as u(id, g)` // biome-ignore format: one expression
const numbers = (count: number) =>
  array(
    Array.from({ length: count }, (_, i) => i + 1),
    'int4',
  )

/**
 * Groups that set the same columns in the same way (a value, or their own) are written by one statement; those that
 * restore what was saved, if their values are the same too.
 */
function shapesOf(groups: readonly AppliedGroup[]): AppliedGroup[][] {
  const shapes = new Map<string, AppliedGroup[]>()
  for (const group of groups) {
    const { patch, raises_generation, events } = group.decision
    const restores = restoredBy(patch).length > 0
    const kinds = Object.entries(patch).map(([c, v]) =>
      v instanceof Own ? `${c}=${v.from}.${v.column}` : restores ? `${c}=${JSON.stringify(v)}` : c,
    )
    const key = `${raises_generation}|${restores ? events.length : ''}|${kinds.sort().join()}`
    const same = shapes.get(key)
    if (same) same.push(group)
    else shapes.set(key, [group])
  }
  return [...shapes.values()]
}

async function updateShape(
  tx: Tx,
  scope: StepScope,
  at: string,
  shape: readonly AppliedGroup[],
  all: readonly Group[],
): Promise<void> {
  const first = shape[0]?.decision as AppliedDecision
  const beside: Beside[] = []
  /** A value that all groups share travels once; the others as one array, a value per group. */
  const perGroup = (name: string, type: string, values: readonly (string | number | boolean | null)[]) => {
    if (values.every((v) => v === values[0])) return castScalar(values[0] ?? null, type)
    beside.push({ name, type: type === 'jsonb' ? 'text' : type, values })
    return type === 'jsonb' ? sql`cast(k.${sql.ref(name)} as jsonb)` : sql`k.${sql.ref(name)}`
  }
  const sets = (Object.entries(first.patch) as [Column, unknown][]).map(([column, value]) => {
    const type = COLUMN_TYPES[column]
    if (!type) throw new Error(`column ${column} is not written by changes`)
    const target = sql.ref(column)
    if (value instanceof Own)
      return sql`${target} = ${sql.ref(`${value.from === 'saved' ? 'u' : 't'}.${value.column}`)}`
    return sql`${target} = ${perGroup(column, type, shape.map((g) => scalar(g.decision.patch[column], type)))}` // biome-ignore format: one expression
  })
  if (first.raises_generation) sets.push(sql`generation = t.generation + 1`)
  const events = perGroup('event_total', 'int4', shape.map((g) => g.decision.events.length)) // biome-ignore format: one expression
  sets.push(sql`version = t.version + 1, updated_at = ${at}::timestamptz, event_count = t.event_count + ${events}`)
  const restored = restoredBy(first.patch)
  const from =
    restored.length > 0 && scope.saved
      ? sql`${scope.saved(shape, restored)} u where ${isOneOf(shape, all)}`
      : sql`${tasksOf(scope, shape, beside)} where true`
  await sql`
    update task t set ${sql.join(sets)} from ${from}
    and t.project_id = ${scope.project_id} and t.id = u.id and t.id between ${scope.first_id} and ${scope.last_id}`.execute(
    tx,
  )
}

/** On what was saved of whole parts: whether it is of one of these groups. */
function isOneOf(shape: readonly Group[], all: readonly Group[]): RawBuilder<boolean> {
  const parts = new Set(shape.map((g) => g.part))
  if (all.every((g) => !parts.has(g.part) || shape.includes(g as AppliedGroup))) return sql`true`
  return sql`u.id = any(${ids(shape.flatMap((g) => g.ids))})`
}

const restoredBy = (patch: SituationPatch) =>
  Object.values(patch).flatMap((v) => (v instanceof Own && v.from === 'saved' ? [v.column] : []))
