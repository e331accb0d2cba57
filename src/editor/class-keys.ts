// Which key chooses which class, and which class may have which geometry.
import { type LabelClass, type LabelSchema, liveClasses } from '../model/label-schema.ts'
import type { Shape, ShapeType } from '../model/shapes/index.ts'
import { fitsTemplate, type Skeleton } from '../model/shapes/skeleton.ts'

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/**
 * key → class. The hotkeys of the schema come first, also over the editor's own letters: a manager chose them.
 * Classes without one get the digits that are left, in schema order.
 */
export function classKeys(schema: LabelSchema): ReadonlyMap<string, LabelClass> {
  const classes = liveClasses(schema)
  const keys = new Map<string, LabelClass>()
  for (const c of classes) if (c.hotkey && !keys.has(c.hotkey)) keys.set(c.hotkey, c)
  const keyed = new Set([...keys.values()].map((c) => c.id))
  const free = DIGITS.filter((d) => !keys.has(d))
  for (const c of classes) {
    if (keyed.has(c.id)) continue
    const digit = free.shift()
    if (!digit) break
    keys.set(digit, c)
  }
  return keys
}

export const classOf = (schema: LabelSchema, id: number | null): LabelClass | null =>
  schema.classes.find((c) => c.id === id) ?? null

/** Whether objects of the class may have this very shape: the points of a skeleton are those of its class. */
export const fits = (labelClass: LabelClass, shape: Shape): boolean =>
  allows(labelClass, shape.type) && (shape.type !== 'skeleton' || fitsTemplate(shape as Skeleton, labelClass.skeleton))

/** A class that may be given to objects of this geometry. */
export const allows = (labelClass: LabelClass, type: ShapeType): boolean =>
  !labelClass.is_removed && labelClass.geometries.includes(type)
