// What a new label schema takes away from the old one. What objects use may not be taken away, or their documents
// could be neither read with meaning nor saved again.
import { Failure } from '../../model/failure.ts'
import { type Attribute, holdsValuesOf, type LabelClass, type LabelSchema } from '../../model/label-schema.ts'
import type { Database, Queryable } from '../db/connect.ts'
import {
  ALL,
  type Among,
  attributeInUse,
  classesInUse,
  classesPredicted,
  geometryInUse,
  lockLabelSchema,
  newerThan,
  newestRevisionId,
  optionInUse,
  replaceLabelSchema,
  revisionPages,
  type VersionedSchema,
} from './schema-queries.ts'

/** `class_id` null: of a global attribute. */
type AttributePlace = { class_id: number | null; attribute_id: number }
type TakenAway = {
  class_ids: number[]
  geometries: { class_id: number; geometry: string }[]
  attributes: AttributePlace[]
  /** Attributes of another type, which values of the old one do not fit. */
  types: AttributePlace[]
  options: (AttributePlace & { option_id: number })[]
}

/** What is marked as removed is still there; what is missing is taken away. */
function takenAway(before: LabelSchema, after: LabelSchema): TakenAway {
  const kept = new Map(after.classes.map((c) => [c.id, c]))
  const taken: TakenAway = { class_ids: [], geometries: [], attributes: [], types: [], options: [] }
  takeAttributes(taken, null, before.global_attributes, after.global_attributes)
  for (const old of before.classes) {
    const now = kept.get(old.id)
    if (!now) {
      taken.class_ids.push(old.id)
      continue
    }
    for (const geometry of old.geometries)
      if (!now.geometries.includes(geometry) || (geometry === 'skeleton' && losesPoints(old, now)))
        taken.geometries.push({ class_id: old.id, geometry })
    takeAttributes(taken, old.id, old.attributes, now.attributes)
  }
  return taken
}

/** Objects name the points of a skeleton by their ids. */
function losesPoints(before: LabelClass, after: LabelClass): boolean {
  const kept = new Set(after.skeleton?.points.map((p) => p.id))
  return before.skeleton?.points.some((p) => !kept.has(p.id)) ?? false
}

function takeAttributes(
  taken: TakenAway,
  class_id: number | null,
  before: readonly Attribute[],
  after: readonly Attribute[],
): void {
  const kept = new Map(after.map((a) => [a.id, a]))
  for (const old of before) {
    const place = { class_id, attribute_id: old.id }
    const now = kept.get(old.id)
    if (!now) taken.attributes.push(place)
    else if (!holdsValuesOf(old.type, now.type)) taken.types.push(place)
    else
      for (const { id } of old.options)
        if (!now.options.some((o) => o.id === id)) taken.options.push({ ...place, option_id: id })
  }
}

/**
 * Puts another schema in the place of the one of `version`. Every save waits for the schema's lock. So it is held twice for a
 * moment, and the look at all revisions lies between: the first time for the newest id there is, after which nothing older is on
 * its way any more, the second time for what came since.
 * @returns the new version
 * @throws Failure stale_schema, class_in_use
 */
export async function changeSchema(
  db: Database,
  project_id: number,
  version: number,
  after: LabelSchema,
): Promise<number> {
  const { schema: before, newest } = await db.transaction().execute(async (tx) => ({
    ...requireVersion(await lockLabelSchema(tx, project_id), version),
    newest: await newestRevisionId(tx),
  }))
  if (Object.values(takenAway(before, after)).some((list) => list.length > 0))
    for await (const page of revisionPages(db, project_id)) await requireNoObjects(db, project_id, before, after, page)
  return db.transaction().execute(async (tx) => {
    requireVersion(await lockLabelSchema(tx, project_id), version)
    await requireUnused(tx, project_id, before, after, newerThan(newest))
    return replaceLabelSchema(tx, project_id, after)
  })
}

function requireVersion(found: VersionedSchema, version: number): VersionedSchema {
  if (found.version === version) return found
  const why = `version: the label schema is at version ${found.version} by now. Load it again.`
  throw new Failure('stale_schema', why, { version: found.version })
}

/** @throws Failure class_in_use, naming what has objects, values or predictions */
export async function requireUnused(
  db: Queryable,
  project_id: number,
  before: LabelSchema,
  after: LabelSchema,
  among: Among = ALL,
): Promise<void> {
  await requireNoObjects(db, project_id, before, after, among)
  requireNoClass(before, await classesPredicted(db, project_id, takenAway(before, after).class_ids))
}

function requireNoClass(before: LabelSchema, used: readonly number[]): void {
  if (used.length === 0) return
  const names = used.map((id) => nameIn(before, id)).join(', ')
  throw new Failure(
    'class_in_use',
    `schema.classes: ${names} has objects or predictions. Set is_removed instead of leaving it out.`,
    { class_ids: used },
  )
}

const nameIn = (schema: LabelSchema, id: number | null) => `“${schema.classes.find((c) => c.id === id)?.name ?? id}”`

async function requireNoObjects(
  db: Queryable,
  project_id: number,
  before: LabelSchema,
  after: LabelSchema,
  among: Among,
): Promise<void> {
  const taken = takenAway(before, after)
  requireNoClass(before, await classesInUse(db, project_id, taken.class_ids, among))
  const shape = await geometryInUse(db, project_id, taken.geometries, among)
  if (shape)
    throw new Failure(
      'class_in_use',
      `schema.classes: ${nameIn(before, shape.class_id)} has objects of type ${shape.geometry}, so it must stay allowed${shape.geometry === 'skeleton' ? ', with all its points' : ''}.`,
      shape,
    )
  const attribute = await attributeInUse(db, project_id, taken.attributes, among)
  const type = attribute ? null : await attributeInUse(db, project_id, taken.types, among)
  const option = attribute || type ? null : await optionInUse(db, project_id, taken.options, among)
  const place = attribute ?? type ?? option
  if (!place) return
  const of =
    place.class_id === null ? before.global_attributes : before.classes.find((c) => c.id === place.class_id)?.attributes
  const old = of?.find((a) => a.id === place.attribute_id)
  const where =
    place.class_id === null ? 'schema.global_attributes' : `schema.classes: ${nameIn(before, place.class_id)}`
  const what = attribute
    ? 'has values, so it must stay. Set is_removed instead of leaving it out.'
    : type
      ? `has values of type ${old?.type}, so its type must stay. Set is_removed and add another.`
      : `has values of the option “${old?.options.find((o) => o.id === option?.option_id)?.name}”, so it must stay. Set is_removed instead of leaving it out.`
  throw new Failure('class_in_use', `${where}: the attribute “${old?.name ?? place.attribute_id}” ${what}`, place)
}
