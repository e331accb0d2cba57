// What Auto split reads, and its plan as a query of (task_id, plan). Archived tasks never take part.
import { type RawBuilder, sql } from 'kysely'
import { compileNamePattern } from '../../model/name-pattern.ts'
import type { AutoSplitMode, GroupBy, Quotas, StratifyBy } from '../../model/split.ts'
import { SPLITS, type Split } from '../../model/task.ts'
import { array, ids } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'

export type SplitScope = { project_id: number /** Condition on `task t`. */; target: RawBuilder<boolean> }
export type SplitChoice = {
  seed: string
  mode: AutoSplitMode
  include_skipped: boolean
  only_completed: boolean
  group_by: GroupBy | null
  stratify_by: StratifyBy | null
}

/** Whether a task gets a split in this run, on `task t` and `stage s`. `isEligible` of the model says the same of one task. */
function isCandidate({ target }: SplitScope, choice: SplitChoice): RawBuilder<boolean> {
  const eligible = {
    unassigned: sql`t.split is null`,
    keep_locked_and_manual: sql`not t.is_split_locked and t.split_source is distinct from 'manual'`,
    everything: sql`not t.is_split_locked`,
  }[choice.mode]
  return sql<boolean>`(${target} and not t.is_archived and ${eligible}
    ${choice.include_skipped ? sql`` : sql`and not t.is_skipped`} ${choice.only_completed ? sql`and s.kind = 'completed'` : sql``})`
}

/** The others of the project whose split stands. */
const isStanding = ({ project_id, target }: SplitScope, choice: SplitChoice) =>
  sql`t.project_id = ${project_id} and not t.is_archived and t.split is not null and not coalesce(${isCandidate({ project_id, target }, choice)}, false)`

const stages = sql`join stage s on s.project_id = t.project_id and s.id = t.stage_id`
const assets = sql`join asset a on a.project_id = t.project_id and a.id = t.asset_id`
const batches = sql`left join batch b on b.project_id = t.project_id and b.id = t.batch_id`
const metadata = (key: string | undefined) => sql`nullif(a.metadata ->> cast(${key ?? ''} as text), '')`

/** Everything that a group or a stratum may be read from. */
const tables = sql`task t ${stages} ${assets} ${batches}`

/** The group's key on `task t`, its `asset a` and `batch b`; null where a task stands alone. Names, not ids: those differ between databases. */
export function groupKey(group: GroupBy): RawBuilder<unknown> {
  switch (group.by) {
    case 'batch':
      return sql`b.name`
    case 'folder':
      return sql`nullif(t.folder, '')`
    case 'metadata':
      return metadata(group.key)
    case 'name':
      return sql`nullif(substring(t.name from cast(${compileNamePattern(group.pattern ?? '').regex} as text)), '')`
  }
}

/** SHA-256(seed ‖ key), then the key. */
const order = (seed: string, key: RawBuilder<unknown>) =>
  sql`sha256(convert_to(cast(${seed} as text) || ${key}, 'UTF8')), ${key} collate "C"`

