// SQL of import runs and their items, for images and annotations alike.
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { ImportSchema, ITEM_OUTCOMES } from '../../contract/assets.ts'
import { array } from '../db/array.ts'
import type { Queryable, Tx } from '../db/connect.ts'

export type ImportRow = Static<typeof ImportSchema>
export type ItemOutcome = (typeof ITEM_OUTCOMES)[number]
export type ImportItem = {
  number: number
  name: string
  outcome: ItemOutcome
  reason: string | null
  task_id: number | null
  asset_id: number | null
}

/** Newest first; older ones than these are history that nobody pages through. */
const LISTED_IMPORTS = 200

const IMPORT_COLUMNS = sql`
  i.id, i.kind, i.state, i.source, i.format, i.batch_id, i.priority, i.total, i.created_count, i.duplicate_count, i.rejected_count,
  i.report, i.operation_id, i.error, i.actor_id, p.name as actor_name, i.created_at, i.finished_at`

export async function importById(db: Queryable, project_id: number, import_id: number): Promise<ImportRow | null> {
  const { rows } = await sql<ImportRow>`
    select ${IMPORT_COLUMNS} from import_run i left join person p on p.id = i.actor_id
    where i.project_id = ${project_id} and i.id = ${import_id}`.execute(db)
  return rows[0] ?? null
}

export async function importsOf(db: Queryable, project_id: number): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select ${IMPORT_COLUMNS} from import_run i left join person p on p.id = i.actor_id
    where i.project_id = ${project_id} order by i.id desc limit ${LISTED_IMPORTS}`.execute(db)
  return rows
}

export type NewImport = Pick<ImportRow, 'kind' | 'source' | 'format' | 'batch_id' | 'priority' | 'total' | 'actor_id'>

/** @returns its id */
export async function insertImport(db: Queryable, project_id: number, run: NewImport): Promise<number> {
  const { id } = await db
    .insertInto('import_run')
    .values({ project_id, state: 'running', ...run })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The batch of that name, whatever its case; made if missing. */
export async function batchByName(tx: Tx, project_id: number, name: string): Promise<number> {
  await sql`insert into batch (project_id, name) values (${project_id}, ${name}) on conflict (project_id, lower(name)) do nothing`.execute(
    tx,
  )
  const { rows } = await sql<{
    id: number
  }>`select id from batch where project_id = ${project_id} and lower(name) = lower(${name})`.execute(tx)
  return (rows[0] as { id: number }).id
}

/** The hashes that are content of an asset of this project. */
export async function knownHashes(db: Queryable, project_id: number, hashes: readonly string[]): Promise<string[]> {
  if (hashes.length === 0) return []
  const { rows } = await sql<{ content_hash: string }>`
    select content_hash from asset where project_id = ${project_id} and content_hash = any(${array(hashes, 'text')})`.execute(
    db,
  )
  return rows.map((r) => r.content_hash)
}

/** What became of each file, in the order it was taken. */
export async function itemsOf(
  db: Queryable,
  project_id: number,
  import_id: number,
  page: { outcome?: ItemOutcome; after: number; limit: number },
): Promise<ImportItem[]> {
  const only = page.outcome ? sql`and outcome = ${page.outcome}` : sql``
  const { rows } = await sql<ImportItem>`
    select number, name, outcome, reason, task_id, asset_id from import_item
    where project_id = ${project_id} and import_id = ${import_id} and number > ${page.after} ${only}
    order by number limit ${page.limit}`.execute(db)
  return rows
}

/** Ends an import that is under way. @returns false if it was not */
export async function closeImport(
  db: Queryable,
  project_id: number,
  import_id: number,
  state: 'done' | 'cancelled',
  error: string | null = null,
) {
  const { rows } = await sql`
    update import_run set state = ${state}, finished_at = now(), error = ${error}
    where project_id = ${project_id} and id = ${import_id}
      and (state = 'running' or (state = 'reported' and ${state}::text = 'cancelled')) returning id`.execute(db)
  return rows.length > 0
}

/** More files than announced, e.g. in an archive. An import that announced nothing stays so. */
export async function raiseTotal(db: Queryable, project_id: number, import_id: number, by: number): Promise<void> {
  if (by === 0) return
  await sql`update import_run set total = greatest(total + ${by}::int4, 0)
    where project_id = ${project_id} and id = ${import_id} and total is not null`.execute(db)
}

/** After many new rows the planner's picture is stale. */
export async function analyzeTasks(db: Queryable): Promise<void> {
  await sql`analyze asset, task, task_event, queue_entry`.execute(db)
}

/** By id, or by name whatever its case. */
export async function projectsCalled(db: Queryable, idOrName: string): Promise<{ id: number; name: string }[]> {
  const id = /^\d{1,15}$/.test(idOrName) ? Number(idOrName) : null
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from project where id = ${id}::int8 or lower(name) = lower(${idOrName}) order by (id = ${id}::int8) desc nulls last, id`.execute(
    db,
  )
  return rows
}
