// SQL of the label schema, and of what objects use of it. Revisions of removed annotations and drafts count as use:
// undo brings them back.
import { type RawBuilder, sql } from 'kysely'
import type { LabelSchema } from '../../model/label-schema.ts'
import { array, listsOf } from '../db/array.ts'
import type { Queryable, Tx } from '../db/connect.ts'
import { runPrepared } from '../db/prepared.ts'

export type VersionedSchema = { version: number; schema: LabelSchema }

export async function labelSchemaOf(db: Queryable, project_id: number): Promise<VersionedSchema> {
  const statement = sql<{ version: number; document: LabelSchema }>`
    select version, document from label_schema where project_id = ${project_id}`
  const [row] = await runPrepared(db, 'label_schema', statement)
  const { version, document } = row as { version: number; document: LabelSchema }
  return { version, schema: document }
}

/** Which revisions are looked at: a condition on `r`. */
export type Among = RawBuilder<boolean>
export const ALL: Among = sql`true`
export const newerThan = (revision_id: number): Among => sql`r.id > ${revision_id}`

/** So many are read at once, whole if need be: everybody waits for a statement of the embedded database. */
const PAGE = 1000

/** All revisions of a project in parts, one at least. */
export async function* revisionPages(db: Queryable, project_id: number): AsyncGenerator<Among, void> {
  for (let after = 0, end: number | undefined; ; after = end) {
    const { rows } = await sql<{ task_id: number }>`
      select task_id from annotation_revision where project_id = ${project_id} and task_id > ${after}
      order by task_id offset ${PAGE - 1} limit 1`.execute(db)
    end = rows[0]?.task_id
    if (end === undefined) return yield sql`r.task_id > ${after}`
    yield sql`r.task_id > ${after} and r.task_id <= ${end}`
  }
}

/** The newest id that any revision was given. */
export async function newestRevisionId(db: Queryable): Promise<number> {
  const { rows } = await sql<{ id: number }>`select last_value as id from annotation_revision_id`.execute(db)
  return (rows[0] as { id: number }).id
}

