// What a new label schema takes away from the old one. What objects use may not be taken away, or their documents
// could be neither read with meaning nor saved again.
import { Failure } from '../../model/failure.ts'
import { type Attribute, holdsValuesOf, type LabelClass, type LabelSchema } from '../../model/label-schema.ts'
import type { Queryable } from '../db/connect.ts'
import { attributeInUse, classesInUse, geometryInUse, optionInUse } from './schema-queries.ts'

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
  const type = attribute ? null : await attributeInUse(db, project_id, taken.types)
  const option = attribute || type ? null : await optionInUse(db, project_id, taken.options)
  const place = attribute ?? type ?? option
  if (!place) return
  const of =
    place.class_id === null ? before.global_attributes : before.classes.find((c) => c.id === place.class_id)?.attributes
  const old = of?.find((a) => a.id === place.attribute_id)
  const where = place.class_id === null ? 'schema.global_attributes' : `schema.classes: ${nameOf(place.class_id)}`
  const what = attribute
    ? 'has values, so it must stay. Set is_removed instead of leaving it out.'
    : type
      ? `has values of type ${old?.type}, so its type must stay. Set is_removed and add another.`
      : `has values of the option “${old?.options.find((o) => o.id === option?.option_id)?.name}”, so it must stay. Set is_removed instead of leaving it out.`
  throw new Failure('class_in_use', `${where}: the attribute “${old?.name ?? place.attribute_id}” ${what}`, place)
}
