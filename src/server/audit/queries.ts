// SQL of the audit log: each source newest first from a place on, as many as a page may need.
import { type RawBuilder, sql } from 'kysely'
import type { AuditEntry } from '../../contract/audit.ts'
import { EVENT_KINDS, type EventKind } from '../../model/task.ts'
import type { Queryable } from '../db/connect.ts'
import { like } from '../db/like.ts'
import type { EventRow } from '../history/queries.ts'
import { titleOf } from '../history/titles.ts'
import { type Place, RANKS, type Source } from './cursor.ts'
import { OPERATIONS_WRITING } from './operation-kinds.ts'

export type AuditFilter = {
  project_id: number
  kind?: string | undefined
  person_id?: number | undefined
  operation_id?: number | undefined
  from?: string | undefined
  to?: string | undefined
}
export type Entry = AuditEntry & { place: Place }

/** Tasks with this in their name, at most `limit`; archived ones too. */
export async function tasksNamed(db: Queryable, project_id: number, part: string, limit: number) {
  const { rows } = await sql<{ id: number; name: string }>`
    select t.id, t.name from task t where t.project_id = ${project_id} and t.name ilike ${like(part)} order by t.id limit ${limit}`.execute(
    db,
  )
  return rows
}

type StepRow = EventRow & { task_id: number; task_name: string }

/** Steps of single people. What a bulk operation did to each task is in the operation's own entry. */
export async function stepEntries(db: Queryable, f: AuditFilter, after: Place | null, limit: number): Promise<Entry[]> {
  const branches = stepsSql(f, after, limit)
  if (branches.length === 0) return []
  const { rows } = await sql<StepRow>`
    select e.task_id, coalesce(t.name, '') as task_name, e.number, e.kind, e.at, e.actor_id, e.actor_kind, p.name as actor_name,
      null::int8 as operation_id, null::text as operation_name, e.before, e.after, e.note
    from (select e.* from (${sql.join(branches, sql` union all `)}) e ${NEWEST_STEPS} limit ${limit}) e
    left join task t on t.project_id = e.project_id and t.id = e.task_id left join person p on p.id = e.actor_id ${NEWEST_STEPS}`.execute(
    db,
  )
  return rows.map(({ task_id, task_name, ...event }) => {
    const { at, actor_id, actor_kind, actor_name } = event
    const place = { at, rank: RANKS.event, id: task_id, number: event.number }
    return {
      ...NOTHING,
      type: 'event',
      at,
      actor_id,
      actor_kind,
      actor_name,
      task: { id: task_id, name: task_name },
      event,
      place,
    }
  })
}

export async function operationEntries(
  db: Queryable,
  f: AuditFilter,
  after: Place | null,
  limit: number,
): Promise<Entry[]> {
  const isWanted = f.kind === undefined || f.kind === 'operation' || isEventKind(f.kind)
  if (!isWanted) return []
  const writers = f.kind !== undefined && isEventKind(f.kind) ? writersSql(f.kind) : sql`true`
  const one =
    f.operation_id === undefined ? sql`true` : sql`(o.id = ${f.operation_id} or o.undoes_id = ${f.operation_id})`
  const { rows } = await sql<
    NonNullable<AuditEntry['operation']> & Pick<AuditEntry, 'at' | 'actor_id' | 'actor_kind' | 'actor_name'>
  >`
    select o.id, o.name, o.params, o.state, o.total, o.applied, o.unchanged, o.refused, o.undoes_id, o.undone_by_id,
      o.created_at as at, o.actor_id, o.actor_kind, p.name as actor_name
    from operation o left join person p on p.id = o.actor_id
    where o.project_id = ${f.project_id} and ${one} and ${writers} and ${byPerson(f, sql`o.actor_id`)}
      and ${within(f, 'operation', after, sql`o.created_at`, sql`o.id`)}
    order by o.created_at desc, o.id desc limit ${limit}`.execute(db)
  return rows.map(({ at, actor_id, actor_kind, actor_name, ...o }) => {
    const operation = { ...o, title: titleOf(o.name) }
    const place = { at, rank: RANKS.operation, id: o.id, number: 0 }
    return { ...NOTHING, type: 'operation', at, actor_id, actor_kind, actor_name, operation, place }
  })
}

type Stamped<T> = NonNullable<T> & Pick<AuditEntry, 'at' | 'actor_id' | 'actor_name'>