/** The schema, locked for replacement. */
export async function lockLabelSchema(tx: Tx, project_id: number): Promise<VersionedSchema> {
  const row = await tx
    .selectFrom('label_schema')
    .select(['version', 'document'])
    .where('project_id', '=', project_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { version: row.version, schema: row.document }
}

/** @returns the new version */
export async function replaceLabelSchema(tx: Tx, project_id: number, schema: LabelSchema): Promise<number> {
  const row = await tx
    .updateTable('label_schema')
    .set({ document: JSON.stringify(schema), version: sql`version + 1`, updated_at: sql`now()` })
    .where('project_id', '=', project_id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return row.version
}

/** Where the objects of an import go whose steps are still under way: what they need stays until they are here. */
const importedInto = (project_id: number, target: RawBuilder<unknown>) => sql<boolean>`exists (
  select 1 from operation o where o.project_id = ${project_id} and o.name = 'import-annotations' and o.state = 'running'
    and o.params -> 'classes' @> jsonb_build_array(${target}))`

/** Those of these classes that have objects: another class must not get their id. */
export async function classesInUse(
  db: Queryable,
  project_id: number,
  class_ids: readonly number[],
  among: Among,
): Promise<number[]> {
  if (class_ids.length === 0) return []
  const { rows } = await sql<{ class_id: number }>`
    select c.class_id from unnest(${array(class_ids, 'int8')}) as c(class_id)
    where exists (select 1 from annotation_revision r
        where r.project_id = ${project_id} and ${among} and r.class_counts ? c.class_id::text)
      or ${importedInto(project_id, sql`jsonb_build_object('id', c.class_id)`)}
    order by c.class_id`.execute(db)
  return rows.map((r) => r.class_id)
}

/** Those of these classes that have predictions. */
export async function classesPredicted(
  db: Queryable,
  project_id: number,
  class_ids: readonly number[],
): Promise<number[]> {
  if (class_ids.length === 0) return []
  const { rows } = await sql<{ class_id: number }>`
    select c.class_id from unnest(${array(class_ids, 'int8')}) as c(class_id)
    where exists (select 1 from prediction p where p.project_id = ${project_id} and p.class_ids @> array[c.class_id])
    order by c.class_id`.execute(db)
  return rows.map((r) => r.class_id)
}

/** The first of these (class, geometry) pairs that an object has. */
export async function geometryInUse(
  db: Queryable,
  project_id: number,
  pairs: readonly { class_id: number; geometry: string }[],
  among: Among,
): Promise<{ class_id: number; geometry: string } | null> {
  if (pairs.length === 0) return null
  const list = listsOf(pairs)
  const { rows } = await sql<{ class_id: number; geometry: string }>`
    select p.class_id, p.geometry
    from unnest(${list((p) => p.class_id, 'int8')}, ${list((p) => p.geometry, 'text')}) as p(class_id, geometry)
    where exists (
      select 1 from annotation_revision r where r.project_id = ${project_id} and ${among} and r.class_counts ? p.class_id::text
        and exists (select 1 from json_array_elements(r.objects) as o
          where (o ->> 'class_id')::int8 = p.class_id and o -> 'shape' ->> 'type' = p.geometry))
      or ${importedInto(project_id, sql`jsonb_build_object('id', p.class_id, 'geometries', array[p.geometry])`)}
    limit 1`.execute(db)
  return rows[0] ?? null
}

/** The first of these attributes that has a value; `class_id` null for a global one. */
export async function attributeInUse(
  db: Queryable,
  project_id: number,
  attributes: readonly { class_id: number | null; attribute_id: number }[],
  among: Among,
): Promise<{ class_id: number | null; attribute_id: number } | null> {
  if (attributes.length === 0) return null
  const list = listsOf(attributes)
  const { rows } = await sql<{ class_id: number | null; attribute_id: number }>`
    select a.class_id, a.attribute_id
    from unnest(${list((a) => a.class_id, 'int8')}, ${list((a) => a.attribute_id, 'int8')}) as a(class_id, attribute_id)
    where exists (
      select 1 from annotation_revision r where r.project_id = ${project_id} and ${among} and case
        when a.class_id is null then r.global_attributes ? a.attribute_id::text
        else r.class_counts ? a.class_id::text and exists (
          select 1 from json_array_elements(r.objects) as o
          where (o ->> 'class_id')::int8 = a.class_id and o -> 'attributes' -> a.attribute_id::text is not null) end)
    limit 1`.execute(db)
  return rows[0] ?? null
}

/** The first of these options that is chosen somewhere; `class_id` null for one of a global attribute. */
export async function optionInUse(
  db: Queryable,
  project_id: number,
  options: readonly { class_id: number | null; attribute_id: number; option_id: number }[],
  among: Among,
): Promise<{ class_id: number | null; attribute_id: number; option_id: number } | null> {
  if (options.length === 0) return null
  const list = listsOf(options)
  // `@>` finds an option both as the value and in a list of values.
  const { rows } = await sql<{ class_id: number | null; attribute_id: number; option_id: number }>`
    select a.class_id, a.attribute_id, a.option_id
    from unnest(${list((a) => a.class_id, 'int8')}, ${list((a) => a.attribute_id, 'int8')}, ${list((a) => a.option_id, 'int8')})
      as a(class_id, attribute_id, option_id)
    where exists (
      select 1 from annotation_revision r where r.project_id = ${project_id} and ${among} and case
        when a.class_id is null then (r.global_attributes -> a.attribute_id::text) @> to_jsonb(a.option_id)
        else r.class_counts ? a.class_id::text and exists (
          select 1 from json_array_elements(r.objects) as o
          where (o ->> 'class_id')::int8 = a.class_id
            and (o -> 'attributes' -> a.attribute_id::text)::jsonb @> to_jsonb(a.option_id)) end)
    limit 1`.execute(db)
  return rows[0] ?? null
}

/** The schema, kept from changing until this transaction ends: a save must not meet a class that just vanished. */
export async function holdLabelSchema(tx: Queryable, project_id: number): Promise<VersionedSchema> {
  const statement = sql<{ version: number; document: LabelSchema }>`
    select version, document from label_schema where project_id = ${project_id} for share`
  const [row] = await runPrepared(tx, 'hold_label_schema', statement)
  const { version, document } = row as { version: number; document: LabelSchema }
  return { version, schema: document }
}
