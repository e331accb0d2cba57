// SQL of the guide.
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { GuideSchema } from '../../contract/guide.ts'
import type { Queryable, Tx } from '../db/connect.ts'

export type Guide = Static<typeof GuideSchema>
export type GuideImage = Guide['images'][number]
export type StoredGuideImage = GuideImage & { content_hash: string; mime_type: string }

export async function guideOf(db: Queryable, project_id: number, person_id: number): Promise<Guide> {
  const { rows } = await sql<Guide>`
    select coalesce(g.text, '') as text, coalesce(g.version, 0) as version, g.updated_at, u.name as updated_by_name,
      coalesce(r.version, 0) as read_version,
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'width', i.width, 'height', i.height, 'byte_size', i.byte_size) order by i.id)
        from guide_image i where i.project_id = ${project_id}), '[]') as images
    from (select 1) one
    left join guide g on g.project_id = ${project_id}
    left join person u on u.id = g.updated_by_id
    left join guide_reading r on r.project_id = ${project_id} and r.person_id = ${person_id}`.execute(db)
  return rows[0] as Guide
}

type NewText = { project_id: number; person_id: number; version: number; text: string }

/** @param version that the text was written upon; 0: the first one @returns the new version; null if there is another one by now */
export async function replaceText(tx: Tx, { project_id, person_id, version, text }: NewText): Promise<number | null> {
  const { rows } =
    version === 0
      ? await sql<{ version: number }>`
          insert into guide (project_id, text, updated_by_id) values (${project_id}, ${text}, ${person_id})
          on conflict (project_id) do nothing returning version`.execute(tx)
      : await sql<{ version: number }>`
          update guide set text = ${text}, version = version + 1, updated_at = now(), updated_by_id = ${person_id}
          where project_id = ${project_id} and version = ${version} returning version`.execute(tx)
  return rows[0]?.version ?? null
}

/** A version that does not exist yet is not read; an older one changes nothing. */
export async function markRead(db: Queryable, project_id: number, person_id: number, version: number): Promise<void> {
  await sql`
    insert into guide_reading as r (project_id, person_id, version)
    select g.project_id, ${person_id}::int8, least(${version}::int4, g.version) from guide g where g.project_id = ${project_id}
    on conflict (project_id, person_id) do update set version = greatest(r.version, excluded.version)`.execute(db)
}

const IMAGE = ['id', 'width', 'height', 'byte_size', 'content_hash', 'mime_type'] as const

export async function guideImage(db: Queryable, project_id: number, id: number): Promise<StoredGuideImage | null> {
  const images = db.selectFrom('guide_image').select(IMAGE).where('project_id', '=', project_id)
  return (await images.where('id', '=', id).executeTakeFirst()) ?? null
}

export async function guideImageByHash(db: Queryable, project_id: number, hash: string): Promise<GuideImage | null> {
  const images = db.selectFrom('guide_image').select(['id', 'width', 'height', 'byte_size'])
  return (await images.where('project_id', '=', project_id).where('content_hash', '=', hash).executeTakeFirst()) ?? null
}

type NewImage = Omit<StoredGuideImage, 'id'> & { project_id: number; created_by_id: number }

/** Nothing happens if the guide has these bytes already. */
export async function insertGuideImage(tx: Tx, image: NewImage): Promise<void> {
  await tx
    .insertInto('guide_image')
    .values(image)
    .onConflict((c) => c.columns(['project_id', 'content_hash']).doNothing())
    .execute()
}

export async function countGuideImages(db: Queryable, project_id: number): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from guide_image where project_id = ${project_id}`.execute(db)
  return rows[0]?.total ?? 0
}

export async function guideText(db: Queryable, project_id: number): Promise<string> {
  const row = await db.selectFrom('guide').select('text').where('project_id', '=', project_id).executeTakeFirst()
  return row?.text ?? ''
}

export async function deleteGuideImage(db: Queryable, project_id: number, id: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from guide_image where project_id = ${project_id} and id = ${id}`.execute(db)
  return Number(numAffectedRows ?? 0) > 0
}
