// Changes to attributes and their options in a schema that is not saved yet. As with classes, ids are never used twice.
import { type Attribute, hasOptions, holdsValuesOf, isOffered, liveOptions } from '../../../model/label-schema.ts'
import { moveBeside, nextId, replaced, restored, type Side, shift, without } from './draft-list.ts'

type Option = Attribute['options'][number]
type Attributes = readonly Attribute[]

/** The most options of one attribute, and the longest name, as the schema takes them. */
const [MOST_OPTIONS, NAME_LENGTH] = [500, 100]

export function newAttribute(attributes: Attributes, name: string): Attribute {
  return { id: nextId(attributes), name, type: 'text', is_required: false, options: [], parent: null }
}

/** Adds options by name. One that was removed under that name comes back, one that is there stays as it is. */
export function addOptions(attribute: Attribute, names: readonly string[]): Attribute {
  let { options } = attribute
  for (const typed of names) {
    const name = typed.trim().slice(0, NAME_LENGTH)
    const known = options.filter((o) => o.name === name)
    if (name === '' || known.some((o) => !o.is_removed)) continue
    if (known[0]) options = restored(options, known[0].id)
    else if (options.length < MOST_OPTIONS) options = [...options, { id: nextId(options), name }]
  }
  return { ...attribute, options }
}

export function renameOption(attribute: Attribute, id: number, name: string): Attribute {
  return { ...attribute, options: attribute.options.map((o) => (o.id === id ? { ...o, name } : o)) }
}

/** @param saved  the attribute as it was saved last, if it was */
export function removeOption(
  attributes: Attributes,
  attribute_id: number,
  id: number,
  saved: Attribute | undefined,
): Attribute[] {
  const rest = (a: Attribute) => withoutLostStart({ ...a, options: without(a.options, id, isOptionOf(saved, id)) })
  return freeOrphans(attributes.map((a) => (a.id === attribute_id ? rest(a) : a)))
}

export const isOptionOf = (attribute: Attribute | undefined, id: number): boolean =>
  attribute?.options.some((o) => o.id === id) ?? false

export const restoreOption = (attribute: Attribute, id: number): Attribute => ({
  ...attribute,
  options: restored(attribute.options, id),
})

export const moveOption = (attribute: Attribute, id: number, side: Side, over: number): Attribute => ({
  ...attribute,
  options: moveBeside(attribute.options, id, side, over),
})

export const shiftOption = (attribute: Attribute, id: number, by: -1 | 1): Attribute => ({
  ...attribute,
  options: shift(attribute.options, id, by),
})

/**
 * Another type: options and what new objects begin with go where they mean nothing any more.
 * @param saved  the attribute as it was saved last, if it was: on the way back to options its own return
 */
export function withType(
  { initial, ...attribute }: Attribute,
  type: Attribute['type'],
  saved: Attribute | undefined,
): Attribute {
  const options = attribute.options.length > 0 ? attribute.options : (saved?.options ?? [])
  const isKept = initial !== undefined && holdsValuesOf(attribute.type, type)
  return { ...attribute, type, options: hasOptions(type) ? options : [], ...(isKept ? { initial } : {}) }
}

/** The same for one of a list, whatever else was changed of it since. */
export const retype = (
  attributes: Attributes,
  id: number,
  type: Attribute['type'],
  saved: Attribute | undefined,
): Attribute[] => freeOrphans(attributes.map((a) => (a.id === id ? withType(a, type, saved) : a)))

/** Whether values that objects may have would not fit the new type. */
export const losesValues = (saved: Attribute | undefined, type: Attribute['type']): boolean =>
  saved !== undefined && !holdsValuesOf(saved.type, type)

