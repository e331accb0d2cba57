// SQL of one chunk of an image import: assets, items, counters. Always inside the chunk's own transaction.
import { sql } from 'kysely'
import { array, listsOf } from '../db/array.ts'
import type { Tx } from '../db/connect.ts'
import type { ImportItem } from './queries.ts'

export type AssetDraft = {
  name: string
  folder: string
  content_hash: string
  byte_size: number
  mime_type: string
  width: number
  height: number
}

/**
 * Inserts what is not there yet; the unique index decides between two imports of the same bytes.
 * @param drafts of different content
 * @returns id and content hash of the new ones; ids ascend in the order of the drafts
 */
export async function insertAssets(tx: Tx, project_id: number, drafts: readonly AssetDraft[]) {
  if (drafts.length === 0) return []
  // Inserted by hash, so that two transactions wait for each other in one direction only.
  const list = listsOf(drafts)
  const { rows } = await sql<{ id: number; content_hash: string }>`
    with numbered as materialized (
      select nextval('asset_id') as id, p.* from unnest(
        ${list((d) => d.name, 'text')}, ${list((d) => d.folder, 'text')},
        ${list((d) => d.content_hash, 'text')}, ${list((d) => d.byte_size, 'int8')},
        ${list((d) => d.mime_type, 'text')}, ${list((d) => d.width, 'int4')}, ${list((d) => d.height, 'int4')}
      ) as p(name, folder, content_hash, byte_size, mime_type, width, height))
    insert into asset (project_id, id, name, folder, content_hash, byte_size, mime_type, width, height)
    select ${project_id}::int8, id, name, folder, content_hash, byte_size, mime_type, width, height from numbered order by content_hash
    on conflict (project_id, content_hash) do nothing
    returning id, content_hash`.execute(tx)
  return rows.sort((a, b) => a.id - b.id)
}

export type StoredAsset = { id: number; name: string; folder: string; content_hash: string; task_id: number | null }

export async function assetsByHash(tx: Tx, project_id: number, hashes: readonly string[]): Promise<StoredAsset[]> {
  if (hashes.length === 0) return []
  const { rows } = await sql<StoredAsset>`
    select a.id, a.name, a.folder, a.content_hash,
           (select t.id from task t where t.project_id = a.project_id and t.asset_id = a.id order by t.id limit 1) as task_id
    from asset a where a.project_id = ${project_id} and a.content_hash = any(${array(hashes, 'text')})`.execute(tx)
  return rows
}

export type ItemDraft = Omit<ImportItem, 'number'>

/** @returns the items with their numbers, in the order of the drafts */
export async function insertItems(
  tx: Tx,
  project_id: number,
  import_id: number,
  drafts: readonly ItemDraft[],
): Promise<ImportItem[]> {
  const column = <K extends keyof ItemDraft>(key: K) => drafts.map((d) => d[key])
  const { rows } = await sql<ImportItem>`
    insert into import_item (project_id, import_id, name, outcome, reason, task_id, asset_id)
    select ${project_id}::int8, ${import_id}::int8, p.name, p.outcome, p.reason, p.task_id, p.asset_id
    from unnest(${array(column('name'), 'text')}, ${array(column('outcome'), 'text')}, ${array(column('reason'), 'text')},
      ${array(column('task_id'), 'int8')}, ${array(column('asset_id'), 'int8')}
    ) with ordinality as p(name, outcome, reason, task_id, asset_id, position)
    order by p.position
    returning number, name, outcome, reason, task_id, asset_id`.execute(tx)
  return rows.sort((a, b) => a.number - b.number)
}

/** Raises the counters. Last in the transaction, because parallel uploads of one import meet here. @returns false if the import has ended */
export async function countItems(
  tx: Tx,
  project_id: number,
  import_id: number,
  items: readonly ItemDraft[],
): Promise<boolean> {
  const count = (outcome: ItemDraft['outcome']) => items.filter((i) => i.outcome === outcome).length
  const { rows } = await sql`
    update import_run set created_count = created_count + ${count('created')}::int4, duplicate_count = duplicate_count + ${count('duplicate')}::int4,
           rejected_count = rejected_count + ${count('rejected')}::int4, active_at = now()
    where project_id = ${project_id} and id = ${import_id} and state = 'running' returning id`.execute(tx)
  return rows.length > 0
}
