// Tasks by situation: those that agree in the facts of an operation, counted for a preview or locked for a step.
import { type RawBuilder, sql } from 'kysely'
import { fitsStage } from '../../model/steps.ts'
import type { Stage } from '../../model/workflow.ts'
import { array, ids } from '../db/array.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import type { FactName, Facts, Operation, OperationContext } from './operation.ts'
import type { Part } from './part-queries.ts'

/** What some facts depend on besides the task. */
type Asked = {
  facts: readonly FactName[]
  /** See Operation.rememberedIn. */
  remembered_in: number | null
  context: Pick<OperationContext, 'members' | 'workflow'>
}

/** What an operation asks about each task. @param besides facts that the caller needs itself */
export const askedBy = (
  { facts, rememberedIn }: Operation,
  params: unknown,
  context: OperationContext,
  besides: readonly FactName[] = [],
): Asked => ({ facts: [...facts, ...besides], remembered_in: rememberedIn?.(params, context) ?? null, context })

/** On `task t`, the step's or selection's `u`, and what was saved, `s`. `saved_columns` belongs to the part. */
const FACTS: Record<Exclude<FactName, 'saved_columns'>, (asked: Asked) => RawBuilder<unknown>> = {
  id: () => sql`t.id`,
  stage_id: () => sql`t.stage_id`,
  assignee_id: () => sql`t.assignee_id`,
  stage_assignees: () => sql`t.stage_assignees`,
  labelled_by_id: () => sql`t.labelled_by_id`,
  is_skipped: () => sql`t.is_skipped`,
  skipped_by_id: () => sql`t.skipped_by_id`,
  skipper_ids: () => sql`t.skipper_ids`,
  split: () => sql`t.split`,
  split_source: () => sql`t.split_source`,
  is_split_locked: () => sql`t.is_split_locked`,
  priority: () => sql`t.priority`,
  batch_id: () => sql`t.batch_id`,
  is_archived: () => sql`t.is_archived`,
  revision_id: () => sql`t.revision_id`,
  has_annotations: () => sql`(t.revision_id is not null or t.object_count > 0)`,
  has_history: () => sql`(t.event_count > t.history_floor)`,
  has_duration: () => sql`(t.duration_ms > 0 or t.review_ms > 0)`,
  has_assignees: () => sql`(t.assignee_id is not null or t.stage_assignees <> '{}')`,
  remembered_id: rememberedSql,
  is_remembered_labeller: (asked) => sql`coalesce(t.labelled_by_id = ${rememberedSql(asked)}, false)`,
  plan: () => sql`u.plan`,
  is_as_left: () => sql`(t.version = s.version + 1)`,
  restores_annotations: () => sql`(t.revision_id is null and s.revision_id is not null)`,
  is_saved_assignee_gone: ({ context }) => sql`coalesce(not ${fitsSql(context)}, false)`,
}

function rememberedSql({ remembered_in }: Asked): RawBuilder<number | null> {
  if (remembered_in === null) return sql`null::int8`
  return sql`cast(t.stage_assignees ->> ${String(remembered_in)}::text as int8)`
}

/** Whether the saved assignee may work in the stage that the task goes back to; null where there is none. */
function fitsSql({ members, workflow }: Asked['context']): RawBuilder<boolean | null> {
  const arms = [...Map.groupBy(workflow, (s) => s.kind).values()].map((stages) => {
    const fitting = [...members].filter(([, role]) => fitsStage(role, stages[0] as Stage)).map(([id]) => id)
    const here = array(stages.map((s) => s.id), 'int4') // biome-ignore format: one expression
    return sql`when coalesce(s.stage_id, t.stage_id) = any(${here}) then s.assignee_id = any(${ids(fitting)})`
  })
  return sql`case ${sql.join(arms, sql` `)} end`
}

/** The facts as columns of their own names. */
function columns(asked: Asked) {
  const names = [...new Set<FactName>([...asked.facts, 'stage_id'])].filter((f) => f !== 'saved_columns')
  const list = sql.join(names.map((name) => sql`${FACTS[name](asked)} as ${sql.ref(name)}`))
  return { names, list, keys: sql.join(names.map((name) => sql.ref(`x.${name}`))) }
}

/** What undo needs to know of the saved columns before it decides. */
const SAVED_FACTS = ['stage_id', 'assignee_id', 'revision_id']