/** The old attribute is removed and keeps its values; one of the same name and another type stands after it. */
export function beginAnew(attributes: Attributes, id: number, type: Attribute['type']): Attribute[] {
  const old = attributes.find((a) => a.id === id)
  if (!old) return [...attributes]
  const options = hasOptions(type) ? liveOptions(old) : []
  const { initial: _, ...fresh } = { ...old, id: nextId(attributes), type, options }
  const moved = attributes.map((a) =>
    a.parent?.attribute_id === id ? { ...a, parent: { ...a.parent, attribute_id: fresh.id } } : a,
  )
  return freeOrphans(without(moved, id, true).toSpliced(attributes.indexOf(old) + 1, 0, fresh))
}

function withoutLostStart({ initial, ...attribute }: Attribute): Attribute {
  return initial === undefined || !isOffered(attribute, initial) ? attribute : { ...attribute, initial }
}

/** What new objects begin with, as a choice: an option’s id, `checked`, `last` or nothing; `set` for what only the API sets. */
export function startOf({ initial, keeps_last, type }: Attribute): string {
  if (keeps_last) return 'last'
  if (initial === undefined || initial === false) return ''
  if (initial === true) return 'checked'
  return type === 'radio' || type === 'dropdown' ? String(initial) : 'set'
}

export function withStart({ initial, keeps_last: _, ...attribute }: Attribute, start: string): Attribute {
  if (start === 'last') return { ...attribute, ...(initial === undefined ? {} : { initial }), keeps_last: true }
  if (start === '') return attribute
  return {
    ...attribute,
    initial: start === 'checked' ? true : start === 'set' && initial !== undefined ? initial : Number(start),
  }
}

export const changeAttribute = (attributes: Attributes, changed: Attribute): Attribute[] =>
  freeOrphans(replaced(attributes, changed))

/** Removes an attribute and frees its children: they are shown always. */
export function removeAttribute(attributes: Attributes, id: number, isSaved: boolean): Attribute[] {
  return without(attributes, id, isSaved).map((a) => (a.parent?.attribute_id === id ? { ...a, parent: null } : a))
}

export const restoreAttribute = (attributes: Attributes, id: number): Attribute[] => restored(attributes, id)

/** What is removed, as it was saved. Only what it hangs on is as it is now. */
export const attributesToSend = (attributes: Attributes, saved: Attributes = []): Attribute[] =>
  attributes.map((a) => {
    const before = saved.find(({ id }) => id === a.id)
    if (before && a.is_removed) return { ...before, parent: a.parent, is_removed: true }
    const asSaved = (o: Option) => ({ ...o, ...before?.options.find(({ id }) => id === o.id), is_removed: true })
    return { ...a, options: a.options.map((o) => (o.is_removed ? asSaved(o) : o)) }
  })

/** A child whose parent's option is gone is shown always. */
function freeOrphans(attributes: Attributes): Attribute[] {
  return attributes.map((a) => {
    const parent = attributes.find((p) => p.id === a.parent?.attribute_id)
    return a.parent && !isOptionOf(parent, a.parent.option_id) ? { ...a, parent: null } : a
  })
}

/** How many others an attribute hangs on, one under the other. */
export function depthOf(attributes: Attributes, { parent }: Attribute): number {
  const above = parent && attributes.find((a) => a.id === parent.attribute_id)
  return above ? depthOf(attributes, above) + 1 : 0
}

/** The options that an attribute may hang on: of others, never of itself or its own descendants. What it hangs on is among them. */
export function possibleParents(attributes: Attributes, id: number): { attribute: Attribute; option: Option }[] {
  const isBelow = (a: Attribute | undefined): boolean =>
    a !== undefined && (a.id === id || isBelow(attributes.find((p) => p.id === a.parent?.attribute_id)))
  const now = attributes.find((a) => a.id === id)?.parent
  return attributes
    .filter((a) => !isBelow(a) && !a.is_removed)
    .flatMap((attribute) =>
      attribute.options
        .filter((o) => !o.is_removed || (now?.attribute_id === attribute.id && now.option_id === o.id))
        .map((option) => ({ attribute, option })),
    )
}
