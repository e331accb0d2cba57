// assets/: the images of a project and their bytes. How they come in is imports/.
// This file: SQL of assets.
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { assetEndpoints } from '../../contract/assets.ts'
import { ids } from '../db/array.ts'
import type { Queryable } from '../db/connect.ts'
import { like } from '../db/like.ts'

export type AssetInList = Static<(typeof assetEndpoints)['list_assets']['reply']>['assets'][number]
export type StoredAsset = {
  project_id: number
  id: number
  name: string
  content_hash: string
  mime_type: string
  byte_size: number
  width: number
  height: number
  thumbnail_state: 'pending' | 'ready' | 'failed'
}

/** Where a page ended. */
export type AssetCursor = { name: string; id: number }

const named = (name: string | undefined) => (name ? sql`and a.name ilike ${like(name)}` : sql``)

/** By name, then id. */
export async function pageOfAssets(
  db: Queryable,
  project_id: number,
  name: string | undefined,
  after: AssetCursor | null,
  limit: number,
) {
  const from = after ? sql`and (a.name, a.id) > (${after.name}::text, ${after.id}::int8)` : sql``
  const { rows } = await sql<AssetInList>`
    select a.id, t.id as task_id, t.stage_id, a.name, a.folder, a.width, a.height, a.byte_size, a.mime_type, a.content_hash, a.metadata, a.created_at
    from (select * from asset a where a.project_id = ${project_id} ${named(name)} ${from} order by a.name, a.id limit ${limit}) a
    join task t on t.project_id = a.project_id and t.asset_id = a.id
    order by a.name, a.id, t.id`.execute(db)
  return rows
}

export async function countAssets(db: Queryable, project_id: number, name: string | undefined): Promise<number> {
  const { rows } = await sql<{
    total: number
  }>`select count(*) as total from asset a where a.project_id = ${project_id} ${named(name)}`.execute(db)
  return rows[0]?.total ?? 0
}

/** The metadata keys of a project, as a trigger notes them when assets come. */
export async function metadataKeys(db: Queryable, project_id: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{
    key: string
  }>`select key from metadata_key where project_id = ${project_id} order by key limit ${limit}`.execute(db)
  return rows.map((r) => r.key)
}

const STORED = [
  'project_id',
  'id',
  'name',
  'content_hash',
  'mime_type',
  'byte_size',
  'width',
  'height',
  'thumbnail_state',
] as const

export async function assetById(db: Queryable, project_id: number, asset_id: number): Promise<StoredAsset | null> {
  const row = await db
    .selectFrom('asset')
    .select(STORED)
    .where('project_id', '=', project_id)
    .where('id', '=', asset_id)
    .executeTakeFirst()
  return row ?? null
}

/** The next assets of all projects that wait for a thumbnail, by the partial index on the state. @param after from the first on if null */
export async function assetsWithoutThumbnail(
  db: Queryable,
  after: Pick<StoredAsset, 'project_id' | 'id'> | null,
  limit: number,
): Promise<StoredAsset[]> {
  return db
    .selectFrom('asset')
    .select(STORED)
    .where('thumbnail_state', '=', 'pending')
    .$if(after !== null, (q) =>
      q.where(sql<boolean>`(project_id, id) > (${after?.project_id}::int8, ${after?.id}::int8)`),
    )
    .orderBy('project_id')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** @param assets of any projects */
export async function setThumbnailState(
  db: Queryable,
  assets: readonly Pick<StoredAsset, 'project_id' | 'id'>[],
  state: 'ready' | 'failed',
) {
  if (assets.length === 0) return
  await sql`
    update asset a set thumbnail_state = ${state}
    from unnest(${ids(assets.map((a) => a.project_id))}, ${ids(assets.map((a) => a.id))}) as p(project_id, id)
    where a.project_id = p.project_id and a.id = p.id`.execute(db)
}
