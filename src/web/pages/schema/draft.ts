// Changes to a schema that is not saved yet, as plain functions. Ids are never used twice.
import {
  type Attribute,
  CLASS_COLORS,
  hasOptions,
  isValueOf,
  type LabelClass,
  type LabelSchema,
} from '../../../model/label-schema.ts'

const nextId = (list: readonly { id: number }[]): number => Math.max(0, ...list.map((x) => x.id)) + 1

export function newClass(schema: LabelSchema, name: string): LabelClass {
  const live = schema.classes.filter((c) => !c.is_removed)
  const names = new Set(live.map((c) => c.name.toLowerCase()))
  let free = name
  for (let n = 2; names.has(free.toLowerCase()); n++) free = `${name} ${n}`
  const colors = CLASS_COLORS.filter((color) => !live.some((c) => c.color === color))
  return {
    id: nextId(schema.classes),
    name: free,
    color: colors[0] ?? CLASS_COLORS[schema.classes.length % CLASS_COLORS.length] ?? CLASS_COLORS[0],
    hotkey: freeHotkey(live),
    geometries: ['box', 'polygon'],
    attributes: [],
    is_removed: false,
  }
}

function freeHotkey(live: readonly LabelClass[]): string | null {
  return [...'123456789'].find((key) => !live.some((c) => c.hotkey === key)) ?? null
}

export function changeClass(schema: LabelSchema, id: number, change: Partial<LabelClass>): LabelSchema {
  return { ...schema, classes: schema.classes.map((c) => (c.id === id ? { ...c, ...change } : c)) }
}

/** A class that was saved once keeps its id, marked as removed; a new one simply goes. */
export function removeClass(schema: LabelSchema, id: number, isSaved: boolean): LabelSchema {
  if (!isSaved) return { ...schema, classes: schema.classes.filter((c) => c.id !== id) }
  return changeClass(schema, id, { is_removed: true, hotkey: null })
}

export function restoreClass(schema: LabelSchema, id: number): LabelSchema {
  return changeClass(schema, id, { is_removed: false })
}

/** Moves a live class before another live one, or to the end. Removed classes stay where they are in the list. */
export function moveClass(schema: LabelSchema, id: number, beforeId: number | null): LabelSchema {
  const moved = schema.classes.find((c) => c.id === id)
  if (!moved || id === beforeId) return schema
  const rest = schema.classes.filter((c) => c.id !== id)
  const at = beforeId === null ? rest.length : rest.findIndex((c) => c.id === beforeId)
  return { ...schema, classes: [...rest.slice(0, at), moved, ...rest.slice(at)] }
}

/** One place up or down among the live classes. */
export function shiftClass(schema: LabelSchema, id: number, by: -1 | 1): LabelSchema {
  const live = schema.classes.filter((c) => !c.is_removed)
  const at = live.findIndex((c) => c.id === id)
  const before = by < 0 ? live[at - 1] : live[at + 2]
  if (by < 0 && !before) return schema
  return moveClass(schema, id, before?.id ?? null)
}

export function newAttribute(attributes: readonly Attribute[], name: string): Attribute {
  return { id: nextId(attributes), name, type: 'text', is_required: false, options: [], parent: null }
}

/** Options by name: a name that stays keeps its id, so that stored values keep their meaning. */
export function withOptions(attribute: Attribute, names: readonly string[]): Attribute {
  let next = nextId(attribute.options)
  const options = names.map((name) => attribute.options.find((o) => o.name === name) ?? { id: next++, name })
  return withoutLostStart({ ...attribute, options })
}

/** Another type: options and what new objects begin with go where they mean nothing any more. */
export function withType({ initial: _, ...attribute }: Attribute, type: Attribute['type']): Attribute {
  return { ...attribute, type, options: hasOptions(type) ? attribute.options : [] }
}

function withoutLostStart({ initial, ...attribute }: Attribute): Attribute {
  return initial === undefined || !isValueOf(attribute, initial) ? attribute : { ...attribute, initial }
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

/** Removes an attribute and frees its children. */
export function removeAttribute(attributes: readonly Attribute[], id: number): Attribute[] {
  return freeOrphans(attributes.filter((a) => a.id !== id))
}

/** A child whose parent's option is gone is shown always. */
export function freeOrphans(attributes: readonly Attribute[]): Attribute[] {
  return attributes.map((a) => {
    const parent = attributes.find((p) => p.id === a.parent?.attribute_id)
    return a.parent && !parent?.options.some((o) => o.id === a.parent?.option_id) ? { ...a, parent: null } : a
  })
}

/** How many others an attribute hangs on, one under the other. */
export function depthOf(attributes: readonly Attribute[], { parent }: Attribute): number {
  const above = parent && attributes.find((a) => a.id === parent.attribute_id)
  return above ? depthOf(attributes, above) + 1 : 0
}

/** The options that an attribute may hang on: of others, never of itself or its own descendants. */
export function possibleParents(
  attributes: readonly Attribute[],
  id: number,
): { attribute: Attribute; option: Attribute['options'][number] }[] {
  const isBelow = (a: Attribute | undefined): boolean =>
    a !== undefined && (a.id === id || isBelow(attributes.find((p) => p.id === a.parent?.attribute_id)))
  return attributes
    .filter((a) => !isBelow(a))
    .flatMap((attribute) => attribute.options.map((option) => ({ attribute, option })))
}
