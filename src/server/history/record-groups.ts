// Writes the decisions of a bulk operation's step: what became of each group of tasks (which is its history and what
// undo needs, at once), and the change itself. Set-based: nothing here is done once per task but by the database.
import { type RawBuilder, sql } from 'kysely'
import { Own, type SituationDecision, type SituationPatch } from '../../model/task.ts'
import { array, ids } from '../db/array.ts'
import type { Tx } from '../db/connect.ts'
import {
  announce,
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
export type Group = { part: number; number: number; decision: SituationDecision; ids: readonly number[] }
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
  await insertGroups(
    tx,
    scope,
    stamp.at,
    [...applied, ...groups.filter((g) => g.decision.outcome !== 'applied')],
    applied.length,
  )
  if (applied.length === 0) return
  await becomeTaskWriter(tx)
  for (const shape of shapesOf(applied)) await updateShape(tx, scope, stamp.at, shape)
  const idsOf = (some: readonly Group[]) => some.flatMap((g) => g.ids).sort((a, b) => a - b)
  const ended = idsOf(applied.filter((g) => g.decision.ends_lease))
  if (ended.length > 0)
    await sql`delete from task_lease where project_id = ${scope.project_id} and task_id = any(${ids(ended)})`.execute(
      tx,
    )
  const queued = applied.filter((g) => columnsOf(g.decision).some((c) => QUEUE_COLUMNS.has(c)))
  await leaveQueue(tx, scope.project_id, idsOf(queued))
  // Without a queue time a task cannot be offered: no need to look.
  await enterQueue(tx, scope.project_id, idsOf(queued.filter((g) => g.decision.patch.queued_at !== null)))
  await announce(tx, scope.project_id, idsOf(applied))
}

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

/** Groups that set the same columns in the same way (a value, or their own) are written by one statement. */
function shapesOf(groups: readonly AppliedGroup[]): AppliedGroup[][] {
  const shapes = new Map<string, AppliedGroup[]>()
  for (const group of groups) {
    const { patch, raises_generation } = group.decision
    const kinds = Object.entries(patch).map(([c, v]) => (v instanceof Own ? `${c}=${v.from}.${v.column}` : c))
    const key = `${raises_generation}|${kinds.sort().join()}`
    const same = shapes.get(key)
    if (same) same.push(group)
    else shapes.set(key, [group])
  }
  return [...shapes.values()]
}

async function updateShape(tx: Tx, scope: StepScope, at: string, groups: readonly AppliedGroup[]): Promise<void> {
  const first = groups[0]?.decision as AppliedDecision
  const parts: RawBuilder<unknown>[] = [numbers(groups.length)]
  const names = ['g']
  /** A value that all groups share travels once; the others as one array, a value per group. */
  const perGroup = (name: string, type: string, values: readonly (string | number | boolean | null)[]) => {
    if (values.every((v) => v === values[0])) return castScalar(values[0] ?? null, type)
    parts.push(array(values, type === 'jsonb' ? 'text' : type))
    names.push(name)
    return type === 'jsonb' ? sql`cast(m.${sql.ref(name)} as jsonb)` : sql`m.${sql.ref(name)}`
  }
  const restored: string[] = []
  const sets = (Object.entries(first.patch) as [Column, unknown][]).map(([column, value]) => {
    const type = COLUMN_TYPES[column]
    if (!type) throw new Error(`column ${column} is not written by changes`)
    const target = sql.ref(column)
    if (value instanceof Own) {
      if (value.from === 'saved') restored.push(value.column)
      return sql`${target} = ${value.from === 'saved' ? sql`s.${sql.ref(value.column)}` : sql`t.${sql.ref(value.column)}`}`
    }
    return sql`${target} = ${perGroup(column, type, groups.map((g) => scalar(g.decision.patch[column], type)))}` // biome-ignore format: one expression
  })
  if (first.raises_generation) sets.push(sql`generation = t.generation + 1`)
  const events = perGroup('event_total', 'int4', groups.map((g) => g.decision.events.length)) // biome-ignore format: one expression
  sets.push(sql`version = t.version + 1, updated_at = ${at}::timestamptz, event_count = t.event_count + ${events}`)
  const values = names.length > 1 ? sql`join unnest(${sql.join(parts)}) as m(${sql.join(names.map((n) => sql.ref(n)))}) on m.g = u.g` : sql`` // biome-ignore format: one expression
  const saved = restored.length > 0 && scope.saved ? sql`join ${scope.saved(groups, restored)} s on s.id = u.id` : sql``
  await sql`
    update task t set ${sql.join(sets)} from ${membersSql(groups)} ${values} ${saved}
    where t.project_id = ${scope.project_id} and t.id = u.id and t.id between ${scope.first_id} and ${scope.last_id}`.execute(
    tx,
  )
}
