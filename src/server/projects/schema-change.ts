// What a new label schema takes away from the old one. What objects use may not be taken away, or their documents
// could be neither read with meaning nor saved again.
import { Failure } from '../../model/failure.ts'
import type { Attribute, LabelClass, LabelSchema } from '../../model/label-schema.ts'
import type { Queryable } from '../db/connect.ts'
import { attributeInUse, classesInUse, geometryInUse } from './schema-queries.ts'

type TakenAway = {
  class_ids: number[]
  geometries: { class_id: number; geometry: string }[]
  attributes: { class_id: number | null; attribute_id: number }[]
}

/** A class that is marked as removed is still there; one that is missing is taken away. */
function takenAway(before: LabelSchema, after: LabelSchema): TakenAway {
  const kept = new Map(after.classes.map((c) => [c.id, c]))
  const taken: TakenAway = {
    class_ids: [],
    geometries: [],
    attributes: missing(null, before.global_attributes, after.global_attributes),
  }
  for (const old of before.classes) {
    const now = kept.get(old.id)
    if (!now) {
      taken.class_ids.push(old.id)
      continue
    }
    for (const geometry of old.geometries)
      if (!now.geometries.includes(geometry) || (geometry === 'skeleton' && losesPoints(old, now)))
        taken.geometries.push({ class_id: old.id, geometry })
    taken.attributes.push(...missing(old.id, old.attributes, now.attributes))
  }
  return taken
}

/** Objects name the points of a skeleton by their ids. */
function losesPoints(before: LabelClass, after: LabelClass): boolean {
  const kept = new Set(after.skeleton?.points.map((p) => p.id))
  return before.skeleton?.points.some((p) => !kept.has(p.id)) ?? false
}

function missing(class_id: number | null, before: readonly Attribute[], after: readonly Attribute[]) {
  const kept = new Set(after.map((a) => a.id))
  return before.filter((a) => !kept.has(a.id)).map((a) => ({ class_id, attribute_id: a.id }))
}

/** @throws Failure class_in_use, naming what has objects or values */
export async function requireUnused(
  db: Queryable,
  project_id: number,
  before: LabelSchema,
  after: LabelSchema,
): Promise<void> {
  const taken = takenAway(before, after)
  const nameOf = (id: number | null) => `“${before.classes.find((c) => c.id === id)?.name ?? id}”`
  const used = await classesInUse(db, project_id, taken.class_ids)
  if (used.length > 0)
    throw new Failure(
      'class_in_use',
      `schema.classes: ${used.map(nameOf).join(', ')} has objects or predictions. Set is_removed instead of leaving it out.`,
      {
        class_ids: used,
      },
    )
  const shape = await geometryInUse(db, project_id, taken.geometries)
  if (shape)
    throw new Failure(
      'class_in_use',
      `schema.classes: ${nameOf(shape.class_id)} has objects of type ${shape.geometry}, so it must stay allowed${shape.geometry === 'skeleton' ? ', with all its points' : ''}.`,
      shape,
    )
  const attribute = await attributeInUse(db, project_id, taken.attributes)
  if (attribute) {
    const of =
      attribute.class_id === null
        ? before.global_attributes
        : before.classes.find((c) => c.id === attribute.class_id)?.attributes
    const name = of?.find((a) => a.id === attribute.attribute_id)?.name ?? attribute.attribute_id
    const where =
      attribute.class_id === null ? 'schema.global_attributes' : `schema.classes: ${nameOf(attribute.class_id)}`
    throw new Failure('class_in_use', `${where}: the attribute “${name}” has values, so it must stay.`, attribute)
  }
}
