// Changes to the classes of a schema that is not saved yet, as plain functions. Ids are never used twice: what was saved
// once stays in its list, marked as removed.
import { CLASS_COLORS, type LabelClass, type LabelSchema } from '../../../model/label-schema.ts'
import { templateProblem } from '../../../model/shapes/skeleton.ts'
import { attributesToSend } from './attribute-draft.ts'
import { moveBeside, nextId, type Side, shift } from './draft-list.ts'

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

/** The colour that was typed or picked, with or without its #; null while it is not a whole one. */
export const typedColor = (text: string): string | null =>
  /^#?[0-9a-f]{6}$/i.test(text.trim()) ? `#${text.trim().replace('#', '').toLowerCase()}` : null

/** What the field of a key with `before` in it means after typing, wherever the caret stood; `before` if that is no key. */
export function typedHotkey(text: string, before: string | null): string | null {
  const key = text
    .replace(before ?? '', '')
    .slice(-1)
    .toLowerCase()
  return /^[a-z0-9]$/.test(key) ? key : text === '' ? null : before
}

export function changeClass(schema: LabelSchema, id: number, change: Partial<LabelClass>): LabelSchema {
  return { ...schema, classes: schema.classes.map((c) => (c.id === id ? { ...c, ...change } : c)) }
}

export function changeAttributes(
  schema: LabelSchema,
  class_id: number,
  change: (attributes: LabelClass['attributes']) => LabelClass['attributes'],
): LabelSchema {
  const labelClass = schema.classes.find((c) => c.id === class_id)
  return labelClass ? changeClass(schema, class_id, { attributes: change(labelClass.attributes) }) : schema
}

/** A class that was saved once keeps its id, marked as removed; a new one simply goes. */
export function removeClass(schema: LabelSchema, id: number, isSaved: boolean): LabelSchema {
  if (!isSaved) return { ...schema, classes: schema.classes.filter((c) => c.id !== id) }
  return changeClass(schema, id, { is_removed: true, hotkey: null })
}

export function restoreClass(schema: LabelSchema, id: number): LabelSchema {
  return changeClass(schema, id, { is_removed: false })
}

export const moveClass = (schema: LabelSchema, id: number, side: Side, over: number): LabelSchema => ({
  ...schema,
  classes: moveBeside(schema.classes, id, side, over),
})

export const shiftClass = (schema: LabelSchema, id: number, by: -1 | 1): LabelSchema => ({
  ...schema,
  classes: shift(schema.classes, id, by),
})

/** What is sent of the draft. What no row shows goes as it was saved, so that it hinders nothing where it was left half done. */
export const toSend = (draft: LabelSchema, saved: LabelSchema): LabelSchema => ({
  classes: draft.classes.map((c) => {
    const before = saved.classes.find(({ id }) => id === c.id)
    if (before && c.is_removed) return { ...before, hotkey: c.hotkey, is_removed: true }
    const { skeleton: drawn, ...rest } = c
    const isHalfDone = drawn && !c.geometries.includes('skeleton') && templateProblem(drawn)
    const skeleton = isHalfDone ? before?.skeleton : drawn
    return { ...rest, ...(skeleton && { skeleton }), attributes: attributesToSend(c.attributes, before?.attributes) }
  }),
  global_attributes: attributesToSend(draft.global_attributes, saved.global_attributes),
})