/** An import of images stands for the creation of its tasks. */
export async function importEntries(
  db: Queryable,
  f: AuditFilter,
  after: Place | null,
  limit: number,
): Promise<Entry[]> {
  const isWanted = ['import', 'created', undefined].includes(f.kind)
  if (!isWanted) return []
  const kind = f.kind === 'created' ? sql`i.kind = 'images'` : sql`true`
  const one = f.operation_id === undefined ? sql`true` : sql`i.operation_id = ${f.operation_id}`
  const { rows } = await sql<Stamped<AuditEntry['import']>>`
    select i.id, i.kind, i.state, i.source, i.created_count, i.duplicate_count, i.rejected_count, i.operation_id,
      i.created_at as at, i.actor_id, p.name as actor_name
    from import_run i left join person p on p.id = i.actor_id
    where i.project_id = ${f.project_id} and ${one} and ${kind} and ${byPerson(f, sql`i.actor_id`)}
      and ${within(f, 'import', after, sql`i.created_at`, sql`i.id`)}
    order by i.created_at desc, i.id desc limit ${limit}`.execute(db)
  return rows.map(({ at, actor_id, actor_name, ...row }) => {
    const place = { at, rank: RANKS.import, id: row.id, number: 0 }
    return {
      ...NOTHING,
      type: 'import',
      at,
      actor_id,
      actor_kind: kindOfActor(actor_id),
      actor_name,
      import: row,
      place,
    }
  })
}

export async function exportEntries(
  db: Queryable,
  f: AuditFilter,
  after: Place | null,
  limit: number,
): Promise<Entry[]> {
  const isWanted = f.operation_id === undefined && (f.kind === undefined || f.kind === 'export')
  if (!isWanted) return []
  const { rows } = await sql<Stamped<AuditEntry['export']>>`
    select x.id, x.format, x.with_images, x.task_count, x.object_count, x.created_at as at, x.actor_id, p.name as actor_name
    from export_run x left join person p on p.id = x.actor_id
    where x.project_id = ${f.project_id} and ${byPerson(f, sql`x.actor_id`)} and ${within(f, 'export', after, sql`x.created_at`, sql`x.id`)}
    order by x.created_at desc, x.id desc limit ${limit}`.execute(db)
  return rows.map(({ at, actor_id, actor_name, ...row }) => {
    const place = { at, rank: RANKS.export, id: row.id, number: 0 }
    return {
      ...NOTHING,
      type: 'export',
      at,
      actor_id,
      actor_kind: kindOfActor(actor_id),
      actor_name,
      export: row,
      place,
    }
  })
}

export const NOTHING = { task: null, event: null, operation: null, import: null, export: null }
const kindOfActor = (actor_id: number | null) => (actor_id === null ? 'system' : 'person')

const isEventKind = (kind: string): kind is EventKind => (EVENT_KINDS as readonly string[]).includes(kind)

const NEWEST_STEPS = sql`order by e.at desc, e.task_id desc, e.number desc`

/**
 * Steps of single people, a branch per kind: each is read from the index in order of time, and the database merges
 * them as they come (Merge Append), so that a page reads a page. A branch needs its own limit for that: without one the
 * planner reads and sorts them all (1,900 ms against 4 for a page of two million steps).
 */
function stepsSql(f: AuditFilter, after: Place | null, limit: number): RawBuilder<unknown>[] {
  if (f.operation_id !== undefined) return []
  const kinds = EVENT_KINDS.filter((k) => k !== 'created' && (f.kind === undefined || f.kind === k))
  const where = sql`${byPerson(f, sql`e.actor_id`)} and ${within(f, 'event', after, sql`e.at`, sql`e.task_id`, sql`e.number`)}`
  return kinds.map(
    (kind) => sql`(
      select * from task_event e where e.project_id = ${f.project_id} and e.kind = ${sql.lit(kind)} and e.kind <> 'created'
        and e.operation_id is null and ${where} ${NEWEST_STEPS} limit ${limit})`,
  )
}

function writersSql(kind: EventKind): RawBuilder<unknown> {
  const writers = OPERATIONS_WRITING[kind] ?? []
  if (writers.length === 0) return sql`false`
  const parts = writers.map((w) => {
    const name = w.name === undefined ? sql`true` : sql`o.name = ${w.name}`
    return w.param === undefined ? name : sql`(${name} and o.params ->> ${w.param}::text = ${w.value})`
  })
  return sql`(${sql.join(parts, sql` or `)})`
}

const byPerson = (f: AuditFilter, column: RawBuilder<unknown>) =>
  f.person_id === undefined ? sql`true` : sql`${column} = ${f.person_id}`

/** Inside the times of the filter, and older than the place in the log's order. */
function within(
  f: AuditFilter,
  source: Source,
  after: Place | null,
  at: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
  number: RawBuilder<unknown> = sql`0`,
): RawBuilder<unknown> {
  const parts = [
    ...(f.from === undefined ? [] : [sql`${at} >= ${f.from}::timestamptz`]),
    ...(f.to === undefined ? [] : [sql`${at} <= ${f.to}::timestamptz`]),
  ]
  if (after) {
    const rank = RANKS[source]
    const moment = sql`${after.at}::timestamptz`
    parts.push(
      rank < after.rank
        ? sql`${at} <= ${moment}`
        : rank > after.rank
          ? sql`${at} < ${moment}`
          : sql`${at} <= ${moment}`,
    )
    if (rank === after.rank)
      parts.push(sql`(${at} < ${moment} or (${id}, ${number}) < (${after.id}::int8, ${after.number}::int8))`)
  }
  return parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`
}