export async function countCandidates(db: Queryable, scope: SplitScope, choice: SplitChoice): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from task t ${stages} where ${isCandidate(scope, choice)}`.execute(db)
  return rows[0]?.total ?? 0
}

/** How many of the others stand in each split. */
export async function standingSplits(db: Queryable, scope: SplitScope, choice: SplitChoice): Promise<Quotas> {
  const { rows } = await sql<{ split: Split; total: number }>`
    select t.split, count(*) as total from task t ${stages} where ${isStanding(scope, choice)} group by t.split`.execute(
    db,
  )
  return { train: 0, validation: 0, test: 0, ...Object.fromEntries(rows.map((r) => [r.split, r.total])) }
}

/** Without groups and strata: the order, cut by quota, all in the database. */
export function cutByQuota(scope: SplitScope, choice: SplitChoice, quotas: Quotas): RawBuilder<unknown> {
  const [train, validation] = [quotas.train, quotas.train + quotas.validation]
  return sql`
    select task_id, case when place <= ${train}::int8 then 'train' when place <= ${validation}::int8 then 'validation' else 'test' end as plan
    from (select t.id as task_id, row_number() over (order by ${order(choice.seed, sql`a.content_hash`)}, t.id) as place
          from task t ${stages} ${assets} where ${isCandidate(scope, choice)}) ordered`
}

/**
 * Units in their order, a unit a group or a task that stands alone; each column as one text, so that a million cost a
 * few megabytes. `names`: JSON list, a group's key or a task's id. `sizes`: tasks. `labels`: strata of a unit as
 * `number:tasks` or `number`, comma-separated, units by semicolon. `standing`: tasks of the group that have a split and
 * keep it, as `train:validation:test`.
 */
export type UnitTexts = { names: string; sizes: string | null; labels: string | null; standing: string | null }

export async function splitUnits(
  db: Queryable,
  scope: SplitScope,
  choice: SplitChoice,
  values: StratumValues | null,
): Promise<UnitTexts> {
  const query = choice.group_by
    ? groupedUnits(scope, choice, choice.group_by, values)
    : singleUnits(scope, choice, values)
  const { rows } = await query.execute(db)
  return rows[0] as UnitTexts
}

/** Without strata there is nothing to read: the order is cut in the database. */
function singleUnits(scope: SplitScope, choice: SplitChoice, values: StratumValues | null) {
  return sql<UnitTexts>`
    select '[' || coalesce(string_agg(id::text, ','), '') || ']' as names, null as sizes, string_agg(labels, ';') as labels, null as standing
    from (select t.id, ${labelsOf(values)} as labels from ${tables} ${valueTable(values)} where ${isCandidate(scope, choice)}
          order by ${order(choice.seed, sql`a.content_hash`)}, t.id) x`
}

function groupedUnits(scope: SplitScope, choice: SplitChoice, group: GroupBy, values: StratumValues | null) {
  const labelled = values
    ? sql`, label as (
        select name, string_agg(number || ':' || total, ',') as labels from (
          select c.name, l.number, count(*) as total from candidate c cross join lateral string_to_table(c.labels, ',') as l(number)
          where c.name is not null group by c.name, l.number) x group by name)`
    : sql``
  return sql<UnitTexts>`
    with candidate as materialized (
      select t.id, ${groupKey(group)} as name, a.content_hash, ${values ? labelsOf(values) : sql`null`} as labels
      from ${tables} ${valueTable(values)} where ${isCandidate(scope, choice)}),
    standing as materialized (
      select ${groupKey(group)} as name, ${sql.join(
        SPLITS.map((s) => sql`count(*) filter (where t.split = ${s}::text)`),
        sql` || ':' || `,
      )} as counts
      from ${tables} where ${isStanding(scope, choice)} group by 1)
    ${labelled},
    unit as (
      select name, null::int8 as id, name as key, count(*) as size from candidate where name is not null group by name
      union all select null, id, content_hash, 1 from candidate where name is null)
    select '[' || coalesce(string_agg(coalesce(to_json(name)::text, id::text), ','), '') || ']' as names, '[' || coalesce(string_agg(size::text, ','), '') || ']' as sizes,
      string_agg(labels, ';') as labels, string_agg(standing, ';') as standing
    from (select u.name, u.id, u.size, ${values ? sql`coalesce(l.labels, c.labels)` : sql`null`} as labels, coalesce(d.counts, '') as standing
          from unit u left join standing d on d.name = u.name
          ${values ? sql`left join label l on l.name = u.name left join candidate c on u.name is null and c.id = u.id` : sql``}
          order by ${order(choice.seed, sql`u.key`)}, u.id) x`
}

/** Strata by number, 1 and up, in the order of their names; number 0 is a task without one. */
export type StratumValues = { by: StratifyBy; numbers: number[]; keys: string[]; names: string[] }

/** A task's strata as text, on `tables` and `valueTable`. */
function labelsOf(values: StratumValues | null): RawBuilder<unknown> {
  if (!values) return sql`null`
  return values.by.by === 'class'
    ? sql`case when t.class_counts = '{}' then '0' else (select string_agg(k, ',') from jsonb_object_keys(t.class_counts) as k) end`
    : sql`coalesce(v.number, 0)::text`
}

/** Where strata are values, their numbers as `v`. A class's number is its id. */
function valueTable(values: StratumValues | null): RawBuilder<unknown> {
  if (!values || values.by.by === 'class') return sql``
  const own = values.by.by === 'batch' ? sql`b.id::text` : metadata(values.by.key)
  return sql`left join (select * from unnest(${ids(values.numbers)}, ${array(values.keys, 'text')}) as v(number, key)) v on v.key = ${own}`
}

/** What there is to stratify by, unnumbered: `key` as the task has it, `name` as people read it. At most `limit`. */
export async function stratumNames(
  db: Queryable,
  scope: SplitScope,
  by: StratifyBy,
  limit: number,
): Promise<{ key: string; name: string }[]> {
  const { project_id } = scope
  const names = {
    class: sql`select c ->> 'id' as key, c ->> 'name' as name from label_schema s cross join lateral jsonb_array_elements(s.document -> 'classes') as c where s.project_id = ${project_id}`,
    batch: sql`select b.id::text as key, b.name from batch b where b.project_id = ${project_id}`,
    metadata: sql`select distinct ${metadata(by.key)} as key, ${metadata(by.key)} as name from asset a where a.project_id = ${project_id} and ${metadata(by.key)} is not null`,
  }[by.by]
  const { rows } = await sql<{ key: string; name: string }>`${names} limit ${limit}`.execute(db)
  return rows
}

/** Of the tasks that stand, how many each stratum has in each split; `number` as in `StratumValues`. */
export async function standingStrata(
  db: Queryable,
  scope: SplitScope,
  choice: SplitChoice,
  values: StratumValues,
): Promise<{ number: number; split: Split; total: number }[]> {
  const { rows } = await sql<{ number: number; split: Split; total: number }>`
    select l.number::int8 as number, x.split, sum(x.total)::int8 as total from (
      select ${labelsOf(values)} as labels, t.split, count(*) as total from ${tables} ${valueTable(values)}
      where ${isStanding(scope, choice)} group by 1, 2) x
    cross join lateral string_to_table(x.labels, ',') as l(number) group by 1, 2`.execute(db)
  return rows
}

/** What was decided: tasks by id, groups by key. */
export type Decided = Record<Split, { tasks: number[]; groups: string[] }>

/**
 * As the query that a plan is. A group's tasks are found anew, so that one that joined it meanwhile goes with it, and no
 * more by itself: each task is named once.
 */
export function decidedPlan(scope: SplitScope, choice: SplitChoice, decided: Decided): RawBuilder<unknown> {
  const tasks = SPLITS.map((s) => sql`select unnest(${ids(decided[s].tasks)}) as task_id, ${s}::text as plan`)
  const alone = sql.join(tasks, sql` union all `)
  if (!choice.group_by) return alone
  const groups = SPLITS.map((s) => sql`select unnest(${array(decided[s].groups, 'text')}) as name, ${s}::text as plan`)
  return sql`
    with grouped as materialized (
      select c.id as task_id, g.plan from (select t.id, ${groupKey(choice.group_by)} as name from ${tables} where ${isCandidate(scope, choice)}) c
      join (${sql.join(groups, sql` union all `)}) g on g.name = c.name)
    select task_id, plan from grouped
    union all select a.task_id, a.plan from (${alone}) a where not exists (select 1 from grouped g where g.task_id = a.task_id)`
}
