// Writing the metadata of assets: filters and Auto split ask for it.
import { sql } from 'kysely'
import { array } from '../db/array.ts'
import type { Database } from '../db/connect.ts'

/** `asset_id` or `name`, which may be a path. A value of null takes its key away. */
export type MetadataChange = {
  asset_id?: number | undefined
  name?: string | undefined
  metadata: Record<string, string | null>
}

/**
 * Merges values into the metadata of assets, and tells open pages and the column index about their tasks.
 * @returns how many assets are different now, and what fits no asset, in the order of the changes
 */
export async function setMetadata(
  db: Database,
  project_id: number,
  changes: readonly MetadataChange[],
): Promise<{ changed: number; unmatched: string[] }> {
  const wanted = sql`unnest(
    ${array(changes.map((_, i) => i), 'int4')}, ${array(changes.map((c) => c.asset_id ?? null), 'int8')},
    ${array(changes.map((c) => folderOf(c.name)), 'text')}, ${array(changes.map((c) => nameOf(c.name)), 'text')},
    ${array(changes.map((c) => JSON.stringify(c.metadata)), 'text')}) as w(n, id, folder, name, metadata)` // biome-ignore format: a list per line
  const { rows } = await sql<{ changed: number; found: string | null }>`
    with met as (
      select w.n, a.id, w.metadata from ${wanted}
      join asset a on a.project_id = ${project_id}
        and (a.id = w.id or (w.id is null and a.name = w.name and (w.folder is null or a.folder = w.folder)))),
    merged as (select id, jsonb_object_agg(e.key, e.value order by n) as metadata from met cross join jsonb_each(met.metadata::jsonb) e group by id),
    written as (
      update asset a set metadata = jsonb_strip_nulls(a.metadata || m.metadata) from merged m
      where a.project_id = ${project_id} and a.id = m.id and jsonb_strip_nulls(a.metadata || m.metadata) <> a.metadata returning a.id),
    told as (
      insert into task_change (project_id, task_ids)
      select ${project_id}::int8, array_agg(t.id) from task t join written w on w.id = t.asset_id
      where t.project_id = ${project_id} having count(*) > 0)
    select (select count(*) from written)::int4 as changed, (select string_agg(distinct n::text, ',') from met) as found`.execute(
    db,
  )
  const [{ changed, found } = { changed: 0, found: null }] = rows
  const met = new Set(found?.split(',').map(Number))
  return { changed, unmatched: changes.flatMap((c, i) => (met.has(i) ? [] : [c.name ?? `asset ${c.asset_id}`])) }
}

const slash = (path: string | undefined) => path?.lastIndexOf('/') ?? -1
const nameOf = (path: string | undefined) => path?.slice(slash(path) + 1) ?? null
/** null: any folder. */
const folderOf = (path: string | undefined) =>
  path === undefined || slash(path) < 0 ? null : path.slice(0, slash(path))
