// Conditions on what stands beside a task: its asset's metadata, its history, the operations that changed it, its lease.
// All are `exists` on `task t`: never null, a semi-join where they stand alone, and a probe by index within an OR.
import { type RawBuilder, sql } from 'kysely'
import type { Condition } from '../../model/filter.ts'
import type { EventKind } from '../../model/task.ts'
import { FILTER_FIELDS, type FilterFieldName } from '../../model/task-fields.ts'
import { ids } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'
import { like } from '../db/like.ts'

type Bool = RawBuilder<boolean>

/** What a person did, by the fact that asks for it. Only kinds that the index task_event_person holds. */
const DEEDS: Partial<Record<FilterFieldName, EventKind>> = {
  labelled_ever_by: 'submitted',
  approved_by: 'approved',
  rejected_by: 'rejected',
  skipped_ever_by: 'skipped',
}

/** @returns null if the condition is about a column of the task */
export function factSql(c: Condition): Bool | null {
  switch (FILTER_FIELDS[c.field].type) {
    case 'metadata':
      return metadataSql(c)
    case 'people':
      return peopleSql(c, c.field === 'open_by_id' ? isOpen : did(DEEDS[c.field] as EventKind))
    case 'flag':
      return c.field === 'is_open' ? (c.value ? isOpen() : sql`not ${isOpen()}`) : null
    case 'operation':
      return operationSql(c)
    default:
      return null
  }
}

/**
 * Keys and values are exact, as they were imported; `contains` does not mind capitals.
 * `metadata <> '{}'` is what the partial index asset_metadata wants to hear.
 */
function metadataSql(c: Condition): Bool {
  const [key, ...texts] = c.value as [string, ...string[]]
  const of = (condition: Bool): Bool =>
    sql`exists (select 1 from asset a where a.project_id = t.project_id and a.id = t.asset_id and a.metadata <> '{}' and ${condition})`
  const hasKey = sql<boolean>`jsonb_exists(a.metadata, ${key})`
  const hasOneOf = sql<boolean>`(${sql.join(
    texts.map((text) => sql`a.metadata @> cast(${JSON.stringify({ [key]: text })} as jsonb)`),
    sql` or `,
  )})`
  switch (c.op) {
    case 'is_empty':
      return sql`not ${of(hasKey)}`
    case 'is_not_empty':
      return of(hasKey)
    case 'contains':
      return of(sql`${hasKey} and a.metadata ->> ${key}::text ilike ${like(texts[0] as string)}`)
    case 'none_of':
      return sql`not ${of(hasOneOf)}`
    default:
      return of(hasOneOf)
  }
}

/** Whether anybody, or one of some people, stands in this relation to `task t`. */
type Relation = (people?: readonly number[]) => Bool

/** Has it open now. */
const isOpen: Relation = (people) =>
  sql`exists (select 1 from task_lease l where l.project_id = t.project_id and l.task_id = t.id and l.expires_at > now()
    ${people ? sql`and l.person_id = any(${ids(people)})` : sql``})`

/**
 * Did this, as far as the timeline shows: what a cleanup hid counts no more. The floor is read within, so that `task t`
 * is joined by equality alone: from a person's few events to their tasks, instead of past every task of the project.
 */
const did =
  (kind: EventKind): Relation =>
  (people) =>
    sql`exists (select 1 from task_event e join task f on f.project_id = e.project_id and f.id = e.task_id
      where e.project_id = t.project_id and e.task_id = t.id and e.kind = ${sql.lit(kind)} and e.number > f.history_floor
        ${people ? sql`and e.actor_id = any(${ids(people)})` : sql``})`

function peopleSql(c: Condition, relation: Relation): Bool {
  if (c.op === 'is_empty') return sql`not ${relation()}`
  if (c.op === 'is_not_empty') return relation()
  const given = [c.value ?? null].flat() as (number | null)[]
  const people = given.filter((id) => id !== null)
  const parts = [
    ...(people.length > 0 ? [relation(people)] : []),
    ...(people.length < given.length ? [sql`not ${relation()}`] : []),
  ]
  const holds = sql<boolean>`(${sql.join(parts, sql` or `)})`
  return c.op === 'none_of' ? sql`not ${holds}` : holds
}

const moves = sql<boolean>`'stage_id' = any(g.columns)`
const isWanted = (c: Condition) => (c.field === 'moved_by_operation' ? moves : sql<boolean>`true`)

/** The tasks, `id`, that one of these operations changed, or moved to another stage. */
const changedTasks = (c: Condition) => sql`
  select unnest(g.task_ids) as id from operation o join operation_group g on g.project_id = o.project_id and g.operation_id = o.id
  where o.id = any(${ids([c.value].flat() as number[])}) and g.outcome = 'applied' and ${isWanted(c)}`

/**
 * As `exists`, so that its negation is a join too: a million ids are more than the planner would hold in memory for
 * `not in`, and without that it looks through them for every task.
 */
function operationSql(c: Condition): Bool {
  const holds: Bool = sql`exists (select 1 from (${changedTasks(c)}) w where w.id = t.id)`
  return c.op === 'none_of' ? sql`not ${holds}` : holds
}

/** The tasks of a project that a condition on operations holds for, `id`, each once: there is no need to look at tasks. */
export function tasksOfOperations(c: Condition, project_id: number): RawBuilder<unknown> | null {
  if (FILTER_FIELDS[c.field].type !== 'operation' || c.op === 'none_of') return null
  return sql`select distinct w.id from (${changedTasks(c)} and o.project_id = ${project_id}) w`
}

/** How many tasks some operations changed, so far. */
export async function changedBy(db: Queryable, project_id: number, operations: readonly number[]): Promise<number> {
  const { rows } = await sql<{ tasks: number }>`
    select coalesce(sum(applied), 0)::int8 as tasks from operation where project_id = ${project_id} and id = any(${ids(operations)})`.execute(
    db,
  )
  return rows[0]?.tasks ?? 0
}