/**
 * What undo restores, of some parts: (part, id, version, and the columns as they were saved). Each group is looked up by
 * its key, and statements start from here and look up the task of each row: how many rows these are is nothing that the
 * planner could know, and a join that it takes for one of a few rows costs minutes.
 * @param columns those that are needed
 */
export function savedSql(
  { project_id }: Pick<StepTasks, 'project_id'>,
  parts: readonly Part[],
  undoes_id: number,
  columns: readonly string[],
): RawBuilder<unknown> {
  const list = sql.join(['id', 'version', ...columns].map((c) => sql`b.${sql.ref(c)}`))
  const numbers = (of: (p: Part) => number | null) => array(parts.map(of), 'int4')
  return sql`(select k.n as part, ${list}
    from unnest(${numbers((p) => p.number)}, ${numbers((p) => p.undoes_part)}, ${numbers((p) => p.undoes_number)}) as k(n, part, number)
    cross join lateral (
      select g.before from operation_group g
      where g.project_id = ${project_id} and g.operation_id = ${undoes_id} and g.part = k.part and g.number = k.number offset 0) g
    cross join lateral unnest(g.before) as b)`
}

/** The tasks of a step. */
export type StepTasks = {
  project_id: number
  operation_id: number
  parts: readonly Part[]
  first_id: number
  last_id: number
}

export type Located = { part: number; facts: Facts; ids: number[] }

/**
 * Locks the step's tasks, in id order so that two changes never wait for each other in a circle, and tells them by
 * situation. A row that was waited for is read again once it is locked: that is what FOR UPDATE does.
 */
export async function lockSituations(tx: Tx, scope: StepTasks, asked: Asked): Promise<Located[]> {
  const tasks = sql`${partsSql(scope.parts, asked.facts.includes('plan'))} join task t on ${isOfStep(scope, sql`u.id`)}`
  return situationsOf(tx, asked, sql`u.part`, sql`${tasks} order by t.id for update of t`)
}

/**
 * The same, beside what an undo restores. Locked apart: FOR UPDATE would carry the whole group along with each of its
 * tasks.
 */
export async function lockUndone(tx: Tx, scope: StepTasks, undoes_id: number, asked: Asked): Promise<Located[]> {
  const locked = sql`(
    select t.id, t.version, t.stage_id, t.revision_id from ${partsSql(scope.parts, false)} join task t on ${isOfStep(scope, sql`u.id`)}
    order by t.id for update of t)`
  const saved = savedSql(scope, scope.parts, undoes_id, SAVED_FACTS)
  return situationsOf(tx, asked, sql`s.part`, sql`${locked} t join ${saved} s on s.id = t.id`)
}

/** A span beside the ids lets the database read neighbours in one run. */
const isOfStep = ({ project_id, first_id, last_id }: StepTasks, id: RawBuilder<unknown>) =>
  sql`t.project_id = ${project_id} and t.id = ${id} and t.id between ${first_id} and ${last_id}`

async function situationsOf(
  tx: Tx,
  asked: Asked,
  part: RawBuilder<unknown>,
  tasks: RawBuilder<unknown>,
): Promise<Located[]> {
  const { list, keys } = columns(asked)
  const { rows } = await sql<Facts & { part: number; task_ids: string }>`
    select x.part, ${keys}, string_agg(x.task_id::text, ',') as task_ids
    from (select ${part} as part, t.id as task_id, ${list} from ${tasks}) x group by x.part, ${keys}`.execute(tx)
  return rows.map(({ part, task_ids, ...rest }) => ({
    part,
    facts: rest as unknown as Facts,
    ids: task_ids.split(',').map(Number),
  }))
}

/** (id, part, and the plan's word if there is one). */
function partsSql(parts: readonly Part[], isPlanned: boolean): RawBuilder<unknown> {
  const lists = [
    ids(parts.flatMap((p) => p.task_ids)),
    array(parts.flatMap((p) => p.task_ids.map(() => p.number)), 'int4'),
    ...(isPlanned ? [array(parts.flatMap((p) => p.plan ?? p.task_ids.map(() => null)), 'text')] : []),
  ] // biome-ignore format: a list per line
  return sql`unnest(${sql.join(lists)}) as u(id, part${isPlanned ? sql`, plan` : sql``})`
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
  asked: Asked,
  after: number,
  limit: number,
): Promise<Counted[]> {
  const { list, keys } = columns(asked)
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
